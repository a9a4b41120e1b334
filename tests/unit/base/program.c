/* Children end when they should: at their own end, at the limit, with a grandchild on the pipe, at Ctrl-C. */
#define _GNU_SOURCE
#include "base/program.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/world.h"

extern char **environ;
static struct run run;

static struct program
shell(const char *script, int seconds)
{
	struct program program = { .seconds = seconds };

	strings_add(&run.arena, &program.argv, "/bin/sh");
	strings_add(&run.arena, &program.argv, "-c");
	strings_add(&run.arena, &program.argv, script);
	return program;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct outcome
outcome_of(struct program program)
{
	struct outcome outcome = { 0 };

	assert_true(program_run(&run, &program, 1, &outcome));
	return outcome;
}

static int
fresh(void **state)
{
	(void)state;
	run = (struct run){ .root = "", .environ = environ, .cwd = "/" };
	return 0;
}

static void
both_streams_and_status(void **state)
{
	struct outcome o = outcome_of(shell("echo out; echo err >&2; exit 3", 10));

	(void)state;
	assert_int_equal(o.status, 3);
	assert_string_equal(o.out.data, "out\n");
	assert_string_equal(o.err.data, "err\n");
	assert_false(o.timed_out);
}

static void
nothing_printed_is_empty_text(void **state)
{
	struct outcome o = outcome_of(shell("kill -9 $$", 10));

	(void)state;
	assert_int_equal(o.status, 128 + SIGKILL);
	assert_string_equal(o.out.data, "");
	assert_string_equal(o.err.data, "");
}

static void
missing_program_is_127(void **state)
{
	struct program program = shell("", 5), both[2] = { program, shell("exit 0", 5) };
	struct outcome o[2];

	(void)state;
	strings_add(&run.arena, &both[0].argv, "x");
	both[0].argv.item[0] = "/nonexistent/nvcc";
	assert_true(program_run(&run, both, 2, o));
	assert_int_equal(o[0].status, 127);
	assert_non_null(strstr(o[0].err.data, "/nonexistent/nvcc: No such file"));
	assert_int_equal(o[1].status, 0);
}

static void
time_limit_kills_the_group(void **state)
{
	struct outcome o = outcome_of(shell("sleep 60 & sleep 60", 1));

	(void)state;
	assert_true(o.timed_out);
	assert_true(o.seconds < 30);	/* all times here hold on a busy machine */
	assert_int_equal(o.status, 128 + SIGKILL);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);	/* no zombie */
}

static void
grandchild_on_the_pipe_does_not_hold_us(void **state)
{
	struct outcome o = outcome_of(shell("sleep 60 & echo done", 30));

	(void)state;
	assert_int_equal(o.status, 0);
	assert_string_equal(o.out.data, "done\n");
	assert_true(o.seconds < 25);
}

static void
closed_streams_do_not_end_a_child(void **state)
{
	struct outcome o = outcome_of(shell("exec >&- 2>&-; sleep 0.3; exit 7", 10));

	(void)state;
	assert_int_equal(o.status, 7);
	assert_true(o.seconds >= 0.3);
}

static void
much_output_is_cut(void **state)
{
	struct outcome o = outcome_of(shell("head -c 9000000 /dev/zero | tr '\\0' x", 20));

	(void)state;
	assert_int_equal(o.status, 0);
	assert_int_equal(o.out.size, 4 << 20);
}

static void
together_takes_as_long_as_the_longest(void **state)
{
	struct program programs[3] = { shell("sleep 0.4; echo a", 60), shell("sleep 0.4; echo b", 60), shell("echo c", 60) };
	struct outcome o[3];
	double start = now();

	(void)state;
	assert_true(program_run(&run, programs, 3, o));
	assert_string_equal(o[1].out.data, "b\n");
	assert_true(o[2].seconds < o[0].seconds);
	assert_true(now() - start < o[0].seconds + o[1].seconds);
}

static void
a_decisive_failure_ends_the_others(void **state)
{
	struct program programs[2] = { shell("sleep 0.1; exit 4", 9), shell("sleep 30", 60) };
	struct outcome o[2];

	(void)state;
	programs[0].decisive = true;
	assert_true(program_run(&run, programs, 2, o));
	assert_int_equal(o[0].status, 4);
	assert_false(o[0].ended);
	assert_true(o[1].ended);
	assert_true(o[1].seconds < 25);
}

static void
environment_is_what_was_asked(void **state)
{
	char *world[] = { "PATH=/usr/bin:/bin", "A=1", "LD_LIBRARY_PATH=/x", "LDFLAGS=-lz", NULL };
	struct program program = shell("echo \"$A,$B,$LD_LIBRARY_PATH,$LDFLAGS\"", 9);

	(void)state;
	run.environ = world;
	strings_add(&run.arena, &program.set, "A");
	strings_add(&run.arena, &program.set, "B=2");
	assert_string_equal(outcome_of(program).out.data, ",2,,-lz\n");
	program.keep_ld = true;
	assert_string_equal(outcome_of(program).out.data, ",2,/x,-lz\n");
}

static void
no_descriptor_leaks_and_stdin_is_empty(void **state)
{
	int fd = dup(1);
	/* Nothing that has a descriptor of its own, as a pipe of the shell, may look. */
	struct outcome o = outcome_of(shell("cat; i=0; while [ $i -lt 64 ]; do [ -e /proc/$$/fd/$i ] && printf '%s ' $i; "
					    "i=$((i + 1)); done", 9));

	(void)state;
	close(fd);
	assert_string_equal(o.out.data, "0 1 2 ");
}

static void
interrupt_ends_children_then_us(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		struct program program = shell(str_format(&run.arena, "kill -INT %ld; sleep 30", (long)getpid()), 40);
		struct outcome o;

		signal(SIGINT, SIG_DFL);
		program_run(&run, &program, 1, &o);
		_exit(9);	/* not reached: the signal is delivered when program_run gives it free */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

/* How many processes say this word as their last argument; those that have ended have none. */
static int
count_of(const char *word)
{
	size_t length = strlen(word) + 1;
	struct strings all = { 0 };
	int n = 0;

	assert_true(world_list(&run, "/proc", &all));
	for (size_t i = 0; i < all.n; i++) {
		struct blob line = { 0 };

		if (world_read(&run, str_format(&run.arena, "/proc/%s/cmdline", all.item[i]), 4096, &line) &&
		    line.size > length && strcmp(line.data + line.size - length, word) == 0 &&
		    !line.data[line.size - length - 1])
			n++;
	}
	return n;
}

/* Whether so many are there soon. */
static bool
comes_to(const char *word, int wanted)
{
	for (int i = 0; i < 500; i++) {
		if (count_of(word) == wanted)
			return true;
		usleep(10 * 1000);
	}
	return false;
}

/* In its group, in a group of its own, in a session of its own, and with a parent that is gone. */
#define FAMILY "export n=%s; sleep $n & setsid sleep $n & setsid sh -c 'setsid sleep $n & sleep $n' & (sleep $n &) & "

static void
nothing_of_a_program_outlives_it(void **state)
{
	const char *word = str_format(&run.arena, "7%ld.25", (long)getpid());
	struct outcome o;

	(void)state;
	o = outcome_of(shell(str_format(&run.arena, FAMILY "sleep 0.3; exit 6", word), 20));
	assert_int_equal(o.status, 6);
	assert_int_equal(count_of(word), 0);
	o = outcome_of(shell(str_format(&run.arena, FAMILY "sleep 30", word), 1));
	assert_true(o.timed_out);
	assert_int_equal(count_of(word), 0);
}

static void
nothing_of_a_program_outlives_us(void **state)
{
	static const int numbers[] = { SIGKILL, SIGQUIT, SIGTERM, SIGHUP };
	const char *word = str_format(&run.arena, "7%ld.75", (long)getpid());

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		pid_t pid = fork();
		int status;

		if (pid == 0) {
			struct program programs[2] = { shell(str_format(&run.arena, FAMILY "sleep $n", word), 99),
						       shell(str_format(&run.arena, "sleep %s", word), 99) };
			struct outcome o[2];

			setpgid(0, 0);
			for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++)
				signal(numbers[k], SIG_DFL);
			program_run(&run, programs, 2, o);
			_exit(9);
		}
		setpgid(pid, pid);
		assert_true(comes_to(word, 7));
		assert_int_equal(kill(i ? pid : -pid, numbers[i]), 0);	/* the first with all of its group */
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == numbers[i]);
		assert_true(comes_to(word, 0));
	}
}

/* Who started us may have had SIGCHLD ignored, which exec hands on. */
static void
an_ignored_sigchld_loses_nothing(void **state)
{
	struct outcome o;

	(void)state;
	signal(SIGCHLD, SIG_IGN);
	o = outcome_of(shell("sleep 0.2; exit 4", 9));
	assert_ptr_equal(signal(SIGCHLD, SIG_DFL), SIG_IGN);
	assert_int_equal(o.status, 4);
	assert_true(o.seconds >= 0.2);
}

static void
no_descriptor_for_a_child_is_said(void **state)
{
	struct program program = shell("exit 0", 9);
	struct rlimit before, none;
	struct outcome o;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){ 3, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_false(program_run(&run, &program, 1, &o));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_string_equal(run.error, "cannot start /bin/sh: Too many open files");
}

static void
other_roots_are_refused(void **state)
{
	struct program program = shell("exit 0", 1);
	struct outcome o;

	(void)state;
	run.root = "/mnt";
	assert_false(program_run(&run, &program, 1, &o));
	assert_non_null(strstr(run.error, "/mnt"));
}

/* What a library might do: write, crash, hang, eat memory. */
static int
misbehave(struct run *in, void *context)
{
	const char *how = context;
	ssize_t ignored = write(1, how, strlen(how));

	(void)ignored;
	if (strcmp(how, "crash") == 0)
		raise(SIGSEGV);
	for (volatile int spin = strcmp(how, "hang") == 0; spin;)
		;
	while (strcmp(how, "eat") == 0)
		if (!memset(arena_alloc(&in->arena, 1 << 20), 1, 1 << 20))
			return 1;
	return 5;
}

static void
work_is_done_in_a_child(void **state)
{
	static const char *const how[] = { "well", "crash", "hang", "eat" };
	struct program programs[4];
	struct outcome o[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		programs[i] = (struct program){ .work = misbehave, .context = (void *)how[i], .seconds = i == 2 ? 1 : 60,
						.memory = 64 << 20 };
	run.root = "/mnt";
	assert_true(program_queue(&run, programs, 4, 2, NULL, NULL, o));
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(o[i].out.data, how[i]);
	assert_int_equal(o[0].status, 5);
	assert_int_equal(o[1].status, 128 + SIGSEGV);
	assert_true(o[2].timed_out);
	assert_int_equal(o[3].status, 125);
	assert_non_null(strstr(o[3].err.data, "out of memory"));
}

static void
count(struct run *in, size_t ended, void *context)
{
	size_t *calls = context;

	(void)in;
	assert_int_equal(ended, ++*calls);
}

static void
a_queue_runs_so_many_at_once(void **state)
{
	struct program programs[6];
	struct outcome o[6];
	double start = now();
	size_t calls = 0;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		programs[i] = shell("sleep 0.2; echo x", 60);
	assert_true(program_queue(&run, programs, 6, 2, count, &calls, o));
	assert_int_equal(calls, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(o[i].out.data, "x\n");
		assert_true(o[i].seconds < 0.8 * (now() - start));	/* its own time, not that of its waiting */
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(both_streams_and_status, fresh),
		cmocka_unit_test_setup(nothing_printed_is_empty_text, fresh),
		cmocka_unit_test_setup(missing_program_is_127, fresh),
		cmocka_unit_test_setup(time_limit_kills_the_group, fresh),
		cmocka_unit_test_setup(grandchild_on_the_pipe_does_not_hold_us, fresh),
		cmocka_unit_test_setup(closed_streams_do_not_end_a_child, fresh),
		cmocka_unit_test_setup(much_output_is_cut, fresh),
		cmocka_unit_test_setup(together_takes_as_long_as_the_longest, fresh),
		cmocka_unit_test_setup(a_decisive_failure_ends_the_others, fresh),
		cmocka_unit_test_setup(environment_is_what_was_asked, fresh),
		cmocka_unit_test_setup(no_descriptor_leaks_and_stdin_is_empty, fresh),
		cmocka_unit_test_setup(interrupt_ends_children_then_us, fresh),
		cmocka_unit_test_setup(nothing_of_a_program_outlives_it, fresh),
		cmocka_unit_test_setup(nothing_of_a_program_outlives_us, fresh),
		cmocka_unit_test_setup(an_ignored_sigchld_loses_nothing, fresh),
		cmocka_unit_test_setup(no_descriptor_for_a_child_is_said, fresh),
		cmocka_unit_test_setup(other_roots_are_refused, fresh),
		cmocka_unit_test_setup(work_is_done_in_a_child, fresh),
		cmocka_unit_test_setup(a_queue_runs_so_many_at_once, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
