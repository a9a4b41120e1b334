/* Names of user and machine go, words that only hold them stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "cli/redact.h"

static char *variables[] = { "HOME=/home/ada", "USER=ada", "HOSTNAME=frog", NULL };
static struct run run = { .root = "/nonexistent", .cwd = "/", .environ = variables };

static void
names(void **state)
{
	(void)state;
	assert_string_equal(redact(&run, "/home/ada/venv/bin/python"), "~/venv/bin/python");
	assert_string_equal(redact(&run, "/home/ada: x, /home/adam/y, /home/bob"), "~: x, /home/USER/y, /home/USER");
	assert_string_equal(redact(&run, "RTX 4000 Ada, ada, sm_89; /data/ada/x"), "RTX 4000 Ada, USER, sm_89; /data/USER/x");
	assert_string_equal(redact(&run, "torch_adaptive frogs frog frog.example"), "torch_adaptive frogs HOST HOST.example");
	assert_string_equal(redact(&run, ""), "");
	assert_string_equal(redact(&run, "\"/home/ada/x\", \"frog\""), "\"~/x\", \"HOST\"");
}

static void
nobody(void **state)
{
	static char *root[] = { "HOME=/root", "USER=root", NULL };

	(void)state;
	run.environ = root;
	assert_string_equal(redact(&run, "/root/x, /opt/rh/gcc/root/usr"), "~/x, /opt/rh/gcc/root/usr");
	run.environ = root + 2;
	assert_string_equal(redact(&run, "/home/ada/x"), "/home/USER/x");
	run.environ = variables;
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names), cmocka_unit_test(nobody) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
