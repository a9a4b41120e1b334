/* Any bytes as a setup.py whose extensions are looked for, and as a command line. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "scan/plan.h"
#include "scan/plan_python.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct machine machine = { 0 };
	static const struct strings env = { 0 };
	struct run run = { .root = "", .cwd = "/nowhere" };
	struct reading_setup r = { .run = &run, .machine = &machine, .dir = "/nowhere", .env = &env };
	struct blob text = { (char *)str_copy(&run.arena, (const char *)data, size), size };
	struct plan_responses responses = { 0 };
	struct scan_plan plan = { .machine = &machine, .dir = "/nowhere" };
	struct scan_flags flags = { 0 };
	struct strings words = { 0 };
	const char *language = NULL;

	python_tokens(&run, &text, &r.tokens);
	setup_read(&r);
	if (run.error || r.depth || r.tokens.n < 2)
		abort();
	for (size_t i = 0; i < r.extensions.n; i++)
		for (size_t k = 0; k < r.extensions.item[i].sources.texts.n; k++)
			if (strlen(r.extensions.item[i].sources.texts.item[k]) > 2 * SETUP_TEXT)
				abort();
	if (plan_split(&run, text.data, &words))
		plan_flags(&run, &plan, &words, 0, "/nowhere", NULL, &responses, &flags, &language);
	fuzz_end();
	return 0;
}
