/* cuenv match: which toolkits fit the torch, the driver, the GPUs and the compilers here, and where to get those that are not. */

#include "check/match.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"

#define ELSEWHERE 3	/* so many releases to get are shown, unless all are asked for */

static const char *
subject(struct run *run, const struct machine *machine)
{
	const struct torch *t = machine->torch;

	if (!t)
		return "no torch here: the newest first";
	return str_format(&run->arena, "torch %s (%s)", t->version ? t->version : "?",
			  t->cuda.n ? str_format(&run->arena, "CUDA %s", version_text(&run->arena, &t->cuda, 2)) : "no CUDA");
}

static void
print_match(struct run *run, const struct match *match)
{
	out("\n%s %s\n", match->fits ? "+" : "-", version_text(&run->arena, &match->version, 0));
	if (match->reasons.n)
		show_wrapped("    ", strings_join(&run->arena, &match->reasons, "; "));
	if (match->toolkit)
		out("    %s\n", match->toolkit->root);
	if (match->get)
		out("    → %s\n", match->get);
}

/* Those here, and the best of those that fit and are not; where nothing fits at all, the best of them with what is against it. */
static void
print_text(struct run *run, const struct machine *machine, const struct matches *matches, bool all)
{
	bool none = matches->n && !matches->item[0].fits;
	int elsewhere = 0;

	out("%s\n", subject(run, machine));
	for (size_t i = 0; i < matches->n; i++) {
		const struct match *at = &matches->item[i];

		if (all || at->toolkit || ((at->get || none) && elsewhere++ < ELSEWHERE))
			print_match(run, at);
	}
}

static bool
print_json(struct run *run, const struct matches *matches, int code)
{
	struct cJSON *document = show_document(run, code), *list, *row;

	if (!document)
		return false;
	list = json_put_array(document, "matches");
	for (size_t i = 0; i < matches->n; i++) {
		const struct match *at = &matches->item[i];

		row = json_put_object(list, NULL);
		json_put_text(run, row, "version", version_text(&run->arena, &at->version, 0));
		json_put_bool(row, "fits", at->fits);
		json_put_text(run, row, "root", at->toolkit ? at->toolkit->root : NULL);
		show_compiler(run, row, "compiler", at->compiler);
		json_put_strings(run, row, "reasons", &at->reasons);
		json_put_text(run, row, "get", at->get);
	}
	out_json(json_print(document));
	return true;
}

static int
run_match(struct run *run, const struct machine *machine, const struct request *request)
{
	struct matches matches = { 0 };
	int code;

	if (!match_all(run, machine, &matches))
		return 2;
	code = matches.n && matches.item[0].fits && matches.item[0].toolkit ? 0 : 1;
	if (request->json && !print_json(run, &matches, code))
		return 2;
	if (!request->json)
		print_text(run, machine, &matches, request_has(request, "all"));
	return code;
}

static const struct choice choices[] = {
	{ "all", NULL, "every release, those that do not fit too, each with its reason" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_match = {
	.name = "match",
	.arguments = "",
	.summary = "which toolkits, here and elsewhere, fit this torch, driver and compilers, best first",
	.details = "Those marked + fit. Where none of torch's own minor version is here it also tells the best three that can be\n"
		   "got, each with its command. A toolkit here is judged by its own files, a release elsewhere by the table that\n"
		   "cuenv brings.\n\n"
		   "Exit code 0: the best one is here; 1: it is not.",
	.needs = NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH | NEED_COMPILERS | NEED_DRIVER | NEED_GPUS | NEED_LIBRARIES |
		 NEED_COMPUTER,
	.choices = choices,
	.json = true,
	.run = run_match,
};
