/*
 * compile_commands.json, as CMake, ninja -t compdb and bear write it: each entry has a directory, a file, and arguments or a
 * command. Only what calls a compiler is read, and nothing of it is run.
 */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/path.h"
#include "base/world.h"
#include "scan/plan.h"

#define JSON_MAX ((size_t)64 << 20)
#define SHOWN 3

/* Entries that are no C++ or CUDA source of ours. */
struct passed { struct strings shown; size_t n; };

static void
pass_over(struct run *run, struct passed *passed, const char *text)
{
	if (passed->n++ < SHOWN)
		strings_add(&run->arena, &passed->shown, str_format(&run->arena, "%.100s%s", text, strlen(text) > 100 ? "…" : ""));
}

/* "nvcc", "g++-12", "x86_64-linux-gnu-g++", "clang++", "cc": what a program's name says that it is. */
static bool
is_compiler(const char *word, bool *nvcc)
{
	static const char *const names[] = { "c++", "g++", "gcc", "clang", "cc", "icpx", "nvc++" };
	const char *name = path_name(word), *at;

	*nvcc = str_same(name, "nvcc");
	for (size_t i = 0; !*nvcc && i < sizeof(names) / sizeof(names[0]); i++) {
		at = strstr(name, names[i]);
		if (at && (at == name || at[-1] == '-' || strncmp(at, "c++", 3) == 0) &&
		    (!at[strlen(names[i])] || strchr("-+.0123456789", at[strlen(names[i])])))
			return true;
	}
	return *nvcc;
}

/* Where the compiler stands: ccache, distcc and their like may stand before it. */
static bool
find_compiler(const struct strings *words, size_t *at, bool *nvcc)
{
	static const char *const before[] = { "ccache", "sccache", "distcc", "icecc", "buildcache" };

	for (*at = 0; *at < words->n && *at < 4; ++*at) {
		bool launcher = false;

		if (is_compiler(words->item[*at], nvcc))
			return true;
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
			launcher = launcher || str_same(path_name(words->item[*at]), before[i]);
		if (!launcher)
			return false;
	}
	return false;
}

/* The words of an entry; false where it has none, or they are for a shell. */
static bool
entry_words(struct run *run, const struct cJSON *entry, struct strings *out)
{
	const char *command = json_get_text(entry, "command");

	for (struct cJSON *word = json_child(json_get(entry, "arguments")); word; word = json_next(word)) {
		if (!json_text(word))
			return false;
		strings_add(&run->arena, out, json_text(word));
	}
	return (out->n || (command && plan_split(run, command, out))) && out->n;
}

/* A link's command has objects only, a .c is another language. */
static bool
read_language(const char *file, const char *says, bool nvcc, bool *cuda)
{
	if (!plan_is_source(file, cuda) && !says)
		return false;
	if (says)
		*cuda = str_starts(says, "cu");
	else if (!nvcc && !str_ends(file, ".cu"))
		*cuda = false;
	return !says || *cuda || str_starts(says, "c++");
}

static void
read_entry(struct run *run, const struct cJSON *entry, const char *json, struct scan_plan *plan,
	   struct plan_responses *responses, struct passed *passed, struct passed *absent)
{
	const char *file = json_get_text(entry, "file"), *directory = json_get_text(entry, "directory"), *language = NULL;
	const char *command = json_get_text(entry, "command");
	struct scan_flags flags = { 0 };
	struct strings words = { 0 };
	size_t at = 0;
	bool nvcc = false;

	directory = path_clean(&run->arena, path_parent(&run->arena, json), directory ? directory : ".");
	if (!file || !entry_words(run, entry, &words) || !find_compiler(&words, &at, &nvcc)) {
		if (!command)
			command = words.n ? strings_join(&run->arena, &words, " ") : "an entry without a command";
		pass_over(run, passed, command);
		return;
	}
	plan_flags(run, plan, &words, at + 1, directory, json, responses, &flags, &language);
	if (!read_language(file, language, nvcc, &flags.cuda))
		return;
	file = path_clean(&run->arena, directory, file);
	if (!world_is_file(run, file)) {
		pass_over(run, absent, file);
		return;
	}
	if (flags.cuda && plan->machine->toolkit)
		for (size_t i = 0; i < plan->machine->toolkit->include_dirs.n; i++)
			strings_add_once(&run->arena, &flags.system_dirs, plan->machine->toolkit->include_dirs.item[i]);
	plan_add(run, plan, file, plan_share(run, plan, &flags));
}

static void
tell(struct run *run, struct scan_plan *plan, const struct passed *passed, const char *code, enum severity severity,
     const char *one, const char *many)
{
	struct finding *finding;

	if (!passed->n)
		return;
	finding = finding_add(run, &plan->findings, code, severity,
			      passed->n == 1 ? one : str_format(&run->arena, "%zu %s", passed->n, many), NULL);
	finding->evidence = passed->shown;
	if (passed->n > passed->shown.n)
		strings_add(&run->arena, &finding->evidence,
			    str_format(&run->arena, "and %zu more", passed->n - passed->shown.n));
}

static bool
read_json(struct run *run, const char *file, struct cJSON **out)
{
	struct blob text;
	struct stat st;

	if (!world_stat(run, file, &st))
		return run_fail(run, "%s: %s", file, strerror(errno));
	if (S_ISREG(st.st_mode) && (size_t)st.st_size > JSON_MAX)
		return run_fail(run, "%s is %lld MB, and compile commands are read up to %zu MB", file,
				(long long)st.st_size >> 20, JSON_MAX >> 20);
	if (!world_read(run, file, JSON_MAX, &text))
		return run_fail(run, "%s cannot be read: %s", file,
				S_ISREG(st.st_mode) ? strerror(errno) : "it is no regular file");
	if (!json_parse(run, &text, out))
		return run->error ? false : run_fail(run, "%s is not JSON, or ends too early", file);
	return true;
}

bool
plan_commands(struct run *run, const char *file, struct scan_plan *plan)
{
	struct passed passed = { 0 }, absent = { 0 };
	struct plan_responses responses = { 0 };
	struct cJSON *document;

	if (!read_json(run, file, &document))
		return false;
	if (!json_at(document, 0) && json_get(document, "file"))
		return run_fail(run, "%s holds one entry, not a list of them", file);
	plan->commands_dir = path_parent(&run->arena, file);
	for (struct cJSON *entry = json_child(document); entry; entry = json_next(entry))
		read_entry(run, entry, file, plan, &responses, &passed, &absent);
	tell(run, plan, &passed, "CE814", SEVERITY_NOTE,
	     "a compile command calls no compiler that is known, or is one for a shell: not read",
	     "compile commands call no compiler that is known, or are for a shell: not read");
	tell(run, plan, &absent, "CE815", SEVERITY_WARN, "a file of compile_commands.json is not there",
	     "files of compile_commands.json are not there");
	plan->from = file;
	return true;
}
