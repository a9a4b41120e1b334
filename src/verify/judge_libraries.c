/*
 * The libraries that the module names in DT_NEEDED: is each there, and is its CUDA runtime the one that torch loads? Two
 * majors in one process are two runtimes, each with its own streams and modules: torch's setup.py build refuses that
 * (torch.utils.cpp_extension, _check_cuda_version), and the loader takes it wherever both files can be found.
 */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "know/acquire.h"
#include "verify/judge_parts.h"

static const char *
needed_cudart(const struct elf *elf)
{
	for (size_t i = 0; i < elf->needed.n; i++)
		if (str_starts(elf->needed.item[i], "libcudart"))
			return elf->needed.item[i];
	return NULL;
}

/* What torch loads: what its inspector said, else the first among its files. */
static const char *
torch_cudart(const struct judge *judge)
{
	if (judge->in->torch->cudart_soname)
		return judge->in->torch->cudart_soname;
	for (size_t i = 0; i < judge->torch_n; i++)
		if (str_starts(judge->loader.item[i].soname, "libcudart"))
			return judge->loader.item[i].soname;
	return NULL;
}

/* The file of torch that needs it. */
static const char *
who_needs(const struct judge *judge, const char *soname)
{
	for (size_t i = 0; i < judge->torch_n; i++)
		if (strings_has(&judge->loader.item[i].elf.needed, soname))
			return judge->loader.item[i].path;
	return judge->in->torch->dir;
}

static void
two_majors(struct judge *judge, const char *need, const char *have)
{
	struct arena *arena = &judge->run->arena;
	const struct loaded *file = loader_find(&judge->loader, need);
	struct finding *finding = judge_finding(judge, "CE401",
		str_format(arena, "the module needs the CUDA %d runtime and torch loads CUDA %d's; %s", name_major(need),
			   name_major(have), file ? "two majors in one process are two runtimes that do not know each "
			   "other, and the import succeeds only where both are found" : "nothing here provides it, so the "
			   "import fails"), judge_right_toolkit(judge));

	judge_evidence(judge, finding, judge->in->module, str_format(arena, "needs %s", need));
	judge_evidence(judge, finding, who_needs(judge, have), str_format(arena, "needs %s", have));
	if (file)
		judge_evidence(judge, finding, file->path, str_same(file->path, loader_cached(judge->run, &judge->loader, need))
			       ? "found because this machine's ld.so.cache names it" : "found by the module's search path");
	else
		judge_evidence(judge, finding, need, "in no place that the loader looks");
}

static void
no_cuda_in_torch(struct judge *judge, const char *need)
{
	struct finding *finding = judge_finding(judge, "CE402",
		"the module needs the CUDA runtime and this torch is built without CUDA",
		acquired_text(acquire_torch(judge->run, &(struct machine){ .python = (struct python *)judge->in->python,
								.torch = (struct torch *)judge->in->torch })));

	judge_evidence(judge, finding, judge->in->module, str_format(&judge->run->arena, "needs %s", need));
	judge_evidence(judge, finding, judge->in->torch->dir, "loads no libcudart");
}

static void
same_major(struct judge *judge, const char *need, const char *have)
{
	struct arena *arena = &judge->run->arena;
	const struct loaded *file = loader_find(&judge->loader, need), *other = loader_find(&judge->loader, have);

	if (!file)
		return;	/* judge_libraries says so */
	if (file == other)
		judge_fact(judge, "cudart", str_format(arena, "%s, the one that torch loads (%s)", need,
						       world_real(judge->run, file->path)));
	else
		judge_fact(judge, "cudart", str_format(arena, "%s from %s; torch has a copy of the same major, %s", need,
						       file->path, have));
}

void
judge_cudart(struct judge *judge)
{
	const char *need = needed_cudart(&judge->module), *have = torch_cudart(judge);

	if (!need && judge->module.archs.n)
		judge_fact(judge, "cudart", "not in NEEDED: linked statically into the module, a runtime of its own");
	else if (!need)
		judge_fact(judge, "cudart", "not needed");
	else if (!have)
		no_cuda_in_torch(judge, need);
	else if (name_major(need) && name_major(have) && name_major(need) != name_major(have))
		two_majors(judge, need, have);
	else
		same_major(judge, need, have);
}

/* A loaded library of the same name and another major: "libcublas.so.12" for "libcublas.so.11". */
static const char *
other_major(const struct judge *judge, const char *soname)
{
	size_t n = (size_t)(strstr(soname, ".so") - soname);

	for (size_t i = 0; i < judge->torch_n; i++) {
		const char *have = judge->loader.item[i].soname;

		if (strncmp(have, soname, n) == 0 && str_starts(have + n, ".so") && !str_same(have, soname))
			return have;
	}
	return NULL;
}

/* The wheel that has a library of CUDA (docs.nvidia.com, "Pip Wheels"; listings of the wheels). */
static const char *
wheel_of(struct judge *judge, const char *soname)
{
	static const char *const row[][2] = {
		{ "libcudart.", "cuda-runtime" }, { "libcublas", "cublas" }, { "libcusparse.", "cusparse" },
		{ "libcusolver", "cusolver" }, { "libcurand.", "curand" }, { "libcufft", "cufft" },
		{ "libnvrtc", "cuda-nvrtc" }, { "libcupti.", "cuda-cupti" }, { "libcudnn", "cudnn" },
		{ "libnccl.", "nccl" }, { "libnvToolsExt.", "nvtx" }, { "libnvJitLink.", "nvjitlink" },
		{ "libnpp", "npp" }, { "libnvjpeg.", "nvjpeg" }, { "libcufile.", "cufile" },
	};
	int cuda = judge->in->torch->cuda.n ? judge->in->torch->cuda.part[0] : 0;
	const char *name = NULL;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (str_starts(soname, row[i][0]))
			name = row[i][1];
	if (!name || !cuda)
		return NULL;
	if (cuda >= 13 && strcmp(name, "cudnn") && strcmp(name, "nccl"))
		return str_format(&judge->run->arena, "nvidia-%s", name);
	return str_format(&judge->run->arena, "nvidia-%s-cu%d", name, cuda);
}

/* Where in site-packages a wheel has its libraries: those of CUDA 13 that name no CUDA share a folder. */
static const char *
wheel_folder(struct judge *judge, const char *wheel)
{
	struct arena *arena = &judge->run->arena;
	struct strings words = str_split(arena, wheel, '-');	/* nvidia, cuda, runtime, cu12 */
	const char *cuda = str_format(arena, "cu%d", judge->in->torch->cuda.part[0]);

	if (!str_same(words.item[words.n - 1], cuda))
		return str_format(arena, "nvidia/%s/lib", cuda);
	words = (struct strings){ words.item + 1, words.n - 2 };
	return str_format(arena, "nvidia/%s/lib", strings_join(arena, &words, "_"));
}

static const char *
remedy_for(struct judge *judge, const char *soname, const char *other)
{
	struct arena *arena = &judge->run->arena;
	const char *wheel = wheel_of(judge, soname), *site;

	if (strcmp(soname, "libcuda.so.1") == 0)
		return str_format(arena, "do not link with -lcuda, or get a driver: %s",
				  acquired_text(acquire_driver(judge->run, NULL)));
	if (wheel && other)
		return judge_right_toolkit(judge);
	if (wheel && judge->in->python && judge->in->python->site_dirs.n) {
		site = judge->in->python->site_dirs.item[0];
		return str_format(arena, "%s && export LD_LIBRARY_PATH=%s%s",
				  acquired_text(acquire_packages(judge->run, judge->in->python, judge->in->torch, wheel)),
				  str_quote(arena, path_join(arena, site, wheel_folder(judge, wheel))),
				  run_env(judge->run, "LD_LIBRARY_PATH") ? ":$LD_LIBRARY_PATH" : "");
	}
	return str_format(arena, "install %s, or say where it is: export LD_LIBRARY_PATH=/the/folder/of/%s", soname, soname);
}

static void
not_found(struct judge *judge, const struct absent *absent)
{
	struct arena *arena = &judge->run->arena;
	const char *other = strstr(absent->soname, ".so") ? other_major(judge, absent->soname) : NULL;
	struct finding *finding = judge_finding(judge, "CE403",
		other ? str_format(arena, "the module needs %s, which is nowhere, and torch loads %s", absent->soname, other)
		      : str_format(arena, "the module needs %s, which is nowhere that the loader looks", absent->soname),
		remedy_for(judge, absent->soname, other));

	judge_evidence(judge, finding, absent->by, str_format(arena, "needs %s", absent->soname));
	if (other)
		judge_evidence(judge, finding, who_needs(judge, other), str_format(arena, "needs %s", other));
}

/* What torch lacks for itself says that it cannot be imported, whatever the module is. */
static void
torch_lacks(struct judge *judge)
{
	struct finding *finding = NULL;

	for (size_t i = 0; i < judge->torch_absent; i++) {
		const struct absent *absent = &judge->loader.absent.item[i];

		if (!finding)
			finding = judge_finding(judge, "CE404", "torch itself cannot be loaded: a library that it needs "
						"is nowhere that the loader looks",
						acquired_text(acquire_torch_again(judge->run, judge->in->python,
											judge->in->torch)));
		judge_evidence(judge, finding, absent->by, str_format(&judge->run->arena, "needs %s", absent->soname));
	}
}

void
judge_libraries(struct judge *judge)
{
	const char *cudart = needed_cudart(&judge->module), *have = torch_cudart(judge);
	bool judged = cudart && (!have || name_major(cudart) != name_major(have));

	torch_lacks(judge);
	for (size_t i = judge->torch_absent; i < judge->loader.absent.n; i++) {
		const struct absent *absent = &judge->loader.absent.item[i];

		if (!judged || !str_same(absent->soname, cudart))
			not_found(judge, absent);
	}
	if (judge->loader.absent.n == judge->torch_absent)
		judge_fact(judge, "libraries", str_format(&judge->run->arena, "all %zu that the module needs are found",
							  judge->module.needed.n));
}
