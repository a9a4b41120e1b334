/*
 * Whether a built extension belongs with a torch. Python imports an extension with RTLD_NOW, so every undefined symbol has to
 * be found at once: in the Python and what it brings, in libtorch_global_deps.so (torch opens it RTLD_GLOBAL), then in the
 * module and what its own DT_NEEDED bring; torch's other libraries are in memory and yet not looked at (RTLD_LOCAL).
 * (dlopen(3), torch/__init__.py _load_global_deps, CPython _PyImport_FindSharedFuncptr.)
 */
#include "verify/judge.h"

#include "base/path.h"
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
	static const char *const files[] = { "libtorch_global_deps.so", "libtorch_python.so" };
	const struct torch *torch = judge->in->torch;

	if (judge->program)
		loader_import_torch(judge->run, &judge->loader, judge->in->python, torch);
	/* Without a Python, and where torch's own import would fail, for what these two bring all the same. */
	for (size_t i = 0; torch->lib_dir && i < 2; i++) {
		const char *path = path_join(&judge->run->arena, torch->lib_dir, files[i]);

		loader_open(judge->run, &judge->loader, path);
		if (i == 0)
			add_scope(judge, path);
	}
	judge->torch_n = judge->loader.n;
	judge->torch_absent = judge->loader.absent.n;
}

bool
judge_module(struct run *run, const struct judging *judging, struct facts *facts, struct findings *findings)
{
	struct judge judge = { .run = run, .in = judging, .facts = facts, .findings = findings,
			       .loader = loader_begin(run) };
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
