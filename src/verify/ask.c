/*
 * What the compilers say of themselves, asked all at once: nvcc --list-gpu-arch (11.1 and later), nvcc --dryrun (which
 * host compiler it would call, whatever its profile and the environment say, and that one's version in the flag
 * --gnu_version=120200 or --clang_version=140006 for its own parser), CXX --version, CXX -print-prog-name=cc1plus.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "build/compiler.h"
#include "verify/plan.h"

enum { LIST, DRYRUN, VERSION, PROPER, QUESTIONS };

#define LIMIT 20	/* seconds; a dry run takes 20 ms */

/* "g++-12 (Debian 12.2.0-14) 12.2.0", "Debian clang version 14.0.6": the first line of --version. */
static void
read_version(const struct outcome *said, struct host *host)
{
	const char *clang = blob_find(&said->out, "clang version ");

	host->is_clang = clang != NULL;
	if (clang) {
		version_parse(clang + strlen("clang version "), &host->version, NULL);
		return;
	}
	for (const char *at = said->out.data; *at && *at != '\n'; at++)
		if (at[0] == ')' && at[1] == ' ' && isdigit((unsigned char)at[2])) {
			version_parse(at + 2, &host->version, NULL);
			return;
		}
}

static bool
flag_version(const struct blob *text, const char *flag, struct host *host)
{
	const char *at = blob_find(text, flag);
	long n = at ? strtol(at + strlen(flag), NULL, 10) : 0;

	if (n > 0)
		host->version = (struct version){ 3, { (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100) } };
	return n > 0;
}

/* The first command that preprocesses names the compiler, perhaps as "/usr/bin"/gcc-11. */
static void
read_dryrun(struct run *run, const struct outcome *said, struct host *host)
{
	const char *line;
	size_t at = 0, length;

	while (!host->path && blob_line(&said->err, &at, &line, &length)) {
		const char *text = str_copy(&run->arena, line, length);
		struct strings pieces;

		if (!str_starts(text, "#$ ") || !strstr(text, " -E "))
			continue;
		text = str_copy(&run->arena, text + 3, strcspn(text + 3, " "));
		pieces = str_split(&run->arena, text, '"');
		host_set(run, host, strings_join(&run->arena, &pieces, ""), host->from);
	}
	if (!flag_version(&said->err, "--gnu_version=", host))
		host->is_clang = flag_version(&said->err, "--clang_version=", host);
}

/*
 * nvcc puts folders of its own before PATH, and a gcc there is the one that it calls: Debian's nvidia-cuda-toolkit/bin/gcc
 * and Arch's cuda/bin/gcc stand for a version that it accepts, whatever the usual gcc is.
 */
static const char *
own_gcc(struct run *run, const struct outcome *said, const struct host *host)
{
	static const char mark[] = "#$ PATH=";
	const char *path = blob_find(&said->err, mark), *name = host->path ? path_name(host->path) : NULL;
	struct strings folders;

	if (!path || !name || !str_same(host->from, "the default"))
		return NULL;
	path += sizeof(mark) - 1;
	folders = str_split(&run->arena, str_copy(&run->arena, path, strcspn(path, "\n")), ':');
	for (size_t i = 0; i < folders.n; i++) {
		const char *program = path_join(&run->arena, folders.item[i], name);

		if (folders.item[i][0] == '/' && world_is_program(run, program))
			return str_same(program, host->path) ? NULL : program;
	}
	return NULL;
}

/* Asks that gcc itself, which may be a script, who it is. */
static bool
ask_own_gcc(struct run *run, struct plan *plan, const char *gcc)
{
	struct program program = { .seconds = LIMIT, .keep_ld = true, .directory = plan->dir };
	struct outcome said;

	build_surroundings(run, plan, &program);
	words_add(run, &program.argv, gcc, "--version", NULL);
	if (!program_run(run, &program, 1, &said))
		return false;
	host_set(run, &plan->nvcc_host, gcc, plan->nvcc_host.from);
	read_version(&said, &plan->nvcc_host);
	return true;
}

static void
read_archs(struct run *run, const struct outcome *said, struct strings *can)
{
	struct strings lines = str_split(&run->arena, said->out.data, '\n');

	for (size_t i = 0; said->status == 0 && i < lines.n; i++)
		if (str_starts(lines.item[i], "compute_"))
			strings_add_once(&run->arena, can, lines.item[i] + strlen("compute_"));
}

static void
no_answer(struct run *run, struct plan *plan, const struct outcome *said, struct findings *findings)
{
	bool late = said->timed_out;
	struct strings nvcc = { 0 };
	struct finding *finding = finding_add(run, findings, "CE104", SEVERITY_FAIL,
					      late ? str_format(&run->arena, "nvcc did not answer in %d seconds", LIMIT)
						   : "nvcc said nothing of what it would do",
					      "cuenv versions --why");

	build_nvcc(run, plan, &nvcc);
	strings_add(&run->arena, &finding->evidence,
		    str_format(&run->arena, "%s --dryrun -c scale.cu: exit code %d, %zu bytes",
			       strings_join(&run->arena, &nvcc, " "), said->status, said->err.size));
	plan->blocked = true;
	plan->unsure |= late;
}

/* Where nvcc itself stumbles, what the user added to its call is the first to look at. */
static void
suspect(struct run *run, const struct plan *plan, struct finding *finding)
{
	static const char *const names[] = { "NVCC_PREPEND_FLAGS", "NVCC_APPEND_FLAGS", "PYTORCH_NVCC" };
	const char *remedy = taken_blame(run, names, build_nvcc_named(run, plan) ? 3 : 2, &finding->evidence);

	if (remedy)
		finding->remedy = remedy;
}

bool
ask_compilers(struct run *run, struct plan *plan, struct findings *findings)
{
	struct program ask[QUESTIONS] = { 0 };
	struct outcome said[QUESTIONS] = { 0 };
	const char *cc = run_env(run, "CC"), *gcc;
	struct resolved_compiler named;
	bool silent;

	for (int i = 0; i < QUESTIONS; i++) {
		ask[i] = (struct program){ .seconds = LIMIT, .keep_ld = true, .directory = plan->dir };
		build_surroundings(run, plan, &ask[i]);
	}
	build_nvcc(run, plan, &ask[LIST].argv);
	build_nvcc(run, plan, &ask[DRYRUN].argv);
	words_add(run, &ask[LIST].argv, "--list-gpu-arch", NULL);
	words_add(run, &ask[DRYRUN].argv, "--dryrun", "-c", "scale.cu", cc ? "-ccbin" : NULL, cc, NULL);
	for (size_t i = 0; i < plan->cxx.words.n; i++) {
		strings_add(&run->arena, &ask[VERSION].argv, plan->cxx.words.item[i]);
		strings_add(&run->arena, &ask[PROPER].argv, plan->cxx.words.item[i]);
	}
	words_add(run, &ask[VERSION].argv, "--version", NULL);
	words_add(run, &ask[PROPER].argv, "-print-prog-name=cc1plus", NULL);
	if (!program_run(run, ask, plan->cxx.path ? QUESTIONS : VERSION, said))
		return false;
	read_archs(run, &said[LIST], &plan->can);
	named = compiler_nvcc(run, plan->machine, plan->toolkit);
	host_set(run, &plan->nvcc_host, cc ? cc : "gcc", named.named ? named.from : "the default");
	plan->nvcc_host.path = NULL;
	read_dryrun(run, &said[DRYRUN], &plan->nvcc_host);
	gcc = own_gcc(run, &said[DRYRUN], &plan->nvcc_host);
	if (gcc && !ask_own_gcc(run, plan, gcc))
		return false;
	if (plan->cxx.path) {
		read_version(&said[VERSION], &plan->cxx);
		plan->cc1plus = str_trim(&run->arena, said[PROPER].out.data, said[PROPER].out.size);
	}
	silent = said[DRYRUN].err.size == 0 || (said[DRYRUN].status == 0 && !blob_find(&said[DRYRUN].err, "#$ "));
	if (said[DRYRUN].timed_out || silent) {
		no_answer(run, plan, &said[DRYRUN], findings);
	} else if (said[DRYRUN].status != 0) {
		explain(run, plan, "nvcc --dryrun", &said[DRYRUN], NULL, findings, &plan->unsure);
		plan->blocked = true;
	}
	if (plan->blocked)
		suspect(run, plan, &findings->item[findings->n - 1]);
	return true;
}
