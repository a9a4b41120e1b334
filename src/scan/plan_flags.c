/*
 * What the words of a compiler's command line mean for reading a source: -I, -isystem, -D, -U, -std, -include, as gcc, clang
 * and nvcc 11 to 13 spell them (nvcc --help: --include-path, --define-macro, --options-file, …). The rest is dropped where it
 * does not change what is read; else it is passed on if plan_known knows it, and left out, and said to be, if not.
 */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "scan/plan.h"

#define RESPONSE_MAX ((size_t)1 << 20)
#define RESPONSE_DEPTH 4
/* One may name itself a hundred times: what all of them together may come to. */
#define RESPONSES_MAX ((size_t)64 << 20)
#define BYTE_COST 4		/* of a file: 16 MB */
#define WORD_COST 16		/* of a word of a file, each time that the file is named: 4 million */

enum meaning {
	DEFINE, UNDEFINE, INCLUDE_DIR, QUOTE_DIR, SYSTEM_DIR, FORCED, MACROS, STANDARD, LANGUAGE, HOST, RESPONSE, NOTHING, UNSAFE,
};

/* joined: the value may follow the name without a blank or =. */
static const struct { const char *name; enum meaning meaning; bool joined; } options[] = {
	{ "-D", DEFINE, true }, { "--define-macro", DEFINE, false },
	{ "-U", UNDEFINE, true }, { "--undefine-macro", UNDEFINE, false },
	{ "-isystem", SYSTEM_DIR, true }, { "--system-include", SYSTEM_DIR, false }, { "-idirafter", SYSTEM_DIR, true },
	{ "-iquote", QUOTE_DIR, true }, { "-include", FORCED, false }, { "--pre-include", FORCED, false },
	{ "-imacros", MACROS, false },
	{ "-I", INCLUDE_DIR, true }, { "--include-path", INCLUDE_DIR, false },
	{ "-std", STANDARD, false }, { "--std", STANDARD, false },
	{ "-Xcompiler", HOST, false }, { "--compiler-options", HOST, false },
	{ "-optf", RESPONSE, false }, { "--options-file", RESPONSE, false },
	{ "-x", LANGUAGE, true }, { "--x", LANGUAGE, false },
	/* A value of its own, which is none of the words above. */
	{ "-o", NOTHING, false }, { "-MF", NOTHING, false }, { "-MT", NOTHING, false }, { "-MQ", NOTHING, false },
	{ "--dependency-output", NOTHING, false }, { "-gencode", NOTHING, false }, { "--generate-code", NOTHING, false },
	{ "-arch", NOTHING, false }, { "--gpu-architecture", NOTHING, false }, { "-code", NOTHING, false },
	{ "--gpu-code", NOTHING, false }, { "-Xptxas", NOTHING, false }, { "--ptxas-options", NOTHING, false },
	{ "-Xlinker", NOTHING, false }, { "--linker-options", NOTHING, false }, { "-Xcudafe", NOTHING, false },
	{ "-Xfatbin", NOTHING, false }, { "-Xnvlink", NOTHING, false }, { "--threads", NOTHING, false }, { "-t", NOTHING, false },
	{ "-odir", NOTHING, false }, { "-target", NOTHING, false }, { "-L", NOTHING, true }, { "-l", NOTHING, true },
	{ "-maxrregcount", NOTHING, false }, { "--maxrregcount", NOTHING, false }, { "--default-stream", NOTHING, false },
	{ "-default-stream", NOTHING, false }, { "-diag-suppress", NOTHING, false }, { "--diag-suppress", NOTHING, false },
	{ "--optimize", NOTHING, false },
	/* Likewise, and what they say is code that the compiler would run or load. */
	{ "-ccbin", UNSAFE, false }, { "--compiler-bindir", UNSAFE, false }, { "-Xclang", UNSAFE, false },
	{ "-Xpreprocessor", UNSAFE, false }, { "-Xassembler", UNSAFE, false }, { "-mllvm", UNSAFE, false },
	{ "-wrapper", UNSAFE, false }, { "-B", UNSAFE, true }, { "--prefix", UNSAFE, false }, { "-specs", UNSAFE, false },
	{ "--specs", UNSAFE, false }, { "--libdevice-directory", UNSAFE, false },
	{ "-run-args", UNSAFE, false }, { "--run-args", UNSAFE, false }, { "-idp", UNSAFE, false }, { "-isysroot", UNSAFE, false },
};

struct reader {
	struct run *run;
	const char *directory, *by;
	struct plan_responses *responses;
	struct scan_flags *flags;
	const char **language;
	const struct scan_plan *plan;
	int depth;
};

static void read_words(struct reader *reader, const struct strings *words, size_t first);

/* False where the budget does not hold so much. */
static bool
spend(struct reader *reader, const char *file, size_t cost)
{
	bool told = reader->responses->spent > RESPONSES_MAX;

	reader->responses->spent += cost;
	if (reader->responses->spent <= RESPONSES_MAX)
		return true;
	if (!told)
		run_left_out(reader->run, file, "response files of 16 MB and 4 million words are read");
	return false;
}

static void
leave_out(struct reader *reader, const char *word, const char *value)
{
	strings_add_once(&reader->run->arena, &reader->flags->left_out,
			 value ? str_format(&reader->run->arena, "%s %s", word, value) : word);
}

/* Whether a path, links followed, is in the package, or where nothing of the package lies. */
static bool
is_inside(const struct reader *reader, const char *path, bool system)
{
	const struct machine *m = reader->plan->machine;
	const char *const own[] = { reader->plan->dir, reader->plan->commands_dir };
	const char *const others[] = { "/usr/include", "/usr/local/include", m->torch ? m->torch->dir : NULL,
				       m->toolkit ? m->toolkit->root : NULL };
	const char *real = world_real(reader->run, path);

	for (size_t i = 0; real && i < 2; i++)
		if (own[i] && world_real(reader->run, own[i]) && path_below(real, world_real(reader->run, own[i])))
			return true;
	for (size_t i = 0; real && system && i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] && path_below(real, others[i]))
			return true;
	return false;
}

/* The words of a response file of the package; none where it cannot be read, or only a shell could split it. */
static struct strings
response_words(struct reader *reader, const char *file, const char *name)
{
	struct plan_responses *all = reader->responses;
	struct strings words = { 0 };
	struct blob text;
	size_t at = index_find(&all->index, file);

	if (at < all->words.n)
		return all->words.item[at];
	if (!is_inside(reader, file, false))
		leave_out(reader, str_format(&reader->run->arena, "@%s", name), NULL);
	else if (!world_read(reader->run, file, RESPONSE_MAX, &text) || !spend(reader, file, text.size * BYTE_COST) ||
	    !plan_split(reader->run, text.data, &words))
		words = (struct strings){ 0 };
	index_put(&reader->run->arena, &all->index, file, all->words.n);
	*list_add(&reader->run->arena, &all->words) = words;
	return words;
}

/* clang takes the precompiled header beside a forced one in its place, and that is no text but a file of its own memory. */
static bool
has_precompiled(const struct reader *reader, const char *path)
{
	struct arena *arena = &reader->run->arena;
	struct stat st;

	return world_stat(reader->run, str_format(arena, "%s.pch", path), &st) ||
	       world_stat(reader->run, str_format(arena, "%s.gch", path), &st);
}

static void
read_response(struct reader *reader, const char *file)
{
	const char *name = file;
	struct strings words;

	file = path_clean(&reader->run->arena, reader->directory, file);
	if (reader->depth >= RESPONSE_DEPTH)
		return;
	words = response_words(reader, file, name);
	if (!spend(reader, file, words.n * WORD_COST))
		return;
	reader->depth++;
	read_words(reader, &words, 0);
	reader->depth--;
}

/* What says how to call a thing, how to optimize it, or what to warn of changes no verdict. */
static bool
matters(const char *word)
{
	static const char *const not[] = { "-c", "-O", "-g", "-W", "-w", "-M", "-v", "-lineinfo", "-pipe", "--ptxas-options", "-l",
					   "--generate-dependencies", "--threads", "--use_fast_math", "-dc", "-E", "-flto",
					   "-fno-lto", "--keep", "-keep", "--verbose", "-G", "--device-debug", "--debug",
					   "--Werror", "-shared", "-pg", "-rpath", "--compile", "--device-c" };

	if (str_starts(word, "-Wp,") || str_starts(word, "-Wa,") || str_starts(word, "-specs"))
		return true;
	for (size_t i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (str_starts(word, not[i]))
			return false;
	return word[0] == '-';
}

/* What nvcc hands on to the host compiler: words with commas between. */
static void
read_host(struct reader *reader, const char *value)
{
	struct strings parts = str_split(&reader->run->arena, value, ','), words = { 0 };

	for (size_t i = 0; i < parts.n; i++)
		if (str_starts(parts.item[i], "-D") || str_starts(parts.item[i], "-U"))
			strings_add(&reader->run->arena, &words, parts.item[i]);
		else if (plan_known(parts.item[i]))
			strings_add(&reader->run->arena, &reader->flags->others,
				    str_format(&reader->run->arena, "-Xcompiler=%s", parts.item[i]));
		else if (matters(parts.item[i]))
			leave_out(reader, "-Xcompiler", parts.item[i]);
	read_words(reader, &words, 0);
}

static void
take(struct reader *reader, enum meaning meaning, const char *value)
{
	struct arena *arena = &reader->run->arena;
	struct scan_flags *flags = reader->flags;
	int std;

	switch (meaning) {
	case DEFINE: strings_add(arena, &flags->defines, value); break;
	case UNDEFINE: strings_add(arena, &flags->undefines, value); break;
	case QUOTE_DIR:
	case INCLUDE_DIR: strings_add(arena, &flags->include_dirs, path_clean(arena, reader->directory, value)); break;
	case SYSTEM_DIR: strings_add(arena, &flags->system_dirs, path_clean(arena, reader->directory, value)); break;
	case FORCED: strings_add(arena, &flags->forced, value); break;
	case MACROS: strings_add(arena, &flags->macros, value); break;
	case HOST: read_host(reader, value); break;
	case RESPONSE: read_response(reader, value); break;
	case LANGUAGE:
		if (reader->language)
			*reader->language = value;
		break;
	case STANDARD:
		std = cxx_standard(str_format(arena, "-std=%s", value));
		if (std) {
			flags->std = std;
			flags->std_by = reader->by;
		}
		break;
	case NOTHING:
	case UNSAFE: break;
	}
}

/* The option at *at, with its value; moves behind what it took. False when the word is none of the table's. */
static bool
read_option(struct reader *reader, const struct strings *words, size_t *at)
{
	const char *word = words->item[*at];

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		size_t n = strlen(options[i].name);
		const char *value = word + n;
		bool separate = strlen(word) == n;

		if (strncmp(word, options[i].name, n) != 0 || (*value && *value != '=' && !options[i].joined))
			continue;
		if (separate && *at + 1 >= words->n)
			return false;
		if (separate)
			value = words->item[++*at];
		else if (*value == '=')
			value++;
		if (options[i].meaning == UNSAFE)
			leave_out(reader, word, separate ? value : NULL);
		else
			take(reader, options[i].meaning, value);
		return true;
	}
	return false;
}

static void
read_words(struct reader *reader, const struct strings *words, size_t first)
{
	for (size_t at = first; at < words->n; at++)
		if (words->item[at][0] == '@')
			read_response(reader, words->item[at] + 1);
		else if (read_option(reader, words, &at) || !matters(words->item[at]))
			continue;
		else if (plan_known(words->item[at]))
			strings_add(&reader->run->arena, &reader->flags->others, words->item[at]);
		else
			leave_out(reader, words->item[at], NULL);
}

/* Where the name is found as a compiler does; NULL: nowhere. */
static const char *
find_forced(const struct reader *reader, const char *name)
{
	const struct strings *const lists[] = { &reader->flags->include_dirs, &reader->flags->system_dirs };
	const char *path = path_clean(&reader->run->arena, reader->directory, name);

	for (size_t k = 0, n = 0; k < 2 && !world_is_there(reader->run, path);)
		if (n < lists[k]->n)
			path = path_join(&reader->run->arena, lists[k]->item[n++], name);
		else
			k++, n = 0;
	return world_is_there(reader->run, path) ? path : NULL;
}

/*
 * -include and -imacros look in the folder that the compiler is started in, and then where #include "…" does. A name that is
 * in none of these folders may be a header of the compiler's own, and stays as it is. Only files of the package and the
 * system stay.
 */
static void
resolve_forced(struct reader *reader, const char *option, struct strings *names)
{
	struct strings kept = { 0 };

	for (size_t i = 0; i < names->n; i++) {
		const char *name = names->item[i], *path = find_forced(reader, name);

		if (path ? is_inside(reader, path, true) && !has_precompiled(reader, path) : plan_known_include(name))
			strings_add(&reader->run->arena, &kept, path ? path : name);
		else
			leave_out(reader, option, name);
	}
	*names = kept;
}

void
plan_flags(struct run *run, const struct scan_plan *plan, const struct strings *words, size_t first, const char *directory,
	   const char *by, struct plan_responses *responses, struct scan_flags *flags, const char **language)
{
	struct reader reader = { run, directory, by, responses, flags, language, plan, 0 };

	read_words(&reader, words, first);
	resolve_forced(&reader, "-include", &flags->forced);
	resolve_forced(&reader, "-imacros", &flags->macros);
}
