#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "emit/emit.h"

static char *environment[] = { "PATH=/usr/bin:/bin", "KEPT=/old", "_OLD_VIRTUAL_PATH=/usr/bin:/bin", NULL };
static struct run run = { .root = "", .cwd = "/", .environ = environment };

static const char *
render(const char *format, const struct change *changes, size_t n)
{
	struct changes list = { (struct change *)changes, n };
	const char *text = NULL;

	run.error = NULL;
	return emitter_find(format)->render(&run, &list, &text) ? text : run.error;
}

/* One of each kind; what each format says of them. */
static void
each_has_its_text(void **state)
{
	static const struct change changes[] = {
		{ CHANGE_PREPEND, "PATH", "/o k/bin" }, { CHANGE_PREPEND, "LD_LIBRARY_PATH", "/o k/lib" },
		{ CHANGE_SET, "CUDA_HOME", "/o k" }, { CHANGE_UNSET, "CC", NULL },
	};
	static const char *const texts[][2] = {
		{ "sh", "export PATH='/o k/bin'\"${PATH:+:$PATH}\"\nexport LD_LIBRARY_PATH='/o k/lib'\"${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"\n"
			"export CUDA_HOME='/o k'\nunset CC\n" },
		{ "fish", "set -gx PATH '/o k/bin' $PATH\nset -gx LD_LIBRARY_PATH '/o k/lib' $LD_LIBRARY_PATH\nset -gx CUDA_HOME '/o k'\nset -e CC\n" },
		{ "csh", "setenv PATH '/o k/bin':\"$PATH\";\nsetenv LD_LIBRARY_PATH '/o k/lib';\nsetenv CUDA_HOME '/o k';\nunsetenv CC;\n" },
		{ "elvish", "set-env PATH '/o k/bin':$E:PATH\nset-env LD_LIBRARY_PATH '/o k/lib'\nset-env CUDA_HOME '/o k'\nunset-env CC\n" },
		{ "xonsh", "$PATH = '/o k/bin:/usr/bin:/bin'\n$LD_LIBRARY_PATH = '/o k/lib'\n$CUDA_HOME = '/o k'\n${...}.pop('CC', None)\n" },
		{ "powershell", "$env:PATH = '/o k/bin' + [IO.Path]::PathSeparator + $env:PATH\n$env:LD_LIBRARY_PATH = '/o k/lib'\n"
				"$env:CUDA_HOME = '/o k'\nRemove-Item -ErrorAction SilentlyContinue -LiteralPath Env:CC\n" },
		{ "cmd", "set \"PATH=/o k/bin;%PATH%\"\nset \"LD_LIBRARY_PATH=/o k/lib\"\nset \"CUDA_HOME=/o k\"\nset \"CC=\"\n" },
		{ "json", "{\n  \"environment\": {\n    \"PATH\": \"/o k/bin:/usr/bin:/bin\",\n"
			  "    \"LD_LIBRARY_PATH\": \"/o k/lib\",\n    \"CUDA_HOME\": \"/o k\",\n    \"CC\": null\n  }\n}\n" },
		{ "direnv", "export PATH='/o k/bin'\"${PATH:+:$PATH}\"\nexport LD_LIBRARY_PATH='/o k/lib'\"${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"\n"
			    "export CUDA_HOME='/o k'\nunset CC\n" },
		{ "modulefile", "#%Module1.0\n"
		  "set set [expr {[info exists env(LMOD_VERSION)] ? \"setenv\" : \"pushenv\"}]\n"
		  "prepend-path PATH /o\\ k/bin\nprepend-path LD_LIBRARY_PATH /o\\ k/lib\n$set CUDA_HOME /o\\ k\nunsetenv CC\n" },
		{ "lua", "prepend_path(\"PATH\", \"/o k/bin\")\nprepend_path(\"LD_LIBRARY_PATH\", \"/o k/lib\")\npushenv(\"CUDA_HOME\", \"/o k\")\nunsetenv(\"CC\")\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_string_equal(render(texts[i][0], changes, 4), texts[i][1]);
	assert_string_equal(render("dotenv", changes, 3), "PATH='/o k/bin:/usr/bin:/bin'\nLD_LIBRARY_PATH='/o k/lib'\nCUDA_HOME='/o k'\n");
	assert_non_null(strstr(render("dotenv", changes, 4), "cannot unset CC"));
}

static void
github_has_a_word_of_its_own(void **state)
{
	static const struct change change = { CHANGE_SET, "CUDA_HOME", "/a<<EOF" };
	const char *one, *two, *word;

	(void)state;
	one = render("github", &change, 1);
	two = render("github", &change, 1);
	assert_true(str_starts(one, "CUDA_HOME<<cuenv_"));
	assert_string_not_equal(one, two);
	word = str_copy(&run.arena, one + 11, strlen("cuenv_") + 32);
	assert_string_equal(one, str_format(&run.arena, "CUDA_HOME<<%s\n/a<<EOF\n%s\n", word, word));
}

/* A list where elements are taken out is said whole, in what is evaluated here. */
static void
lists_are_rewritten_where_elements_go(void **state)
{
	static const struct change changes[] = {
		{ CHANGE_REMOVE, "PATH", "/usr/bin" }, { CHANGE_PREPEND, "PATH", "/b" }, { CHANGE_REMOVE, "KEPT", "/old" },
		{ CHANGE_REMOVE, "_OLD_VIRTUAL_PATH", "/usr/bin" }, { CHANGE_SET, "_cuenv_left", "/old" },
	};

	(void)state;
	assert_string_equal(render("fish", changes, 5),
			    "set -gx PATH '/b:/bin'\nset -e KEPT\nset -gx _OLD_VIRTUAL_PATH '/bin'\nset -g _cuenv_left '/old'\n");
	assert_string_equal(render("sh", changes, 5),
			    "export PATH='/b:/bin'\nunset KEPT\n_OLD_VIRTUAL_PATH='/bin'\n_cuenv_left='/old'\n");
	assert_non_null(strstr(render("csh", changes, 5), "\nset _OLD_VIRTUAL_PATH = '/bin';\nset _cuenv_left = '/old';\n"));
	assert_null(strstr(render("powershell", changes, 5), "_cuenv_left"));
}

static void
control_bytes_are_refused(void **state)
{
	static const char *const values[] = { "a\nb", "\t", "\x1b[0m", "\x7f", "\r" };

	(void)state;
	for (int f = 0; f < emitter_count; f++)
		for (size_t i = 0; i < 5; i++) {
			struct change change = { CHANGE_SET, "CUDA_HOME", values[i] };

			assert_non_null(strstr(render(emitters[f]->name, &change, 1), "would hold a control character"));
		}
	/* what is to be given back is no folder of ours */
	struct change saved = { CHANGE_SET, "CUENV_CUDA_HOME_SAVED", "2 /n=/a\nb" };

	assert_non_null(strstr(render("sh", &saved, 1), "; type first: unset CUDA_HOME"));
}

/* What one PowerShell word between single quotes means; NULL when it is none. Strict, and not PowerShell. */
static const char *
powershell_word(const char *text)
{
	static char out[256];
	size_t n = 0, length = strlen(text);

	if (length < 2 || *text != '\'' || text[length - 1] != '\'')
		return NULL;
	for (size_t i = 1; i < length - 1; i++) {
		bool wide = strncmp(text + i, "\xe2\x80", 2) == 0 && (unsigned char)text[i + 2] >= 0x98 && (unsigned char)text[i + 2] <= 0x9b;
		size_t size = wide ? 3 : 1;

		if (wide || text[i] == '\'') {
			if (i + 2 * size > length - 1 || strncmp(text + i, text + i + size, size) != 0)
				return NULL;
			i += size;
		}
		memcpy(out + n, text + i, size);
		n += size;
		i += size - 1;
	}
	out[n] = '\0';
	return out;
}

/* What set "NAME=…" of a batch file gives; NULL when a % or a quote could be read as more. */
static const char *
cmd_word(const char *text)
{
	static char out[256];
	size_t n = 0;

	for (; *text; text++) {
		if (*text == '"' || *text == '!' || (*text == '%' && *++text != '%'))
			return NULL;
		out[n++] = *text;
	}
	out[n] = '\0';
	return out;
}

static void
windows_texts_parse_strictly(void **state)
{
	static const char *const values[] = { "it's", "'; rm x; '", "$(x)", "`x`", "a\xe2\x80\x99;b", "\xe2\x80\x98\xe2\x80\x9b", "%PATH%", "100%", "a&b|c",
					      "^x", "a b", "''", "\\", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct change change = { CHANGE_SET, "X", values[i] };
		const char *text = render("powershell", &change, 1);

		assert_true(str_starts(text, "$env:X = "));
		assert_string_equal(powershell_word(str_copy(&run.arena, text + 9, strlen(text) - 10)), values[i]);
		text = render("cmd", &change, 1);
		assert_true(str_starts(text, "set \"X="));
		assert_string_equal(cmd_word(str_copy(&run.arena, text + 7, strlen(text) - 9)), values[i]);
	}
	assert_non_null(strstr(render("cmd", &(struct change){ CHANGE_SET, "X", "a\"b" }, 1), "has no way to write"));
	assert_non_null(strstr(render("cmd", &(struct change){ CHANGE_SET, "X", "a!b" }, 1), "has no way to write"));
}

static void
other_quotes(void **state)
{
	struct change change = { CHANGE_SET, "X", "a\"b\\c'd[$e" };

	(void)state;
	assert_string_equal(render("lua", &change, 1), "pushenv(\"X\", \"a\\\"b\\\\c'd[$e\")\n");
	assert_non_null(strstr(render("modulefile", &change, 1), "has no way to write"));
	change.value = "\xc3\xa9";	/* Lmod makes two letters of it */
	assert_non_null(strstr(render("modulefile", &change, 1), "has no way to write"));
	change.value = "a\"b'd[$e;#{}";
	assert_true(str_ends(render("modulefile", &change, 1), "\n$set X a\\\"b\\'d\\[\\$e\\;\\#\\{\\}\n"));
	change.value = "${HOME}";
	assert_non_null(strstr(render("dotenv", &change, 1), "has no way to write"));
	change.value = "\xff";
	assert_non_null(strstr(render("json", &change, 1), "not UTF-8"));
	assert_null(emitter_find("nu"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_text), cmocka_unit_test(github_has_a_word_of_its_own),
		cmocka_unit_test(lists_are_rewritten_where_elements_go), cmocka_unit_test(control_bytes_are_refused),
		cmocka_unit_test(windows_texts_parse_strictly), cmocka_unit_test(other_quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
