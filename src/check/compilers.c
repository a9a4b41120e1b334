#include "check/compilers.h"

#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"

static const char *
program(struct run *run, const char *name)
{
	if (!strchr(name, '/'))
		return world_on_path(run, name, 0);
	name = path_clean(&run->arena, run->cwd, name);
	return world_is_program(run, name) ? name : NULL;
}

static const struct compiler *
by_file(struct run *run, const struct machine *machine, const char *path)
{
	const char *real = world_real(run, path);

	for (size_t i = 0; real && i < machine->compilers.n; i++)
		if (strcmp(machine->compilers.item[i].real, real) == 0)
			return &machine->compilers.item[i];
	return NULL;
}

/* The C++ compiler beside a C compiler: /usr/bin/x86_64-linux-gnu-g++-11 for …-gcc-11. */
static const char *
sibling(struct run *run, const char *path)
{
	const char *name = path_name(path), *gcc = strstr(name, "gcc"), *clang = strstr(name, "clang");

	if (clang && !strstr(name, "clang++"))
		return str_format(&run->arena, "%.*s++%s", (int)(clang + 5 - path), path, clang + 5);
	return gcc ? str_format(&run->arena, "%.*sg++%s", (int)(gcc - path), path, gcc + 3) : path;
}

static const struct compiler *
known(struct run *run, const struct machine *machine, const char *path)
{
	const struct compiler *found = by_file(run, machine, path);
	const char *real = world_real(run, path);

	if (!found && real)
		found = by_file(run, machine, sibling(run, real));
	return found;
}

/* The last word that is a program: of "ccache g++ -B/x" g++. */
static struct taken
take(struct run *run, const struct machine *machine, const char *text, const char *from)
{
	struct strings words = str_split(&run->arena, text, ' ');
	struct taken taken = { .from = from, .word = text };

	for (size_t i = 0; i < words.n; i++) {
		const char *path = words.item[i][0] && words.item[i][0] != '-' ? program(run, words.item[i]) : NULL;

		if (path)
			taken.path = path;
	}
	if (taken.path)
		taken.compiler = known(run, machine, taken.path);
	return taken;
}

struct taken
compilers_cxx(struct run *run, const struct machine *machine)
{
	const char *cxx = run_env(run, "CXX");

	return cxx ? take(run, machine, cxx, "CXX") : take(run, machine, "c++", "the default");
}

/* "-ccbin X", "-ccbin=X", "--compiler-bindir X": X, which may be a folder. */
static const char *
ccbin(struct run *run, const char *flags)
{
	static const char *const marks[] = { "-ccbin", "--compiler-bindir" };
	const char *at = NULL;

	for (size_t i = 0; flags && !at && i < 2; i++) {
		at = strstr(flags, marks[i]);
		at = at ? at + strlen(marks[i]) : NULL;
	}
	if (!at || !strchr(" =", *at))
		return NULL;
	at += strspn(at, " =");
	at = str_copy(&run->arena, at, strcspn(at, " "));
	return world_is_dir(run, at) ? path_join(&run->arena, at, "gcc") : at;
}

/* A gcc that lies beside nvcc goes before the one on PATH; all of /usr/bin is on PATH anyway. */
static const char *
beside(struct run *run, const char *nvcc)
{
	const char *folder = nvcc ? path_parent(&run->arena, nvcc) : "/usr/bin";
	const char *gcc = path_join(&run->arena, folder, "gcc");

	return strcmp(folder, "/usr/bin") != 0 && world_is_program(run, gcc) ? gcc : NULL;
}

struct taken
compilers_nvcc(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	const char *cc = run_env(run, "CC"), *flags = run_env(run, "NVCC_PREPEND_FLAGS"), *own;

	if (wants_extension(machine) && cc)
		return take(run, machine, cc, "CC");
	if (ccbin(run, flags))
		return take(run, machine, ccbin(run, flags), "NVCC_PREPEND_FLAGS");
	if (run_env(run, "NVCC_CCBIN"))
		return take(run, machine, run_env(run, "NVCC_CCBIN"), "NVCC_CCBIN");
	own = beside(run, toolkit->nvcc);
	if (own)
		return (struct taken){ "beside nvcc", own, own, NULL };
	return take(run, machine, "gcc", "the default");
}

bool
compilers_accepts(const struct toolkit *toolkit, const struct compiler *compiler)
{
	return cxx_within(toolkit->gcc_max, toolkit->clang_max, compiler->is_clang, &compiler->version);
}

const struct compiler *
compilers_best(const struct machine *machine, const struct toolkit *toolkit)
{
	for (size_t i = 0; i < machine->compilers.n; i++)
		if (machine->compilers.item[i].version.n && compilers_accepts(toolkit, &machine->compilers.item[i]))
			return &machine->compilers.item[i];
	return NULL;
}

const char *
compilers_variables(struct run *run, const char *cxx)
{
	const char *cc = cxx_c_sibling(run, cxx);

	if (str_same(world_on_path(run, path_name(cxx), 0), cxx))
		return str_format(&run->arena, "CXX=%s CC=%s", path_name(cxx), path_name(cc));
	return str_format(&run->arena, "CXX=%s CC=%s", cxx, cc);
}

bool
compilers_forced(struct run *run)
{
	const char *const flags[] = { run_env(run, "NVCC_PREPEND_FLAGS"), run_env(run, "NVCC_APPEND_FLAGS") };

	return (flags[0] && strstr(flags[0], "allow-unsupported-compiler")) ||
	       (flags[1] && strstr(flags[1], "allow-unsupported-compiler"));
}
