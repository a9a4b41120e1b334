#define _GNU_SOURCE
#include "inspect/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static struct run run;
static char folder[] = "/tmp/cuenv-python-XXXXXX";
static char *environment[] = { "PATH=/usr/bin", "HOME=/home/u", NULL };

static void
put(const char *path, const char *text, size_t size)
{
	const char *name = str_format(&run.arena, "%s%s", folder, path);
	FILE *file;

	for (char *slash = strchr((char *)name + strlen(folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(name, 0755);
		*slash = '/';
	}
	file = fopen(name, "w");
	assert_non_null(file);
	fwrite(text, 1, size, file);
	fclose(file);
	assert_int_equal(chmod(name, 0755), 0);
}

static void
look(const char *word, bool found, struct python *python)
{
	run.python = word;
	run.error = NULL;
	assert_true(inspect_python(&run, python) == found);
	assert_true(found == !run.error);
}

static void
reads_settings(void **state)
{
	static const struct { const char *text, *base; const char *version; bool system_site; } cases[] = {
		{ "home = /usr/bin\nversion = 3.11.2\ninclude-system-site-packages = false\n", "/usr", "3.11.2", false },
		{ "HOME=/usr/bin\n", "/v", "3.11", true },
		{ "home=/usr/bin\r\nversion_info = 3.11.4.final.0\r\n", "/usr", "3.11.4", true },
		{ "home = /usr/bin/\nversion = 3.9.1\nInclude-System-Site-Packages = TRUE", "/usr", "3.11", true },
		{ "home = relative\n", "/v", "3.11", true },
		{ "home\n= /usr/bin\n", "/v", "3.11", true },
		{ "", "/v", "3.11", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct python python;

		put("/v/pyvenv.cfg", cases[i].text, strlen(cases[i].text));
		look("/v", true, &python);
		assert_string_equal(python.prefix, "/v");
		assert_string_equal(python.base_prefix, cases[i].base);
		assert_string_equal(version_text(&run.arena, &python.version, 0), cases[i].version);
		assert_string_equal(python.tag, "cp311");
		assert_true(strings_has(&python.site_dirs, "/usr/lib/python3.11/site-packages") ==
			    (cases[i].system_site && cases[i].base[1] == 'u'));
	}
}

/* Any bytes in pyvenv.cfg, a .pth file or a shim: an answer, no crash. */
static void
reads_anything(void **state)
{
	static const char good[] = "home = /usr/bin\nversion = 3.11.2\n/usr/../extra\nexport PYENV_ROOT=\"/p\"\npyenv\" exec \n";

	(void)state;
	srand(1);
	for (int i = 0; i < 1000; i++) {
		static const char *const files[] = { "/v/pyvenv.cfg", "/usr/lib/python3.11/site-packages/x.pth", "/usr/bin/shim" };
		char text[sizeof(good)] = "#!";
		struct python python;
		size_t skip = i % 3 == 2 ? 2 : 0;

		memcpy(text + skip, good, sizeof(good) - skip);
		for (int n = rand() % 8; n > 0; n--)
			text[(size_t)rand() % sizeof(text)] = (char)(rand() % 4 ? "/.=\"\n\r #"[rand() % 8] : rand());
		put(files[i % 3], text, (size_t)rand() % sizeof(text));
		look("/v", true, &python);
		run.python = "shim";
		inspect_python(&run, &python);
	}
}

static void
refuses(void **state)
{
	static const char *const words[] = { "", "nothing", "/", "/nothing", "/v/pyvenv.cfg", "ls", "/usr/lib", "~/x", "../..", "." };
	struct python python;

	(void)state;
	put("/usr/bin/ls", "\x7f" "ELF", 4);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		look(words[i], false, &python);
		assert_non_null(run.error);
	}
}

static int
make_root(void **state)
{
	(void)state;
	run.root = mkdtemp(folder);
	run.cwd = "/";
	run.environ = environment;
	put("/usr/bin/python3.11", "\x7f" "ELF", 4);
	put("/usr/lib/python3.11/os.py", "", 0);
	put("/usr/lib/python3.11/site-packages/x.pth", "", 0);
	put("/v/bin/python3.11", "\x7f" "ELF", 4);
	put("/v/lib/python3.11/os.py", "", 0);
	return symlink("python3.11", str_format(&run.arena, "%s/v/bin/python", folder));
}

static int
remove_root(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -rf %s", folder));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_settings), cmocka_unit_test(refuses), cmocka_unit_test(reads_anything),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
