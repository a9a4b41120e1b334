/*
 * The last word is the loader's: the target Python imports torch, then the module, in the user's own environment, and
 * runs samples/ext/check.py, which says a line (name, tab, result) for each thing, so that even a crash tells how far it
 * came. Which libcudart files are mapped is read from /proc/self/maps there, tabs between them: exactly one must be.
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "verify/plan.h"

#define LINE_SHOWN ((size_t)1000)	/* bytes of a program's line */

#define LIMIT 120	/* seconds; importing torch takes 1 to 10 */

struct program
load_program(struct run *run, const struct plan *plan)
{
	struct program program = { .seconds = LIMIT, .keep_ld = true, .directory = plan->dir };
	const char *python = plan->python->executable;

	python = strchr(python, '/') ? path_clean(&run->arena, run->cwd, python) : world_on_path(run, python, 0);
	/* -B: nothing is written beside the user's packages. */
	words_add(run, &program.argv, python ? python : plan->python->real, "-B", "check.py", plan->dir, MODULE, NULL);
	return program;
}

/* What check.py said of name, or NULL. */
static const char *
said(struct run *run, const struct outcome *outcome, const char *name)
{
	size_t at = 0, length, n = strlen(name);
	const char *line;

	while (blob_line(&outcome->out, &at, &line, &length))
		if (length > n && strncmp(line, name, n) == 0 && line[n] == '\t')
			return str_trim(&run->arena, line + n + 1, length - n - 1);
	return NULL;
}

static const char *
last_line(struct run *run, const struct blob *text)
{
	const char *line, *last = "";
	size_t at = 0, length;

	while (blob_line(text, &at, &line, &length))
		if (length)
			last = str_copy(&run->arena, line, length < LINE_SHOWN ? length : LINE_SHOWN);
	return last;
}

static const char *
cuda(struct run *run, const char *number)
{
	struct version version = version_from_macro(number ? strtol(number, NULL, 10) : 0);

	return version_text(&run->arena, &version, 2);
}

/* A failure that the ELF files already foretold is a fact beside that finding; else it is a finding of its own. */
static struct finding *
failed(struct run *run, struct verdict *verdict, const char *code, const char *what)
{
	if (findings_fail(&verdict->findings)) {
		fact_add(run, &verdict->facts, "import", what);
		return NULL;
	}
	return finding_add(run, &verdict->findings, code, SEVERITY_FAIL, what, "cuenv verify --force --keep /tmp/cuenv-build");
}

static void
never_came(struct run *run, struct plan *plan, const struct outcome *o, struct verdict *verdict)
{
	const char *what = last_line(run, &o->err);
	bool died = o->timed_out || o->status > 128;
	struct finding *finding;

	/* A torch that does not import here, or a check that stumbled, says nothing of the module. */
	plan->unsure |= !findings_fail(&verdict->findings) && !(said(run, o, "torch") && died);
	if (!said(run, o, "torch")) {
		finding = finding_add(run, &verdict->findings, "CE307", SEVERITY_WARN,
				      str_format(&run->arena, "not loaded: torch itself %s",
						 o->timed_out ? "was not imported in time" : "cannot be imported here"),
				      str_format(&run->arena, "%s -c 'import torch'", plan->python->executable));
	} else {
		finding = failed(run, verdict, "CE454",
				 o->timed_out ? "the import did not end within its time"
				 : o->status > 128 ? str_format(&run->arena, "the Python died of signal %d", o->status - 128)
						   : "the check ended early");
	}
	if (finding && what[0])
		strings_add(&run->arena, &finding->evidence, what);
}

static void
read_cudart(struct run *run, const struct outcome *o, struct verdict *verdict)
{
	const char *mapped = said(run, o, "cudart"), *theirs = said(run, o, "torch_runtime");
	struct finding *finding;
	struct strings files;
	bool told;

	if (said(run, o, "cudart_unseen")) {
		fact_add(run, &verdict->facts, "runtime",
			 str_format(&run->arena, "which libcudart is loaded cannot be seen: %s", said(run, o, "cudart_unseen")));
		return;
	}
	if (mapped && strchr(mapped, '\t')) {
		files = str_split(&run->arena, mapped, '\t');
		finding = failed(run, verdict, "CE453",
				 str_format(&run->arena, "two CUDA runtimes are loaded: %s",
					    strings_join(&run->arena, &files, ", ")));
		if (finding)
			strings_add(&run->arena, &finding->evidence,
				    str_format(&run->arena, "the extension sees CUDA %s, torch %s",
					       cuda(run, said(run, o, "runtime")), cuda(run, theirs)));
		return;
	}
	told = theirs && strcmp(theirs, "0") != 0;	/* without a driver CUDA 11's runtime says 0 */
	fact_add(run, &verdict->facts, "runtime",
		 str_format(&run->arena, "extension and torch share one libcudart%s%s: %s",
			    told ? ", CUDA " : "",
			    told ? cuda(run, said(run, o, "runtime")) : "",
			    mapped && mapped[0] ? mapped : "linked statically"));
}

static void
read_results(struct run *run, const struct outcome *o, struct verdict *verdict)
{
	const char *cpu = said(run, o, "cpu"), *error = said(run, o, "error");

	if (!str_same(cpu, "same"))
		failed(run, verdict, "CE451", "the CPU path gave wrong numbers");
	if (!error || !strstr(error, "scale takes float32, not Long"))
		failed(run, verdict, "CE452",
		       str_format(&run->arena, "a c10::Error came into Python as: %s", error ? error : "nothing"));
	else if (str_same(cpu, "same"))
		fact_add(run, &verdict->facts, "ran", "the CPU path is right; a c10::Error with a std::string reached Python");
}

static void
read_gpu(struct run *run, const struct outcome *o, struct verdict *verdict)
{
	const char *gpu = said(run, o, "gpu"), *error = said(run, o, "gpu_error"), *name = said(run, o, "gpu_name");

	if (said(run, o, "gpu_skipped"))
		fact_add(run, &verdict->facts, "kernel",
			 str_format(&run->arena, "not run: %s", said(run, o, "gpu_skipped")));
	else if (str_same(gpu, "same"))
		fact_add(run, &verdict->facts, "kernel", str_format(&run->arena, "ran on %s, equal to the CPU", name));
	else
		failed(run, verdict, "CE503",
		       str_format(&run->arena, "on %s the kernel failed: %s", name, error ? error : "other numbers"));
}

void
load_read(struct run *run, struct plan *plan, const struct outcome *o, struct verdict *verdict)
{
	const char *error = said(run, o, "import_error");
	bool luck = findings_fail(&verdict->findings);

	if (error && strstr(error, "failed to map segment")) {	/* what mmap says of PROT_EXEC where that is forbidden */
		plan->unsure |= !findings_fail(&verdict->findings);
		failed(run, verdict, "CE904", "not loaded: the build folder is on a file system mounted noexec");
		return;
	}
	if (error) {
		failed(run, verdict, "CE450", str_format(&run->arena, "it does not load: %s", error));
		return;
	}
	if (!said(run, o, "done")) {
		never_came(run, plan, o, verdict);
		return;
	}
	if (luck)
		fact_add(run, &verdict->facts, "import", "succeeds here all the same, by luck of the loader: do not build on it");
	read_cudart(run, o, verdict);
	read_results(run, o, verdict);
	read_gpu(run, o, verdict);
}
