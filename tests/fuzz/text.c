/* Any bytes as a source, and as a header that includes itself and the source: split, walked, its conditions judged. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "scan/text.h"

/* The facts live longer than one input, so they are not asked for here. */
bool
api_find(struct run *run, const char *of, const char *name, struct api *out)
{
	(void)run, (void)of, (void)name, (void)out;
	return false;
}

static void
see(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	size_t *words = walk->context;

	if (!in->path || item->line < 1 || item->column < 1 || !item->name->text || walk->active == NO)
		abort();
	++*words;
}

static void
see_include(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found)
{
	(void)in, (void)found;
	if (strlen(item->text) < 3 || walk->active == NO)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *nothing[] = { NULL };
	struct run run = { .root = "", .cwd = "/", .environ = nothing };
	struct toolkit toolkit = { .version = { 2, { 12, 4, 0, 0 } } };
	struct torch torch = { .version = "2.5.1", .dir = "/nonexistent" };
	struct machine machine = { .toolkit = &toolkit, .torch = &torch };
	struct scan_flags flags = { .cuda = size % 2, .std = 17 };
	const char *dir = fuzz_folder("a.cu", data, size);
	struct scan_plan plan = { .machine = &machine, .dir = dir };
	struct scan_unit unit = { str_format(&run.arena, "%s/a.cu", dir), &flags };
	size_t words = 0;
	struct text_walk walk = { .run = &run, .plan = &plan, .unit = &unit, .context = &words, .word = see, .include = see_include };

	fuzz_folder("shared.h", data, size);
	strings_add(&run.arena, &flags.defines, "LEVEL=2");
	plan.texts = scan_texts(&run);
	/* Loops are short and no compiler is looked for, so that there is time for many inputs. */
	walk.includes = TEXT_INCLUDES - 20;
	strings_add(&run.arena, &plan.texts->system, "/nonexistent");
	if (!text_walk(&walk) || run.error)
		abort();
	text_has_reached(&walk, "/cuda.h");
	fuzz_end();
	return 0;
}
