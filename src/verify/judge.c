/*
 * Whether a built extension belongs with a torch. Python imports an extension with RTLD_NOW, so every undefined symbol has to
 * be found at once: in the Python and what it brings, in libtorch_global_deps.so (torch opens it RTLD_GLOBAL), then in the
 * module and what its own DT_NEEDED bring; torch's other libraries are in memory and yet not looked at (RTLD_LOCAL).
 * (dlopen(3), torch/__init__.py _load_global_deps, CPython _PyImport_FindSharedFuncptr.)
 */
#include "verify/judge.h"

#include "base/path.h"
#include "base/world.h"
#include "verify/judge_parts.h"

void
judge_fact(struct judge *judge, const char *name, const char *value)
{
	*list_add(&judge->run->arena, judge->facts) = (struct fact){ name, value };
}

struct finding *
judge_finding(struct judge *judge, const char *code, const char *what, const char *remedy)
{
	struct finding *finding = list_add(&judge->run->arena, judge->findings);

	*finding = (struct finding){ code, SEVERITY_FAIL, what, { 0 }, remedy };
	return finding;
}

void
judge_evidence(struct judge *judge, struct finding *finding, const char *file, const char *value)
{
	strings_add(&judge->run->arena, &finding->evidence, str_format(&judge->run->arena, "%s: %s", file, value));
}

const char *
judge_right_toolkit(struct judge *judge)
{
	return str_format(&judge->run->arena, "cuenv verify --toolkit %s",
			  version_text(&judge->run->arena, &judge->in->torch->cuda, 1));
}

static void
add_scope(struct judge *judge, const char *path)
{
	struct strings files = loader_scope(judge->run, &judge->loader, path);

	for (size_t i = 0; i < files.n; i++)
		strings_add_once(&judge->run->arena, &judge->scope, files.item[i]);
}

/* Folders that torch itself searches for CUDA's libraries where its own DT_RPATH leads nowhere: nvidia/NAME/lib. */
static void
add_wheel_folders(struct judge *judge)
{
	struct arena *arena = &judge->run->arena;

	for (size_t i = 0; judge->in->python && i < judge->in->python->site_dirs.n; i++) {
		const char *folder = path_join(arena, judge->in->python->site_dirs.item[i], "nvidia");
		struct strings names = { 0 };

		world_list(judge->run, folder, &names);
		for (size_t k = 0; k < names.n; k++)
			strings_add(arena, &judge->loader.last_dirs,
				    path_join(arena, path_join(arena, folder, names.item[k]), "lib"));
	}
}

static void
load_python(struct judge *judge)
{
	const struct python *python = judge->in->python;
	const char *file = python ? python->real ? python->real : python->executable : NULL;

	if (file && loader_open(judge->run, &judge->loader, file))
		judge->program = file;
}

static void
load_torch(struct judge *judge)
{
	static const char *const first[] = { "libtorch_global_deps.so", "libtorch_python.so" };
	const char *path;

	add_wheel_folders(judge);
	for (size_t i = 0; judge->in->torch->lib_dir && i < 2; i++) {
		path = path_join(&judge->run->arena, judge->in->torch->lib_dir, first[i]);
		loader_open(judge->run, &judge->loader, path);
		if (i == 0)
			add_scope(judge, path);
	}
	judge->loader.last_dirs = (struct strings){ 0 };
	judge->torch_n = judge->loader.n;
	judge->torch_absent = judge->loader.absent.n;
}

bool
judge_module(struct run *run, const struct judging *judging, struct facts *facts, struct findings *findings)
{
	struct judge judge = { .run = run, .in = judging, .facts = facts, .findings = findings };
	unsigned all = ELF_DYNAMIC | ELF_UNDEFINED | ELF_VERSIONS | ELF_FATBIN;

	if (!elf_read(run, judging->module, all, &judge.module))
		return run_fail(run, "%s is no whole ELF file; remove it and build it again", judging->module);
	load_python(&judge);
	if (judge.program)
		add_scope(&judge, judge.program);
	load_torch(&judge);
	if (!loader_open(run, &judge.loader, judging->module))
		return run_fail(run, "cannot read %s", judging->module);
	add_scope(&judge, judging->module);
	judge_cudart(&judge);
	judge_libraries(&judge);
	judge_versions(&judge);
	judge_symbols(&judge);
	judge_archs(&judge);
	return true;
}
