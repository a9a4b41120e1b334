/*
 * pkg-config's files, under NVIDIA's names (cudart-12.4.pc) and without the version (cudart.pc). NVIDIA's own name
 * /usr/local/cuda-X.Y wherever the toolkit lies, and have no patch level. Words that hold paths stand between quotes; what
 * survives there was tried with pkgconf 1.8: all but '"', and '$', '(' and ')', which it prints bare; '#' needs a '\' before it,
 * so that a '\' is not taken either.
 */
#include <string.h>

#include "base/path.h"
#include "base/pc.h"
#include "base/world.h"
#include "emit/find.h"
#include "emit/generator.h"

#define STUBS "/stubs"

struct library { const char *name, *file, *what; };

static const struct library libraries[] = {
#define LIBRARY(name, file, what) { #name, #file, what },
#include "emit/pkgconfig.def"
#undef LIBRARY
};
#define LIBRARIES (sizeof(libraries) / sizeof(libraries[0]))

/* Where a library is and how it is linked: the folder before a /stubs, that end of it, "-lcublas". */
struct place { const char *directory, *stubs, *flag; };

static bool
find_place(struct run *run, const struct toolkit *toolkit, const struct library *library, struct place *out)
{
	const char *path = component_library(run, toolkit, library->file);

	if (!path)
		return false;
	out->directory = path_parent(&run->arena, path);
	out->stubs = str_ends(out->directory, STUBS) ? STUBS : "";
	if (*out->stubs)
		out->directory = path_parent(&run->arena, out->directory);
	out->flag = str_format(&run->arena, str_ends(path, ".so") || str_ends(path, ".a") ? "-l%s" : "-l:%s",
			       str_ends(path, ".so") || str_ends(path, ".a") ? library->file : path_name(path));
	return true;
}

/* A path in a variable or between quotes; false with run->error when it cannot stand there. */
static bool
word(struct run *run, const struct blueprint *from, const char *path, const char **out)
{
	const char *below = generator_below(run, from->toolkit, path, "${cudaroot}");
	struct strings parts;

	if (!generator_holds(run, "pkgconfig", path, "\"\\$()", false))
		return false;
	parts = str_split(&run->arena, below, '#');
	*out = strings_join(&run->arena, &parts, "\\#");
	return true;
}

/*
 * The way to the root from a file within the toolkit, or NULL. pkgconf writes ${pcfiledir} with a '\' before each blank, so that
 * such a word stands without quotes, and no directory may need them.
 */
static const char *
up(struct run *run, const struct blueprint *from)
{
	const struct toolkit *toolkit = from->toolkit;
	const char *way = generator_up(run, from);

	if (way && strpbrk(from->folder, "'\"\\"))
		return NULL;
	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		if (strpbrk(generator_below(run, toolkit, toolkit->include_dirs.item[i], ""), " '"))
			return NULL;
	for (size_t i = 0; i < toolkit->lib_dirs.n; i++)
		if (strpbrk(generator_below(run, toolkit, toolkit->lib_dirs.item[i], ""), " '"))
			return NULL;
	return way;
}

/* A blank at the end of a line is not part of it. */
static bool
root_word(struct run *run, const struct blueprint *from, const char **out)
{
	const char *way = up(run, from), *root = from->toolkit->root;
	struct strings parts = str_split(&run->arena, root, '#');

	if (!way && str_ends(root, " "))
		return run_fail(run, "pkgconfig: a file of that kind cannot hold the blank at the end of '%s'; rename that folder",
				root);
	*out = way ? path_join(&run->arena, "${pcfiledir}", way) : strings_join(&run->arena, &parts, "\\#");
	return true;
}

/* All that a library's file says but its directory. */
static bool
cflags(struct run *run, const struct blueprint *from, const char **includedir, const char **out)
{
	const char *text, *quote = up(run, from) ? "" : "\"";
	struct strings words = { 0 };

	*includedir = "${cudaroot}/include";
	for (size_t i = 0; i < from->toolkit->include_dirs.n; i++) {
		if (!word(run, from, from->toolkit->include_dirs.item[i], &text))
			return false;
		if (!i)
			*includedir = text;
		strings_add(&run->arena, &words, str_format(&run->arena, "%s-I%s%s", quote, i ? text : "${includedir}", quote));
	}
	*out = strings_join(&run->arena, &words, " ");
	return true;
}

static bool
text_of(struct run *run, const struct blueprint *from, const struct library *library, const struct place *place, const char **out)
{
	const char *root = NULL, *libdir = NULL, *includedir = NULL, *flags = NULL, *quote = up(run, from) ? "" : "\"";

	if (!word(run, from, place->directory, &libdir) || !root_word(run, from, &root) || !cflags(run, from, &includedir, &flags))
		return false;
	*out = str_format(&run->arena, "# %s\ncudaroot=%s\nlibdir=%s\nincludedir=%s\n\nName: %s\nDescription: %s\n"
			  "Version: %s\nLibs: %s-L${libdir}%s%s %s\nCflags: %s\n",
			  generator_note(run, "pkgconfig", from->toolkit), root, libdir, includedir, library->name, library->what,
			  version_text(&run->arena, &from->toolkit->version, 0), quote, place->stubs, quote,
			  place->flag, flags);
	return true;
}

static const char *
file_name(struct run *run, const struct library *library, const struct toolkit *toolkit)
{
	return str_format(&run->arena, "%s-%s.pc", library->name, version_text(&run->arena, &toolkit->version, 2));
}

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	size_t found = 0;

	for (size_t i = 0; i < LIBRARIES; i++) {
		struct place place;
		const char *text = NULL;

		if (find_place(run, from->toolkit, &libraries[i], &place) && !text_of(run, from, &libraries[i], &place, &text))
			return false;
		found += text != NULL;
		/* Where the library is not, a file of another toolkit's would mix two. */
		generator_add(run, out, file_name(run, &libraries[i], from->toolkit), text);
		generator_add(run, out, str_format(&run->arena, "%s.pc", libraries[i].name), text);
	}
	return found || run_fail(run, "pkgconfig: the toolkit in %s has no library to link; choose another: cuenv versions",
				 from->toolkit->root);
}

/* The words that a library's file should give. */
static struct strings
expected(struct run *run, const struct toolkit *toolkit, const struct place *place)
{
	struct strings words = { 0 };

	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		strings_add(&run->arena, &words, str_format(&run->arena, "-I%s", toolkit->include_dirs.item[i]));
	strings_add(&run->arena, &words, str_format(&run->arena, "-L%s%s", place->directory, place->stubs));
	strings_add(&run->arena, &words, place->flag);
	return words;
}

/* One directory may be written in two ways. */
static const char *
resolved(struct run *run, const struct strings *words)
{
	struct strings out = { 0 };

	for (size_t i = 0; i < words->n; i++) {
		const char *word = words->item[i], *real = strlen(word) > 2 ? world_real(run, word + 2) : NULL;

		strings_add(&run->arena, &out, real ? str_format(&run->arena, "%.2s%s", word, real) : word);
	}
	return strings_join(&run->arena, &out, " ");
}

static void
check_file(struct run *run, const char *file, const struct strings *wanted, struct strings *problems)
{
	struct pc pc;

	if (!pc_read(run, file, &pc)) {
		strings_add(&run->arena, problems, str_format(&run->arena, "%s: libpkgconf cannot read it", file));
		return;
	}
	if (strcmp(resolved(run, &pc.words), resolved(run, wanted)) != 0)
		strings_add(&run->arena, problems, str_format(&run->arena, "%s: libpkgconf reads %s; it should be %s", file,
			    strings_join(&run->arena, &pc.words, " "), strings_join(&run->arena, wanted, " ")));
}

static bool
check(struct run *run, const struct blueprint *from, struct strings *problems)
{
	for (size_t i = 0; i < LIBRARIES; i++) {
		struct strings wanted;
		struct place place;

		if (!find_place(run, from->toolkit, &libraries[i], &place))
			continue;
		wanted = expected(run, from->toolkit, &place);
		check_file(run, path_join(&run->arena, from->folder, file_name(run, &libraries[i], from->toolkit)), &wanted,
			   problems);
		check_file(run, path_join(&run->arena, from->folder, str_format(&run->arena, "%s.pc", libraries[i].name)), &wanted,
			   problems);
	}
	return true;
}

const struct generator generator_pkgconfig = {
	.name = "pkgconfig",
	.what = "cudart-X.Y.pc and cudart.pc and the like, one pair for each library that is there",
	.use = "PKG_CONFIG_PATH=@D pkg-config --cflags --libs cudart-@V",
	.generate = generate,
	.check = check,
};
