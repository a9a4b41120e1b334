/*
 * What setup.py, pyproject.toml and CMakeLists.txt say, as text: a -std, architectures for nvcc, what is imported, the
 * package's name and version. CMakeLists.txt counts where a build by pip would call CMake, or nothing else is there. A
 * setup.py is a program that may do anything, so it is never run; what it only does under a condition on versions is not
 * counted, and of several -std the newest is.
 */
#define _GNU_SOURCE
#include "check/tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

#define FILE_MAX ((size_t)1 << 20)
#define IMPORTS_MAX 500

/* A line without its indentation, which is counted. */
struct line { const char *text; size_t length, indent; };

static struct line
bare(const char *text, size_t length)
{
	size_t indent = 0;

	while (indent < length && (text[indent] == ' ' || text[indent] == '\t'))
		indent++;
	return (struct line){ text + indent, length - indent, indent };
}

static const char *
within(const char *text, size_t length, const char *needle)
{
	return memmem(text, length, needle, strlen(needle));
}

static bool
begins(const struct line *line, const char *with)
{
	return line->length >= strlen(with) && memcmp(line->text, with, strlen(with)) == 0;
}

int
tree_std(struct run *run, const char *line, size_t length)
{
	static const char mark[] = "-std=";
	const char *end = line + length, *at = line;
	int best = 0;

	while ((at = within(at, (size_t)(end - at), mark))) {
		size_t n = (size_t)(end - at) < 12 ? (size_t)(end - at) : 12;
		int standard = cxx_standard(str_copy(&run->arena, at, n));

		best = standard > best ? standard : best;
		at += sizeof(mark) - 1;
	}
	return best;
}

static void
add_pin(struct run *run, const char *file, int std, struct profile *out)
{
	if (!std || (out->pins.n && out->pins.item[0].std >= std))
		return;
	if (!out->pins.n)
		list_add(&run->arena, &out->pins);
	out->pins.item[0] = (struct pin){ { 0 }, std };
	out->pinned_by = file;
}

/* "-DWITH_CUDA=1" as a text of its own. */
static void
add_defines(struct run *run, const struct line *line, struct profile *out)
{
	const char *end = line->text + line->length, *at = line->text;

	while ((at = within(at, (size_t)(end - at), "-D"))) {
		size_t n = 0;

		at += 2;
		if (at - 3 < line->text || (at[-3] != '"' && at[-3] != '\''))
			continue;
		while (at + n < end && (isalnum((unsigned char)at[n]) || strchr("_=", at[n])))
			n++;
		if (n && at + n < end && at[n] == at[-3])
			strings_add_once(&run->arena, &out->defines, str_copy(&run->arena, at, n));
	}
}

/* "compute_80" anywhere in a line, as "80". */
static void
add_archs(struct run *run, const char *file, const struct line *line, struct profile *out)
{
	static const char mark[] = "arch=compute_";
	const char *end = line->text + line->length, *at = line->text;

	while ((at = within(at, (size_t)(end - at), mark))) {
		size_t n = 0;

		at += sizeof(mark) - 1;
		while (at + n < end && isalnum((unsigned char)at[n]) && n < 5)
			n++;
		if (n < 2 || !isdigit((unsigned char)at[0]))
			continue;
		strings_add_once(&run->arena, &out->archs, str_copy(&run->arena, at, n));
		out->archs_by = file;
	}
}

/* "from pkg_resources import x", "import torch": the module, when it is one that somebody has to install. */
static void
add_import(struct run *run, const char *file, int number, const struct line *line, struct profile *out)
{
	static const char *const known[] = { "pkg_resources", "torch", "packaging", "wheel", "psutil", "ninja", "numpy", "pybind11",
					     "Cython", "skbuild", "cmake", "tensorflow", "einops", "requests" };
	size_t skip = begins(line, "import ") ? 7 : begins(line, "from ") ? 5 : 0;
	size_t n = 0;

	while (skip && skip + n < line->length && (isalnum((unsigned char)line->text[skip + n]) || line->text[skip + n] == '_'))
		n++;
	for (size_t i = 0; n && i < sizeof(known) / sizeof(known[0]); i++) {
		if (strlen(known[i]) != n || memcmp(known[i], line->text + skip, n) ||
		    (line->indent && strcmp(known[i], "torch") != 0) || strings_has(&out->imports, known[i]))
			continue;
		strings_add(&run->arena, &out->imports, known[i]);
		strings_add(&run->arena, &out->imported_by,
			    str_format(&run->arena, "%s:%d: %.*s", file, number, line->length < 80 ? (int)line->length : 80,
				       line->text));
	}
}

/* name='mmcv' or version='1.4.0' of setup(), by which the table knows the package. */
static void
note_text(struct run *run, const struct line *line, const char *key, const char **out)
{
	const char *end = line->text + line->length, *at = line->text, *close;

	if (!begins(line, key))	/* several in one line; name= there is more often an extension's */
		at = str_same(key, "version=") ? within(line->text, line->length, " version=") : NULL;
	if (!at)
		return;
	at += strlen(key) + (*at == ' ');
	while (at < end && (*at == ' ' || *at == '='))
		at++;
	if (at + 1 >= end || (*at != '"' && *at != '\''))
		return;
	close = memchr(at + 1, *at, (size_t)(end - at - 1));
	if (close && close - at > 1 && close - at < 100)
		*out = str_copy(&run->arena, at + 1, (size_t)(close - at - 1));
}

/* The last line of each depth, and whether what is below it is only done for some versions. */
struct guards { size_t indent[64]; bool asks[64], guarded[64]; size_t n; };

static bool
asks_version(const struct line *line)
{
	static const char *const words[] = { "ersion", "major", "arch", "capab" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (within(line->text, line->length, words[i]))
			return begins(line, "if ") || begins(line, "elif ");
	return false;
}

static bool
is_guarded(struct guards *guards, const struct line *line)
{
	bool inside = false, asks = asks_version(line);

	while (guards->n && guards->indent[guards->n - 1] >= line->indent) {
		guards->n--;
		if (guards->indent[guards->n] == line->indent && (begins(line, "else") || begins(line, "elif ")))
			asks = asks || guards->asks[guards->n];
	}
	inside = guards->n && guards->guarded[guards->n - 1];
	if (guards->n < 64) {
		guards->indent[guards->n] = line->indent;
		guards->asks[guards->n] = asks;
		guards->guarded[guards->n++] = inside || asks;
	}
	return inside;
}

void
tree_setup(struct run *run, const char *file, const struct blob *text, struct profile *out)
{
	struct guards guards = { .n = 0 };
	const char *name = out->name, *version = out->version, *start;
	size_t at = 0, length;
	int number = 0;

	while (blob_line(text, &at, &start, &length)) {
		struct line line = bare(start, length);

		number++;
		if (!line.length || line.text[0] == '#')
			continue;
		add_pin(run, file, tree_std(run, line.text, line.length), out);
		if (!is_guarded(&guards, &line)) {
			add_archs(run, file, &line, out);
			add_defines(run, &line, out);
		}
		add_import(run, file, number, &line, out);
		if (begins(&line, "setup("))
			line = bare(line.text + 6, line.length - 6);
		if (!name)
			note_text(run, &line, "name=", &out->name);
		if (!version)
			note_text(run, &line, "version=", &out->version);
		if (within(line.text, line.length, "cmake") || within(line.text, line.length, "CMake") ||
		    within(line.text, line.length, "skbuild"))
			out->by_cmake = true;
		if (begins(&line, "return locals()[")) {
			out->python_max = (struct version){ 2, { 3, 12, 0, 0 } };
			out->python_max_why = str_format(&run->arena, "%s:%d: from Python 3.13 on locals() has not what exec() "
							 "made", file, number);
		}
		if (within(line.text, line.length, "FORCE_CUDA"))
			strings_add_once(&run->arena, &out->env_no_gpu, "FORCE_CUDA=1");
		if (within(line.text, line.length, "get_compile_flags") || within(line.text, line.length, "get_link_flags"))
			out->asks_tensorflow = true;
		if (within(line.text, line.length, "check_cuda_torch_binary_vs_bare_metal(") && !begins(&line, "def "))
			out->exact = true;
	}
}

/* [build-system] requires: what pip brings where it isolates, and nobody where it does not. */
static void
add_requires(struct run *run, const char *file, const struct line *line, struct profile *out)
{
	const char *end = line->text + line->length, *at = line->text;

	while (at < end) {
		const char *close;
		size_t n = 0;

		if (*at != '"' && *at != '\'') {
			at++;
			continue;
		}
		close = memchr(at + 1, *at, (size_t)(end - at - 1));
		if (!close)
			return;
		while (isalnum((unsigned char)at[1 + n]) || (at[1 + n] && strchr("-_.", at[1 + n])))
			n++;
		if (n && n < 60 && out->imports.n >= IMPORTS_MAX)
			run_left_out(run, file, str_format(&run->arena, "%d packages that a build asks for are read",
							   IMPORTS_MAX));
		else if (n && n < 60 && !strings_has(&out->imports, str_copy(&run->arena, at + 1, n))) {
			strings_add(&run->arena, &out->imports, str_copy(&run->arena, at + 1, n));
			strings_add(&run->arena, &out->imported_by,
				    str_format(&run->arena, "%s: requires %.*s", file, (int)(close - at - 1), at + 1));
		}
		at = close + 1;
	}
}

void
tree_pyproject(struct run *run, const char *file, const struct blob *text, struct profile *out)
{
	const char *start, *name = out->name, *version = out->version;
	bool build = false, project = false, list = false;
	size_t at = 0, length;

	while (blob_line(text, &at, &start, &length)) {
		struct line line = bare(start, length);

		if (begins(&line, "[") && !list) {
			build = begins(&line, "[build-system]");
			project = begins(&line, "[project]");
			continue;
		}
		if (line.length && line.text[0] == '#')
			continue;
		if (project && !name)
			note_text(run, &line, "name", &out->name);
		if (project && !version)
			note_text(run, &line, "version", &out->version);
		if (build && begins(&line, "build-backend"))
			out->by_cmake = within(line.text, line.length, "scikit_build") || within(line.text, line.length, "cmake");
		list = list || (build && begins(&line, "requires") && within(line.text, line.length, "["));
		if (list)
			add_requires(run, file, &line, out);
		list = list && !within(line.text, line.length, "]");
	}
}

void
tree_cmake(struct run *run, const char *file, const struct blob *text, struct profile *out)
{
	static const char *const marks[] = { "CMAKE_CXX_STANDARD ", "CMAKE_CUDA_STANDARD " };
	const char *start;
	size_t at = 0, length;

	while (blob_line(text, &at, &start, &length)) {
		struct line line = bare(start, length);

		if (!line.length || line.text[0] == '#')
			continue;
		add_pin(run, file, tree_std(run, line.text, line.length), out);
		for (size_t i = 0; i < 2; i++) {
			const char *found = within(line.text, line.length, marks[i]);

			if (found && found + strlen(marks[i]) + 2 <= line.text + line.length)
				add_pin(run, file, atoi(found + strlen(marks[i])), out);
		}
		add_archs(run, file, &line, out);
		out->finds_torch = out->finds_torch || within(line.text, line.length, "find_package(Torch");
	}
}

/* PKG-INFO of an unpacked sdist: Name and Version. */
static void
read_info(struct run *run, const struct blob *text, struct profile *out)
{
	const char *start;
	size_t at = 0, length;

	while (blob_line(text, &at, &start, &length) && length) {
		if (length > 6 && length < 100 && strncmp(start, "Name: ", 6) == 0)
			out->name = str_trim(&run->arena, start + 6, length - 6);
		else if (length > 9 && length < 100 && strncmp(start, "Version: ", 9) == 0)
			out->version = str_trim(&run->arena, start + 9, length - 9);
	}
}

/* Python refuses a source with a NUL; one that imports nothing and calls nothing of setuptools is something else's. */
static bool
is_setup(struct run *run, const char *file, const struct blob *text)
{
	const char *start;
	size_t at = 0, length;
	bool empty = true;

	if (memchr(text->data, 0, text->size))
		return run_fail(run, "%s cannot be read as a setup.py: it holds NUL bytes, which no Python file has", file);
	while (empty && blob_line(text, &at, &start, &length)) {
		struct line line = bare(start, length);

		empty = !line.length || line.text[0] == '#' || line.text[0] == '\r';
	}
	if (empty || blob_find(text, "import ") || blob_find(text, "setup(") || blob_find(text, "exec("))
		return true;
	return run_fail(run, "%s cannot be read as a setup.py: nothing in it is imported, and setup() is not called", file);
}

bool
tree_read(struct run *run, const char *dir, struct profile *out)
{
	static const struct {
		const char *name;
		void (*read)(struct run *run, const char *file, const struct blob *text, struct profile *out);
	} files[] = { { "setup.py", tree_setup }, { "pyproject.toml", tree_pyproject }, { "CMakeLists.txt", tree_cmake } };
	struct blob text;
	bool any = false;

	if (world_read(run, path_join(&run->arena, dir, "PKG-INFO"), FILE_MAX, &text))
		read_info(run, &text, out);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const char *file = path_join(&run->arena, dir, files[i].name);

		if (!world_read(run, file, FILE_MAX, &text))
			continue;
		if (i == 2 && any && !out->by_cmake)	/* pip never reads it */
			continue;
		if (i == 0 && !is_setup(run, file, &text))
			return false;
		out->cmake = i == 2 && !any;
		any = true;
		files[i].read(run, file, &text, out);
	}
	return any;
}
