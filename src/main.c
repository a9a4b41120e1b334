/*
 * cuenv: options → run → survey → command → exit code.
 *
 * main reads the options that come before the verb, surveys just the parts of the machine that the verb's row asks for,
 * calls it, and prints run->error once. Exit codes answer: 0 yes or done, 1 no or problems found, 2 usage or could not tell.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/globals.h"
#include "cli/print.h"
#include "cli/shim.h"
#include "cli/show.h"
#include "machine.h"
#include "main.h"

extern char **environ;

/* As main was given them, for start_over. */
static char **given;

/* A stream that the caller closed must not become the number of some file that is opened later. */
static void
hold_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY | O_CLOEXEC) < 0)
			return;
}

/* Of a directory that was removed, relative paths lead nowhere, and /proc says so when they are tried. */
static const char *
current_directory(struct run *run)
{
	char buffer[PATH_MAX];

	return getcwd(buffer, sizeof(buffer)) ? str_copy(&run->arena, buffer, strlen(buffer)) : "/proc/self/cwd";
}

static const struct command *
find_verb(struct run *run, const char *word)
{
	const struct command *command;

	if (!word || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		word = "help";
	command = command_find(word);
	if (!command && word[0] == '-')
		run_fail(run, "unknown option %s; see: cuenv help", clipped(&run->arena, word));
	else if (!command)
		run_fail(run, "no command '%s'; see: cuenv help", clipped(&run->arena, word));
	return command;
}

/*
 * A static program starts in three quarters of the time of a dynamic one, but cannot load shared libraries. So verbs that
 * switch are done by a static cuenv, and the others by its dynamic twin cuenv-full, made from the same sources. False with
 * run->error when the twin is not there.
 */
static bool
become_twin(struct run *run, char **argv)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *here = path_parent(&run->arena, n > 0 ? str_copy(&run->arena, self, (size_t)n)
							  : (const char *)getauxval(AT_EXECFN));
	int fd = open("/", O_RDONLY | O_CLOEXEC);

	if (fd < 0)	/* the loader of its libraries would say no more than a number */
		return run_fail(run, "cannot start cuenv-full: %s", strerror(errno));
	close(fd);
	execv(path_join(&run->arena, here, "cuenv-full"), argv);
	execv(path_join(&run->arena, here, "../libexec/cuenv/cuenv-full"), argv);
	return run_fail(run, "%s/cuenv-full: %s; install cuenv whole, with its libexec folder", here, strerror(errno));
}

void
start_over(void)
{
	struct run run = { .root = "", .environ = environ };

	become_twin(&run, given);
	err("cuenv: %s\n", run.error);
	_exit(2);
}

static int
print_version(struct run *run, bool json)
{
	struct cJSON *document = json ? show_document(run, 0) : NULL;

	if (!json)
		out("cuenv " CUENV_VERSION "\n");
	if (!document)
		return json ? 2 : 0;
	json_put_text(run, document, "version", CUENV_VERSION);
	out_json(json_print(document));
	return 0;
}

/* The words from the verb on; *json becomes whether they ask for JSON, whatever becomes of them. */
static int
perform_verb(struct run *run, int argc, char **words, char **argv, bool *json)
{
	const struct command *command = find_verb(run, argc ? words[0] : NULL);
	struct machine machine = { 0 };
	struct request request = { 0 };
	int code;

	*json = request_asks_json(command, argc, words);
	if (CUENV_STATIC && *json)
		return become_twin(run, argv) ? 0 : 2;
	if (!command)
		return 2;
	if (!request_parse(run, command, argc, words, &request))
		return command_failure(command);
	*json = request.json;
	if (CUENV_STATIC && request.full)
		return become_twin(run, argv) ? 0 : command_failure(command);
	run->tracing = request.traces;
	if (!machine_survey(run, request.needs, request.wanted, &machine) || run->shortage)
		return command_failure(command);
	code = request.command->run(run, &machine, &request);
	return run->shortage ? command_failure(command) : code;
}

/* A write beyond the limit on a file's size fails then, and is told; exec hands on no handler, as it would SIG_IGN. */
static void
file_too_large(int signal)
{
	(void)signal;
}

static void
heed_size_limit(void)
{
	struct sigaction action;

	if (sigaction(SIGXFSZ, NULL, &action) < 0 || action.sa_handler != SIG_DFL)
		return;
	action.sa_handler = file_too_large;
	sigaction(SIGXFSZ, &action, NULL);
}

/* Whether all of standard output has been written. */
static bool
written(struct run *run)
{
	errno = 0;
	return print_end() || run_fail(run, "cannot write to standard output%s%s", errno ? ": " : "", errno ? strerror(errno) : "");
}

static int
perform(struct run *run, int argc, char **argv, bool *json)
{
	int at = globals_read(run, argc, argv);
	bool version = at && at < argc && strcmp(argv[at], "--version") == 0;

	if (at && !version)
		return perform_verb(run, argc - at, argv + at, argv, json);
	*json = request_asks_json(NULL, argc, argv);
	if (CUENV_STATIC && *json)
		return become_twin(run, argv) ? 0 : 2;
	return version ? print_version(run, *json) : 2;
}

int
main(int argc, char **argv)
{
	struct run run = { .root = "", .environ = environ };
	bool json = false;
	int code;

	given = argv;
	hold_streams();
	heed_size_limit();
	run.cwd = current_directory(&run);
	if (argc > 0 && strcmp(path_name(argv[0]), "nvcc") == 0)
		code = shim_nvcc(&run, argv);
	else if (argc > 1 && strcmp(argv[1], "c++") == 0)
		code = shim_cxx(&run, argv + 1);
	else
		code = perform(&run, argc, argv, &json);
	if (run.shortage)
		run.error = run.shortage;
	if (run.error && json && !CUENV_STATIC)
		show_refusal(&run, code ? code : 2);
	if (!written(&run))
		code = 2;
	show_left_out(&run);
	if (run.error) {
		err("cuenv: %s\n", run.error);
		return code ? code : 2;
	}
	return code;
}
