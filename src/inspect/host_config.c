/*
 * The host compilers that a toolkit accepts, from its own crt/host_config.h: the header is walked as the preprocessor would,
 * for every major of GCC or clang at once, and those that reach an #error are refused. The condition counts, not the
 * message: 12.2.2 says "less than 16" and tests >= 17, owners delete #error lines, Nix makes them #warning.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/world.h"
#include "inspect/condition.h"
#include "inspect/directive.h"
#include "inspect/inspect.h"

#define FILE_MAX ((size_t)256 << 10)
#define DEPTH_MAX 32
#define MAJORS 40	/* GCC and clang gain one a year */


/* One #if: the majors that reach it, those that have taken a branch of it, those in the branch at hand; a bit for each. */
struct level { uint64_t outside, taken, here; };

struct walk {
	struct run *run;
	struct macros macros;
	struct level level[DEPTH_MAX];
	int depth;
	uint64_t refused;
};

/* The majors, among those asked about, for which the condition holds; a bit stands for each. */
static uint64_t
majors_where(struct walk *walk, const char *condition, uint64_t among)
{
	uint64_t where = 0;
	bool varies, holds = condition_holds(condition, &walk->macros, &varies);

	if (!varies)
		return holds ? among : 0;
	for (int major = 0; major < MAJORS; major++) {
		walk->macros.varying->value = major;
		if (among >> major & 1 && condition_holds(condition, &walk->macros, &varies))
			where |= (uint64_t)1 << major;
	}
	return where;
}

static uint64_t
reached(const struct walk *walk)
{
	return walk->depth ? walk->level[walk->depth - 1].here : ~(uint64_t)0;
}

static bool
enter(struct walk *walk, const char *condition)
{
	struct level *level;
	uint64_t outside = reached(walk);

	if (walk->depth == DEPTH_MAX)
		return false;
	level = &walk->level[walk->depth++];
	level->outside = outside;
	level->here = level->taken = outside ? majors_where(walk, condition, outside) : 0;
	return true;
}

/* #elif or #else: for those that have taken no branch yet. */
static void
turn(struct walk *walk, const char *condition)
{
	struct level *level = &walk->level[walk->depth - 1];
	uint64_t left = level->outside & ~level->taken;

	level->here = left ? majors_where(walk, condition, left) : 0;
	level->taken |= level->here;
}

/* #define NAME [number] and #undef NAME; what is defined as something else counts as 0. */
static void
define(struct walk *walk, const char *text, bool undefine)
{
	size_t length;
	long value = 0;
	const char *name, *end;

	text += strspn(text, " \t");
	length = strcspn(text, " \t\r(");
	if (!length || text[length] == '(')
		return;
	name = str_copy(&walk->run->arena, text, length);
	text += length + strspn(text + length, " \t\r");
	if (undefine) {
		macros_undefine(&walk->macros, name, length);
		return;
	}
	if (!condition_number(text, &value, &end))
		value = 0;
	macros_define(&walk->macros, name, length, value);
}

/* One directive; false where the header cannot be followed any further. */
static bool
step(struct walk *walk, const struct directives *line)
{
	const char *name = line->name;

	if (strcmp(name, "if") == 0)
		return enter(walk, line->rest);
	if (strcmp(name, "ifdef") == 0 || strcmp(name, "ifndef") == 0)
		return enter(walk, str_format(&walk->run->arena, "%sdefined(%s)", name[2] == 'n' ? "!" : "", line->rest));
	if (strcmp(name, "error") == 0)
		walk->refused |= reached(walk);
	if ((strcmp(name, "define") == 0 || strcmp(name, "undef") == 0) && reached(walk))
		define(walk, line->rest, name[0] == 'u');
	if (name[0] != 'e' || (strcmp(name, "elif") && strcmp(name, "else") && strcmp(name, "endif")))
		return true;
	if (!walk->depth)
		return false;
	if (strcmp(name, "endif") == 0)
		walk->depth--;
	else
		turn(walk, name[2] == 'i' ? line->rest : "1");
	return true;
}

/* The highest major that reaches no #error; 0 when the newest imaginable does not, or when none is accepted. */
static int
highest(const struct walk *walk)
{
	int major = MAJORS - 1;

	if (!(walk->refused >> major & 1))
		return 0;
	while (major > 0 && walk->refused >> major & 1)
		major--;
	return major;
}

/* What nvcc has the compiler define when it preprocesses a .cu for 64-bit Linux. */
static void
define_compiler(struct walk *walk, const char *varying)
{
	static const struct { const char *name; long value; } common[] = {
		{ "__CUDACC__", 1 }, { "__NVCC__", 1 }, { "__cplusplus", 201703 }, { "__linux__", 1 }, { "__linux", 1 },
		{ "__unix__", 1 }, { "__LP64__", 1 }, { "__x86_64__", 1 }, { "__GNUC_MINOR__", 0 },
	};

	macros_define(&walk->macros, varying, strlen(varying), 0);
	walk->macros.varying = &walk->macros.item[0];
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		macros_define(&walk->macros, common[i].name, strlen(common[i].name), common[i].value);
	if (strcmp(varying, "__GNUC__") == 0)
		return;
	macros_define(&walk->macros, "__clang__", 9, 1);
	macros_define(&walk->macros, "__clang_minor__", 15, 9);
	macros_define(&walk->macros, "__GNUC__", 8, 4);	/* clang passes for GCC 4.2 */
}

struct bounds { struct run *run; int gcc, clang; };

/* Behind the last word "error" nothing can be refused. */
static size_t
interesting(const char *text, size_t size)
{
	const char *at = text, *last = text;

	while ((at = memmem(at, (size_t)(text + size - at), "error", 5)))
		last = at += 5;
	return (size_t)(last - text);
}

/* Not read into the arena: with a thousand toolkits that would be 16 MB. */
static bool
read_bounds(int fd, void *context)
{
	static char buffer[FILE_MAX];
	struct bounds *bounds = context;
	struct walk gcc = { .run = bounds->run }, clang = { .run = bounds->run };
	struct directives lines;
	ssize_t size = pread(fd, buffer, sizeof(buffer), 0);
	struct blob text = { buffer, size > 0 ? interesting(buffer, (size_t)size) : 0 };

	define_compiler(&gcc, "__GNUC__");
	define_compiler(&clang, "__clang_major__");
	directives_start(&lines, &text);
	while (directives_next(&lines))
		if (!step(&gcc, &lines) || !step(&clang, &lines))
			break;
	bounds->gcc = highest(&gcc);
	bounds->clang = highest(&clang);
	return size >= 0;
}

void
inspect_host_config(struct run *run, const char *file, int *gcc_max, int *clang_max)
{
	struct bounds bounds = { run, 0, 0 };

	if (!world_with_file(run, file, read_bounds, &bounds))
		run_trace(run, "host compilers", file, "cannot be read");
	*gcc_max = bounds.gcc;
	*clang_max = bounds.clang;
}
