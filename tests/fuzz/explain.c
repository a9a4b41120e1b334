/* Any bytes as a log, from memory and, for one in eight, from a file: both must say the same of what needs no decoding. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/world.h"
#include "explain/explain.h"
#include "fuzz.h"

static struct reading file, text;

static bool
read_file(int fd, void *context)
{
	return explain_file(context, fd, "log", &file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	const struct hit *first;

	memset(&file, 0, sizeof(file));
	memset(&text, 0, sizeof(text));
	if (size % 8 == 0)
		world_with_file(&run, str_format(&run.arena, "%s/log", fuzz_folder("log", data, size)), read_file, &run);
	explain_text(&run, (const char *)data, size, &text);
	if (size % 8 == 0 && !run.error && !memchr(data, 0, size) && (file.n != text.n || file.lines != text.lines || text.n > HITS))
		abort();
	first = explain_first(&text);
	if (first && (!first->line || first->line > text.lines + 1 || strlen(first->text) >= sizeof(first->text) ||
		      !*explain_filled(&run, first, first->cause->what, NULL, NULL)))
		abort();
	fuzz_end();
	return 0;
}
