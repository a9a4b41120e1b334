/* cuenv versions: every toolkit, newest first; cli/why.c prints what --why adds. */
#include <string.h>

#include "base/str.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/print.h"
#include "cli/show.h"
#include "cli/table.h"
#include "cli/why.h"
#include "know/acquire.h"
#include "select/choice.h"

static const char *
torch_line(struct run *run, const struct machine *machine)
{
	const struct torch *torch = machine->torch;
	const char *cuda;

	if (!machine->python)
		return "no Python at hand, so no torch (--python PATH names one)";
	if (!torch)
		return str_format(&run->arena, "no torch in %s", machine->python->executable);
	cuda = torch->hip ? "for ROCm" : "without CUDA";
	if (torch->cuda.n)
		cuda = str_format(&run->arena, "CUDA %s", version_text(&run->arena, &torch->cuda, 2));
	return str_format(&run->arena, "torch %s (%s) in %s", torch->version ? torch->version : "of unknown version",
			  cuda, machine->python->executable);
}

/* The sources' names alone: what each of them saw is for --why. */
static const char *
finders(struct run *run, const struct toolkit *toolkit)
{
	struct strings names = { 0 };

	for (size_t i = 0; i < toolkit->found_by.n; i++) {
		const char *text = toolkit->found_by.item[i];
		const char *colon = strstr(text, ": ");

		strings_add_once(&run->arena, &names,
				 colon ? str_copy(&run->arena, text, (size_t)(colon - text)) : text);
	}
	return strings_join(&run->arena, &names, ", ");
}

/* "*": chosen here, as pyenv marks it; ">": taken by a build that is started here, where that is another one. */
static char
mark(const struct choice_state *choice, const struct toolkit *t)
{
	if (t == choice->chosen || (!choice->chosen && !choice->differs && t == choice->taken))
		return '*';
	return t == choice->taken ? '>' : ' ';
}

static void
add_row(struct run *run, struct table *table, const struct machine *machine, const struct choice_state *choice,
	const struct toolkit *t)
{
	const char *match = show_match(t, machine->torch);
	bool gap = t->state == STATE_BUILDS && !(t->abilities & CAN_EXTEND);

	table_add(run, table,
		  str_format(&run->arena, "%c %s", mark(choice, t), version_text(&run->arena, &t->version, 0)));
	table_add(run, table, gap ? "builds (gap)" : show_state(t));
	table_add(run, table, match ? match : "–");
	table_add(run, table, t->root);
	table_add(run, table, finders(run, t));
}

static void
print_table(struct run *run, const struct machine *machine, const struct choice_state *choice)
{
	static const char *const titles[] = { "  VERSION", "STATE", "TORCH", "ROOT", "FOUND BY" };
	struct table table = { .columns = 5 };

	for (size_t i = 0; i < 5; i++)
		table_add(run, &table, titles[i]);
	for (size_t i = 0; i < machine->toolkits.n; i++)
		add_row(run, &table, machine, choice, &machine->toolkits.item[i]);
	out_lines(table_text(run, &table, screen_width()));
}

/* What a build would trip over, and the command that mends it. */
static void
print_gaps(struct run *run, const struct machine *machine)
{
	bool first = true;

	for (size_t i = 0; i < machine->toolkits.n; i++) {
		const struct toolkit *t = &machine->toolkits.item[i];
		const char *what = t->contradiction ? t->contradiction : t->gap;

		if (!what)
			continue;
		out(first ? "\n%s at %s: %s\n" : "%s at %s: %s\n", version_text(&run->arena, &t->version, 0),
		       t->root, what);
		if (t->contradiction && t->gap)
			out("    and: %s\n", t->gap);
		if (t->remedy)
			out("    %s\n", t->remedy);
		first = false;
	}
}

/* No toolkit with nvcc: how to get one, for the CUDA that the torch at hand was built with. */
static void
print_how_to_get_one(struct run *run, const struct machine *machine)
{
	out_flush();
	err("cuenv: %s\nTo get one that builds:\n  %s\nor name one that is here: cuenv add DIR\n",
	    machine->toolkits.n ? "none of these has nvcc" : "no CUDA toolkit found; what was looked at: cuenv versions --why",
	    acquired_text(acquire_toolkit(run, machine, NULL)));
}

static bool
any_nvcc(const struct machine *machine)
{
	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].nvcc)
			return true;
	return false;
}

static void
print_text(struct run *run, const struct machine *machine, bool why)
{
	struct choice_state choice = choice_here(run, machine);

	out("%s\n", torch_line(run, machine));
	if (machine->toolkits.n) {
		out("\n");
		print_table(run, machine, &choice);
	}
	if (choice.differs) {
		out("\n");
		show_wrapped("", choice.differs);
		if (choice.chosen)
			out("  → cuenv shell\n");
	}
	if (why) {
		why_print(run, machine);
	} else {
		print_gaps(run, machine);
		why_print_own(run);
	}
	if (!any_nvcc(machine))
		print_how_to_get_one(run, machine);
}

static bool
print_json(struct run *run, const struct machine *machine, bool why)
{
	struct cJSON *document = show_document(run, machine->toolkits.n ? 0 : 1), *array;

	if (!document)
		return false;
	show_python(run, document, machine->python);
	show_torch(run, document, machine->torch);
	show_choice(run, document, machine);
	array = json_put_array(document, "toolkits");
	for (size_t i = 0; i < machine->toolkits.n; i++)
		show_toolkit(run, array, NULL, &machine->toolkits.item[i], machine->torch);
	if (why)
		why_json(run, document);
	out_json(json_print(document));
	return true;
}

static int
run_versions(struct run *run, const struct machine *machine, const struct request *request)
{
	bool why = request_has(request, "why");

	if (!request->json)
		print_text(run, machine, why);
	else if (!print_json(run, machine, why))
		return 2;
	return machine->toolkits.n ? 0 : 1;
}

static const struct choice choices[] = {
	{ "why", NULL, "say what was looked at, why it was passed over, and where each version was read",
	  .needs = NEED_DETAILS, .traces = true },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	{ 0 },
};

const struct command command_versions = {
	.name = "versions",
	.alias = "list",
	.arguments = "",
	.summary = "every toolkit on this machine, newest first",
	.details = "The mark * is the toolkit that is chosen here (see cuenv version), > the one that a build started here\n"
		   "takes by CUDA_HOME, CUDA_PATH, PATH or /usr/local/cuda, where that is another one. STATE is builds, builds (gap)\n"
		   "when programs can be built but no torch extension, runtime-only without nvcc, or broken. TORCH\n"
		   "compares it with the CUDA of the torch at hand: the same, another minor, another major version.",
	.needs = NEED_TOOLKITS | NEED_TORCH | NEED_DRIVER | NEED_GPUS,
	.traces = true,
	.choices = choices,
	.json = true,
	.run = run_versions,
};
