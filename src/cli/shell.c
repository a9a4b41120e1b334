/*
 * cuenv shell SPEC: switches the shell it is typed in. A program cannot: the function of `cuenv init` asks for the code
 * (--for) and evaluates it. CUENV_VERSION keeps what was asked for, CUENV_VERSION_OLD what was before it ("-": nothing).
 */
#include <string.h>

#include "base/str.h"
#include "base/world.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/proof.h"
#include "cli/shells.h"
#include "emit/emit.h"
#include "machine.h"

#define VERSION "CUENV_VERSION"
#define OLD "CUENV_VERSION_OLD"

static bool
is_back(const struct request *request)
{
	return str_same(request_argument(request, 0), "-");
}

static bool
choose(struct run *run, const struct request *request, struct chosen *chosen)
{
	const char *old = run_env(run, OLD);

	if (!request_has(request, "for") || request_has(request, "typed") || request_has(request, "unset")) {
		*chosen = (struct chosen){ 0 };
		return true;
	}
	if (is_back(request)) {
		if (!old)
			return run_fail(run, "shell: there is nothing to go back to");
		chosen->spec = str_same(old, "-") ? NULL : old;
		return true;
	}
	return chosen->spec || choice_make(run, chosen);
}

static void
put(struct run *run, struct changes *to, const char *name, const char *value)
{
	if (value || run_env(run, name))
		*list_add(&run->arena, to) = (struct change){ value ? CHANGE_SET : CHANGE_UNSET, name, value };
}

/* torch is pinned to what it is now: it would be another one in another venv, with this toolkit still active. */
static void
remember(struct run *run, const struct request *request, const struct toolkit *toolkit, struct changes *to)
{
	const char *now = run_env(run, VERSION), *spec = request->spec;

	if (toolkit && str_same(spec, "torch"))
		spec = version_text(&run->arena, &toolkit->version, 2);
	if (request_has(request, "unset")) {
		put(run, to, VERSION, NULL);
		put(run, to, OLD, NULL);
	} else if (request_argument(request, 0) && !(str_same(now, spec) && !is_back(request))) {
		put(run, to, VERSION, spec);
		put(run, to, OLD, now ? now : "-");
	}
}

/* Torch and driver are looked at only now, so that a hook that has nothing to do costs what `prefix` costs. */
static void
say(struct run *run, const struct toolkit *toolkit, const char *drift)
{
	const char *venv = activation_unreached(run);
	struct machine machine = { 0 };
	struct strings limits = toolkit ? activation_limits(run, toolkit) : (struct strings){ 0 };

	if (toolkit)
		machine_survey(run, NEED_TORCH | NEED_DRIVER, NULL, &machine);
	if (drift)
		err("cuenv: %s; %s\n", drift,
			toolkit ? "repaired" : strstr(drift, " again, ") ? "taken out" : "left");
	for (size_t i = 0; i < limits.n; i++)
		err("cuenv: %s\n", limits.item[i]);
	err("cuenv: %s\n", toolkit ? proof_line(run, &machine, toolkit)
					     : "no toolkit of mine is active");
	if (venv)
		err("cuenv: if leaving %s restores PATH, type after it: cuenv shell%s\n",
			venv, toolkit ? "" : " --unset");
}

/* The code; false with run->error. */
static bool
switch_to(struct run *run, const struct machine *machine, const struct request *request, const struct shell *shell)
{
	bool system = !request->spec || str_same(request->spec, "system");
	const char *text, *drift = activation_drift(run), *root = activation_root(run);
	struct selection selection = system ? (struct selection){ 0 } : request_select(run, machine, request);
	const struct toolkit *toolkit = selection.toolkit;
	struct changes changes;

	if (!system && !toolkit)
		return request_unmet(run, request, selection.why);
	if (request_has(request, "hook") && !drift && str_same(root, toolkit ? toolkit->root : NULL))
		return true;
	changes = activation_changes(run, toolkit, NULL);
	remember(run, request, toolkit, &changes);
	if (run->error || !emitter_find(shell->format)->render(run, &changes, &text))
		return false;
	if (selection.note)
		err("cuenv: %s\n", selection.note);
	say(run, toolkit, drift);
	out_exact(text);
	return true;
}

static int
without_function(struct run *run)
{
	bool restricted;
	const struct shell *shell = shell_parent(run, &restricted);

	if (restricted)
		run_fail(run, "shell: a restricted %s lets nobody change PATH; for one command type: cuenv exec SPEC -- COMMAND",
			 shell->name);
	else if (!shell)
		run_fail(run, "shell: a program cannot change the shell that runs it; see: cuenv help init");
	else
		run_fail(run, "shell: a program cannot change the shell that runs it. Add this line to %s, and start a new shell: "
			 "%s", shell->rc, shell_line(run, shell, false));
	return 1;
}

static int run_shell(struct run *run, const struct machine *machine, const struct request *request);

/* csh has aliases, not functions: all that is typed comes here, and goes back as the code that does it. */
static int
typed(struct run *run, const struct request *request, const struct shell *shell)
{
	struct strings words = { 0 };
	struct machine machine = { 0 };
	struct request inner = { 0 };
	int code = 1;

	if (!str_same(request_argument(request, 0), "shell")) {
		const char *self = world_real(run, "/proc/self/exe");

		out_exact(shell_word(run, shell, self ? self : "cuenv"));
		for (size_t i = 0; i < request->arguments.n; i++)
			out_exact(str_format(&run->arena, " %s", shell_word(run, shell, request->arguments.item[i])));
		out_exact(";\n");
		return 0;
	}
	strings_add(&run->arena, &words, "shell");
	strings_add(&run->arena, &words, "--for");
	strings_add(&run->arena, &words, shell->name);
	for (size_t i = 1; i < request->arguments.n; i++)
		strings_add(&run->arena, &words, request->arguments.item[i]);
	if (request_parse(run, request->command, (int)words.n, (char **)words.item, &inner) &&
	    machine_survey(run, inner.needs, inner.wanted, &machine))
		code = run_shell(run, &machine, &inner);
	if (code)
		out("/bin/sh -c 'exit %d';\n", code);
	return code;
}

static int
run_shell(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *name = request_value(request, "for");
	const struct shell *shell = shell_find(name);

	if (!name)
		return without_function(run);
	if (!shell) {
		run_fail(run, "shell: '%s' is no shell that I know; there are: %s", clipped(&run->arena, name), shell_names(run));
		return 1;
	}
	if (request_has(request, "typed"))
		return typed(run, request, shell);
	if (request->arguments.n > 1 || (request->arguments.n && request_has(request, "unset"))) {
		run_fail(run, "shell: too many words; usage: cuenv shell [SPEC|-|--unset]");
		return 1;
	}
	return switch_to(run, machine, request, shell) ? 0 : 1;
}

static const struct choice choices[] = {
	{ "unset", NULL, "give back what was there before" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	EXACT_CHOICE,
	{ "for", "SHELL", "print the code that switches this shell; written by cuenv init", .code = true },
	{ "hook", NULL, "with --for: nothing where nothing is to be done" },
	{ "typed", NULL, "with --for: the words are a whole command line of cuenv" },
	{ 0 },
};

const struct command command_shell = {
	.name = "shell",
	.arguments = "[SPEC|-]",
	.summary = "switch this shell to a toolkit; needs cuenv init",
	.details = "SPEC as for cuenv prefix; - is the one before; without SPEC, what is chosen here, and what a venv or\n"
		   "module has undone is repaired. PATH, CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT and CUDACXX are\n"
		   "set together, and CUENV_VERSION, which every other command of cuenv heeds. --unset takes out just what\n"
		   "was put in: the user's own changes stay.",
	.needs = NEED_TOOLKITS,
	.max_arguments = 64,
	.quick = true,
	.spec = 1,
	.choose = choose,
	.failure = 1,
	.choices = choices,
	.run = run_shell,
};
