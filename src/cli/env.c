/* cuenv env [SPEC]: the switch as text, for a shell's eval, a file, or another program. */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"
#include "emit/build_plan.h"
#include "emit/emit.h"

static const struct emitter *
find_format(struct run *run, const struct request *request)
{
	const char *name = request_value(request, "format");
	const struct emitter *emitter = emitter_find(request->json ? "json" : name ? name : "sh");
	struct strings names = { 0 };

	if (emitter)
		return emitter;
	for (int i = 0; i < emitter_count; i++)
		strings_add(&run->arena, &names, emitters[i]->name);
	run_fail(run, "env: no format '%s'; there are: %s", clipped(&run->arena, name),
		 strings_join(&run->arena, &names, ", "));
	return NULL;
}

static bool
read_extras(struct run *run, const struct machine *machine, const struct toolkit *toolkit,
	    const struct request *request, struct extras *out)
{
	const char *archs = request_value(request, "arch");
	struct build_plan plan = { 0 };

	out->runtime = request_has(request, "runtime");
	if (archs && !build_archs_read(run, archs, "--arch", &out->archs))
		return false;
	if (request_has(request, "compiler") && !build_compiler(run, machine, toolkit, &plan))
		return false;
	out->compiler = plan.compiler;
	return true;
}

/* What variables cannot do is said beside the text. */
static void
say_limits(struct run *run, const struct toolkit *toolkit)
{
	struct strings said = activation_limits(run, toolkit);

	for (size_t i = 0; i < said.n; i++)
		err("cuenv: %s: %s\n", toolkit->root, said.item[i]);
}

/* The emitter's object in a document of its own. */
static int
print_json(struct run *run, const char *text)
{
	struct blob blob = { (char *)(size_t)text, strlen(text) };
	struct cJSON *document = show_document(run, 0), *said, *environment;

	if (!document || !json_parse(run, &blob, &said))
		return 2;
	environment = json_put_object(document, "environment");
	said = json_child(json_get(said, "environment"));
	for (; said; said = json_next(said))
		json_put_text(run, environment, json_key(said), json_text(said));
	out_json(json_print(document));
	return 0;
}

static int
run_env_command(struct run *run, const struct machine *machine, const struct request *request)
{
	const char *text = NULL;
	const struct emitter *emitter = find_format(run, request);
	const struct toolkit *toolkit;
	struct extras extras = { 0 };
	struct changes changes;

	if (!emitter)
		return 2;
	toolkit = request_toolkit(run, machine, request);
	if (!toolkit)
		return 1;
	if (!read_extras(run, machine, toolkit, request, &extras))
		return 2;
	changes = emitter->plain ? activation_plain(run, toolkit, &extras) : activation_changes(run, toolkit, &extras);
	if (run->error || !emitter->render(run, &changes, &text))
		return 2;
	say_limits(run, toolkit);
	if (!emitter->plain && activation_unreached(run))
		err("cuenv: leaving %s undoes this on PATH; type it again then, or use cuenv shell\n",
			activation_unreached(run));
	if (request->json)
		return print_json(run, text);
	out_exact(text);
	return 0;
}

static const struct choice choices[] = {
	{ "format", "FORMAT",
	  "sh, fish, csh, elvish, xonsh, powershell, cmd, json, dotenv, github, conda, direnv, modulefile or lua" },
	{ "compiler", NULL, "also CC, CXX, CUDAHOSTCXX and NVCC_CCBIN: the compiler that is named here, else c++, else the\n"
	  "newest, whichever the toolkit accepts; and NVCC_PREPEND_FLAGS where nvcc does not read NVCC_CCBIN",
	  .needs = NEED_TORCH | NEED_COMPILERS | NEED_DETAILS },
	{ "arch", "LIST", "also TORCH_CUDA_ARCH_LIST and CUDAARCHS: 8.6,9.0+PTX" },
	{ "runtime", NULL, "also LD_LIBRARY_PATH, which can hide the libraries that torch brings" },
	{ "python", "PATH", "the Python, or its environment, whose torch is meant" },
	EXACT_CHOICE,
	{ 0 },
};

const struct command command_env = {
	.name = "env",
	.arguments = "[SPEC]",
	.summary = "print the variables of a switch, for a shell or a file",
	.details = "SPEC as for cuenv prefix. PATH, CUDA_HOME, CUDA_PATH, CUDA_ROOT, CUDAToolkit_ROOT and CUDACXX are set\n"
		   "together, for each consumer looks at others of them: eval \"$(cuenv env 11.8)\". What was there is\n"
		   "remembered in variables of cuenv's own, except in a format that is read elsewhere: dotenv, github\n"
		   "(append it to $GITHUB_ENV), conda, direnv, modulefile and lua. In JSON null is a\n"
		   "variable that shall not be, which nushell's load-env cannot say: cuenv init nu. powershell and cmd are\n"
		   "written by their grammars and have not been run.",
	.needs = NEED_TOOLKITS,
	.max_arguments = 1,
	.quick = true,
	.spec = 1,
	.choices = choices,
	.json = true,
	.run = run_env_command,
};
