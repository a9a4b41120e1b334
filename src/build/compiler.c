/*
 * nvcc takes the last -ccbin of NVCC_PREPEND_FLAGS, its command line and NVCC_APPEND_FLAGS, else NVCC_CCBIN, else the folder
 * that nvcc.profile names as compiler-bindir, else a gcc of its own folders, else the gcc on PATH. NVCC_CCBIN is read by 13.0
 * and 13.2 and by neither 11.2, 11.8 nor 12.4. No quotes are known in these variables (11.8, 12.4 and 13.0 --dryrun). torch
 * compiles .cpp with CXX and passes CC as -ccbin, all of it as one word, so that nvcc finds no program in "ccache gcc".
 */
#include "build/compiler.h"

#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"
#include "know/acquire.h"

bool
wants_extension(const struct machine *machine)
{
	return machine->torch && machine->torch->cuda.n;
}

/* ccache under a compiler's name stands before the next of that name. */
static const char *
behind_front(struct run *run, const char *path)
{
	const char *name = path_name(path), *real = world_real(run, path), *next = path;

	if (!real || !inspect_is_front(real) || inspect_is_front(path))
		return path;
	for (int i = 0; (next = world_on_path(run, name, i)); i++) {
		real = world_real(run, next);
		if (real && !inspect_is_front(real))
			return next;
	}
	return path;
}

const char *
compiler_program(struct run *run, const char *name)
{
	if (!strchr(name, '/'))
		return world_on_path(run, name, 0);
	name = path_clean(&run->arena, run->cwd, name);
	return world_is_program(run, name) ? name : NULL;
}

static const struct compiler *
surveyed(struct run *run, const struct machine *machine, const char *path)
{
	const char *real = world_real(run, path);

	for (size_t i = 0; real && i < machine->compilers.n; i++)
		if (strcmp(machine->compilers.item[i].real, real) == 0)
			return &machine->compilers.item[i];
	return NULL;
}

/* The C++ compiler that a program is, or that lies beside a C compiler; one that the survey passed is looked at here. */
static const struct compiler *
compiler_of(struct run *run, const struct machine *machine, const char *path)
{
	const char *real = world_real(run, path), *names[] = { path, cxx_of_c(run, path), real ? cxx_of_c(run, real) : path };
	const struct compiler *found = NULL;
	struct compiler *other;

	for (size_t i = 0; i < 3 && !found; i++)
		found = surveyed(run, machine, names[i]);
	if (found)
		return found;
	other = arena_alloc(&run->arena, sizeof(*other));
	return inspect_compiler(run, world_is_program(run, names[1]) ? names[1] : path, other) ? other : NULL;
}

/* Of "ccache g++ -B/x" g++: the first program that stands before no other, else the last. */
static struct resolved_compiler
resolve(struct run *run, const struct machine *machine, const char *text, const char *from, bool named)
{
	struct strings words = str_split(&run->arena, text, ' ');
	struct resolved_compiler resolved = { .from = from, .word = text, .named = named };

	for (size_t i = 0; i < words.n; i++) {
		const char *path = words.item[i][0] && words.item[i][0] != '-' ? compiler_program(run, words.item[i]) : NULL;

		if (!path)
			continue;
		resolved.path = behind_front(run, path);
		if (!inspect_is_front(resolved.path))
			break;
	}
	if (resolved.path)
		resolved.compiler = compiler_of(run, machine, resolved.path);
	return resolved;
}

struct resolved_compiler
compiler_cxx(struct run *run, const struct machine *machine)
{
	const char *cxx = run_env(run, "CXX");
	struct resolved_compiler usual;

	if (cxx)
		return resolve(run, machine, cxx, "CXX", true);
	usual = resolve(run, machine, "c++", "the default", false);
	return usual.path ? usual : resolve(run, machine, "g++", "the default", false);
}

/* Whether a word is -ccbin or --compiler-bindir; what stands behind its '=' in *value, NULL: the next word does. */
static bool
is_ccbin(const char *word, const char **value)
{
	static const char *const options[] = { "-ccbin", "--compiler-bindir" };

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(options[i]);

		if (strncmp(word, options[i], n) == 0 && (!word[n] || word[n] == '=')) {
			*value = word[n] ? word + n + 1 : NULL;
			return true;
		}
	}
	return false;
}

/* Parts flags into what the last -ccbin names, or NULL, and the rest. */
static const char *
split_ccbin(struct run *run, const char *flags, struct strings *rest)
{
	struct strings words = str_split(&run->arena, flags ? flags : "", ' ');
	const char *found = NULL, *value;

	for (size_t i = 0; i < words.n; i++) {
		if (!words.item[i][0])
			continue;
		if (!is_ccbin(words.item[i], &value)) {
			strings_add(&run->arena, rest, words.item[i]);
			continue;
		}
		while (!value && i + 1 < words.n)
			value = words.item[++i][0] ? words.item[i] : NULL;
		found = value ? value : found;
	}
	return found;
}

const char *
compiler_ccbin(struct run *run, const char *flags)
{
	struct strings rest = { 0 };
	const char *named = split_ccbin(run, flags, &rest);

	return named && world_is_dir(run, path_clean(&run->arena, run->cwd, named)) ? path_join(&run->arena, named, "gcc") : named;
}

/* What a variable names as nvcc's host compiler; false: nothing. */
static bool
named_by(struct run *run, const struct machine *machine, const char *variable, bool flags, struct resolved_compiler *out)
{
	const char *text = run_env(run, variable);

	if (text && flags)
		text = compiler_ccbin(run, text);
	else if (text && world_is_dir(run, path_clean(&run->arena, run->cwd, text)))
		text = path_join(&run->arena, text, "gcc");
	if (text)
		*out = resolve(run, machine, text, variable, true);
	return text != NULL;
}

/* What comes with nvcc: Debian's and Arch's packages have a gcc beside it that it accepts. */
static bool
own_compiler(struct run *run, const struct machine *machine, const char *nvcc, struct resolved_compiler *out)
{
	const char *folder = path_parent(&run->arena, nvcc), *named = inspect_compiler_bindir(run, nvcc), *gcc;

	gcc = path_join(&run->arena, named ? named : folder, "gcc");
	if (!named && (strcmp(folder, "/usr/bin") == 0 || !world_is_program(run, gcc)))
		return false;
	*out = resolve(run, machine, gcc, named ? "nvcc.profile" : "beside nvcc", false);
	return true;
}

struct resolved_compiler
compiler_nvcc(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	struct resolved_compiler out;

	if (named_by(run, machine, "NVCC_APPEND_FLAGS", true, &out))
		return out;
	if (wants_extension(machine) && run_env(run, "CC"))
		return resolve(run, machine, run_env(run, "CC"), "CC", true);
	if (named_by(run, machine, "NVCC_PREPEND_FLAGS", true, &out))
		return out;
	if (run_env(run, "NVCC_CCBIN") && inspect_reads_ccbin(run, toolkit) && named_by(run, machine, "NVCC_CCBIN", false, &out))
		return out;
	if (toolkit->nvcc && own_compiler(run, machine, toolkit->nvcc, &out))
		return out;
	return resolve(run, machine, "gcc", "the default", false);
}

/* Up to CUDA 11.5 nvcc cannot read GCC 11's std_function.h, in all of 11 not GCC 13's _Float32. */
int
compiler_readable(const struct toolkit *toolkit)
{
	static const struct version mended = { 2, { 11, 6, 0, 0 } };

	if (!toolkit->version.n || toolkit->version.part[0] >= 12)
		return 0;
	return version_compare(&toolkit->version, &mended) < 0 ? 10 : 12;
}

enum compiler_fit
compiler_fit(const struct machine *machine, const struct toolkit *toolkit, bool is_clang, const struct version *version)
{
	int max = is_clang ? toolkit->clang_max : toolkit->gcc_max;
	int readable = is_clang ? 0 : compiler_readable(toolkit);
	int min = !wants_extension(machine) ? 0 : is_clang ? machine->torch->clang_min : machine->torch->gcc_min;

	if (!version->n)
		return COMPILER_UNKNOWN;
	if (max && version->part[0] > max)
		return COMPILER_TOO_NEW;
	if (version->part[0] < min)
		return COMPILER_TOO_OLD;
	return readable && version->part[0] > readable ? COMPILER_UNREADABLE : COMPILER_FITS;
}

const char *
compiler_bound(struct run *run, const struct machine *machine, const struct toolkit *toolkit, bool is_clang,
	       const struct version *version)
{
	const char *kind = is_clang ? "clang" : "GCC";

	switch (compiler_fit(machine, toolkit, is_clang, version)) {
	case COMPILER_TOO_NEW:
		return str_format(&run->arena, "CUDA %s accepts %s ≤ %d", version_text(&run->arena, &toolkit->version, 2), kind,
				  is_clang ? toolkit->clang_max : toolkit->gcc_max);
	case COMPILER_TOO_OLD:
		return str_format(&run->arena, "the headers of torch %s demand %s ≥ %d", machine->torch->version, kind,
				  is_clang ? machine->torch->clang_min : machine->torch->gcc_min);
	case COMPILER_UNREADABLE:
		return str_format(&run->arena, "nvcc %s cannot read GCC %d's own headers",
				  version_text(&run->arena, &toolkit->version, 2), version->part[0]);
	default:
		return NULL;
	}
}

static const struct version unknown;

static enum compiler_fit
fit(const struct machine *machine, const struct toolkit *toolkit, const struct compiler *c)
{
	return compiler_fit(machine, toolkit, c && c->is_clang, c ? &c->version : &unknown);
}

/* The first of those given that is of this fit; the user's own word also where its version is not known. */
static const struct resolved_compiler *
given_that(const struct machine *machine, const struct toolkit *toolkit, const struct resolved_compilers *given,
	   enum compiler_fit wanted)
{
	for (size_t i = 0; i < given->n; i++) {
		const struct resolved_compiler *one = &given->item[i];
		enum compiler_fit is = fit(machine, toolkit, one->compiler);

		if (one->compiler && (is == wanted || (is == COMPILER_UNKNOWN && one->named)))
			return one;
	}
	return NULL;
}

static const struct compiler *
newest_that(const struct machine *machine, const struct toolkit *toolkit, enum compiler_fit wanted)
{
	for (size_t i = 0; i < machine->compilers.n; i++)
		if (fit(machine, toolkit, &machine->compilers.item[i]) == wanted)
			return &machine->compilers.item[i];
	return NULL;
}

struct compiler_choice
compiler_choose(const struct machine *machine, const struct toolkit *toolkit, const struct resolved_compilers *given)
{
	struct compiler_choice choice = { 0 };

	for (enum compiler_fit wanted = COMPILER_FITS; wanted <= COMPILER_UNKNOWN && !choice.compiler; wanted++) {
		const struct resolved_compiler *one = given_that(machine, toolkit, given, wanted);

		choice.compiler = one ? one->compiler
				: wanted < COMPILER_UNKNOWN ? newest_that(machine, toolkit, wanted) : NULL;
		choice.from = one ? one->from : NULL;
	}
	for (size_t i = 0; i < given->n && !choice.refused.from; i++) {
		const struct compiler *c = given->item[i].compiler;
		enum compiler_fit is = fit(machine, toolkit, c);

		if (c && c != choice.compiler && is != COMPILER_FITS && is != COMPILER_UNKNOWN)
			choice.refused = given->item[i];
	}
	return choice;
}

struct resolved_compilers
compiler_given(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	static const struct { const char *variable; bool flags; } words[] = {
		{ "NVCC_APPEND_FLAGS", true }, { "NVCC_PREPEND_FLAGS", true }, { "NVCC_CCBIN", false },
		{ "CUDAHOSTCXX", false }, { "CUDACXX", true },
	};
	struct resolved_compiler cxx = compiler_cxx(run, machine), one;
	struct resolved_compilers given = { 0 };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (named_by(run, machine, words[i].variable, words[i].flags, &one))
			*list_add(&run->arena, &given) = one;
	if (cxx.named)
		*list_add(&run->arena, &given) = cxx;
	if (run_env(run, "CC"))
		*list_add(&run->arena, &given) = resolve(run, machine, run_env(run, "CC"), "CC", true);
	if (!cxx.named)
		*list_add(&run->arena, &given) = cxx;
	if (toolkit->nvcc && own_compiler(run, machine, toolkit->nvcc, &one))
		*list_add(&run->arena, &given) = one;
	return given;
}

struct compiler_choice
compiler_here(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	struct resolved_compilers given = compiler_given(run, machine, toolkit);

	return compiler_choose(machine, toolkit, &given);
}

const char *
compiler_lack(struct run *run, const struct machine *machine, const struct toolkit *toolkit)
{
	const struct compiler *refused = compiler_here(run, machine, toolkit).refused.compiler;
	const char *why = NULL;

	if (!machine->compilers.n)
		return "no C++ compiler is here";
	for (size_t i = 0; !why && i <= machine->compilers.n; i++) {
		const struct compiler *c = i ? &machine->compilers.item[i - 1] : refused;

		why = c ? compiler_bound(run, machine, toolkit, c->is_clang, &c->version) : NULL;
	}
	return str_format(&run->arena, "no compiler here will do%s%s", why ? ": " : "", why ? why : "");
}

/* The user's words where they name this compiler, else the path. */
static const char *
keep(struct run *run, const struct machine *machine, const char *variable, const struct compiler *compiler, const char *path)
{
	const char *text = run_env(run, variable);
	struct resolved_compiler named;

	if (!text || !strchr(text, ' '))
		return path;
	named = resolve(run, machine, text, variable, true);
	return named.compiler && str_same(named.compiler->real, compiler->real) ? text : path;
}

/* -ccbin in front of the user's own flags, in whose place it is if they have one. */
static const char *
with_ccbin(struct run *run, const char *variable, const char *path)
{
	struct strings words = { 0 };

	strings_add(&run->arena, &words, "-ccbin");
	strings_add(&run->arena, &words, path);
	split_ccbin(run, run_env(run, variable), &words);
	return strings_join(&run->arena, &words, " ");
}

struct compiler_variables
compiler_variables(struct run *run, const struct machine *machine, const struct toolkit *toolkit,
		   const struct compiler *compiler)
{
	const char *cc = cxx_c_sibling(run, compiler->path);
	struct compiler_variables out = { .cxx = keep(run, machine, "CXX", compiler, compiler->path), .host = compiler->path };

	out.cc = wants_extension(machine) ? cc : keep(run, machine, "CC", compiler, cc);
	/* cc, not cxx: torch passes CC, and nvcc warns of two different words. */
	if (compiler_ccbin(run, run_env(run, "NVCC_PREPEND_FLAGS")) || !inspect_reads_ccbin(run, toolkit))
		out.prepend = with_ccbin(run, "NVCC_PREPEND_FLAGS", cc);
	if (compiler_ccbin(run, run_env(run, "NVCC_APPEND_FLAGS")))
		out.append = with_ccbin(run, "NVCC_APPEND_FLAGS", cc);
	return out;
}

const char *
compiler_words(struct run *run, const char *cxx)
{
	const char *cc = cxx_c_sibling(run, cxx);

	if (str_same(world_on_path(run, path_name(cxx), 0), cxx))
		return str_format(&run->arena, "CXX=%s CC=%s", path_name(cxx), path_name(cc));
	return str_format(&run->arena, "CXX=%s CC=%s", str_quote(&run->arena, cxx), str_quote(&run->arena, cc));
}

const char *
compiler_export(struct run *run, const struct machine *machine, const struct toolkit *toolkit,
		const struct compiler *compiler)
{
	struct compiler_variables v = compiler_variables(run, machine, toolkit, compiler);
	const char *append = v.append ? str_format(&run->arena, " NVCC_APPEND_FLAGS=%s", str_quote(&run->arena, v.append)) : "";

	if (wants_extension(machine))
		return str_format(&run->arena, "export %s%s", compiler_words(run, compiler->path), append);
	if (v.prepend)	/* nvcc alone reads neither CXX nor CC */
		return str_format(&run->arena, "export NVCC_PREPEND_FLAGS=%s%s", str_quote(&run->arena, v.prepend), append);
	return str_format(&run->arena, "export NVCC_CCBIN=%s%s", str_quote(&run->arena, v.host), append);
}

const char *
compiler_get(struct run *run, const struct machine *machine, int gcc_max)
{
	return acquired_text(acquire_compiler(run, machine, gcc_max));
}

const char *
compiler_says(struct run *run, const char *path, bool is_clang, const struct version *version)
{
	if (!version->n)
		return path_name(path);
	return str_format(&run->arena, "%s (%s %s)", path_name(path), is_clang ? "clang" : "GCC",
			  version_text(&run->arena, version, 0));
}

bool
compiler_is_forced(struct run *run)
{
	const char *const flags[] = { run_env(run, "NVCC_PREPEND_FLAGS"), run_env(run, "NVCC_APPEND_FLAGS") };

	return (flags[0] && strstr(flags[0], "allow-unsupported-compiler")) ||
	       (flags[1] && strstr(flags[1], "allow-unsupported-compiler"));
}
