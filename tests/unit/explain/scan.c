/* From a log's text to hits: patterns, contexts, colours, echoes, order. */
#include "explain/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static struct run run;
static struct reading reading;

static const struct hit *
first(const char *text)
{
	memset(&reading, 0, sizeof(reading));
	explain_text(&run, text, strlen(text), &reading);
	return explain_first(&reading);
}

static const char *
code(const char *text)
{
	const struct hit *hit = first(text);

	return hit ? hit->cause->code : "none";
}

static const char *
what(const char *text)
{
	const struct hit *hit = first(text);

	return hit ? explain_filled(&run, hit, hit->cause->what, NULL, NULL) : "none";
}

static void
words_are_taken_from_the_line(void **state)
{
	(void)state;
	assert_string_equal(what("RuntimeError: \nThe detected CUDA version (11.8) mismatches the version that was used to compile\n"
				 "PyTorch (12.4). Please make sure"), "the build took CUDA 11.8, and torch was built with 12.4");
	assert_string_equal(what("RuntimeError: ('The detected CUDA version (%s) mismatches the version that was used to compile"
				 "PyTorch (%s). Please make sure to use the same CUDA versions.', '12.4', '13.0')"),
			    "the build took CUDA 12.4, and torch was built with 13.0");
	assert_string_equal(code("The detected CUDA version (12.1) mismatches the version that was used to compile\nPyTorch (12.4)."),
			    "CE302");
	assert_string_equal(what("/usr/bin/ld: cannot find -lcublasLt: No such file or directory"),
			    "the linker found no libcublasLt.so");
	assert_string_equal(code("ld: cannot find -lcuda"), "CE116");
	assert_string_equal(code("ld: cannot find -lcudart"), "CE107");
	assert_string_equal(code("ld: cannot find -lboost_system"), "CE490");
}

static void
the_first_cause_is_before_its_followers(void **state)
{
	const struct hit *hit = first("[1/3] nvcc -c a.cu\nFAILED: a.o\na.cu:1:10: fatal error: cusparse.h: No such file or directory\n"
				      "FAILED: b.o\nb.cu:1:10: fatal error: cublas_v2.h: No such file or directory\n"
				      "c.cu:1:10: fatal error: cusparse.h: No such file or directory\n"
				      "ninja: build stopped: subcommand failed.\nModuleNotFoundError: No module named 'mmcv._ext'\n");

	(void)state;
	assert_non_null(hit);
	assert_int_equal(hit->line, 3);
	assert_int_equal(hit->count, 2);
	assert_string_equal(hit->captures.item[0].text, "cusparse.h");
	assert_true(reading.failed);
	assert_int_equal(reading.lines, 8);
	assert_string_equal(code("ModuleNotFoundError: No module named 'mmcv._ext'"), "CE804");
}

static void
colours_and_carriage_returns_do_not_hide_it(void **state)
{
	(void)state;
	assert_string_equal(code("\033[01m\033[Kx.cpp:1:10:\033[m\033[K \033[01;31m\033[Kfatal error: \033[m\033[KPython.h: No such file"), "CE304");
	assert_string_equal(code("\033]8;;https://x/\a error: \033]8;;\acannot find \033(B-lcudart"), "CE107");
	assert_int_equal(first(" 10%|#\r 20%|##\rld: cannot find -lcudart\r\nx\r\n")->line, 1);
	assert_string_equal(first(" 10%|#\r 20%|##\rld: cannot find -lcudart\r\n")->text, "ld: cannot find -lcudart");
	assert_string_equal(code("\033[\033]\033"), "none");
}

static void
echoes_are_no_messages(void **state)
{
	(void)state;
	assert_string_equal(code("    raise OSError('CUDA_HOME environment variable is not set. '"), "none");
	assert_string_equal(code("  132 | #error -- unsupported GNU version! gcc versions later than 11 are not supported!"), "none");
	assert_int_equal(first("    raise OSError('CUDA_HOME environment variable is not set. '\n"
			       "OSError: CUDA_HOME environment variable is not set. Please")->line, 2);
}

static void
contexts_decide(void **state)
{
	(void)state;
	assert_string_equal(code("ModuleNotFoundError: No module named 'torch'"), "none");
	assert_string_equal(code("ModuleNotFoundError: No module named 'torch'\n in /tmp/pip-build-env-x/overlay"), "CE803");
	assert_string_equal(code("  Getting requirements to build wheel: error\nModuleNotFoundError: No module named 'torch'"), "CE803");
	assert_string_equal(code("ModuleNotFoundError: No module named 'torchvision'\npip-build-env"), "none");
}

static void
what_is_harmless_is_no_cause(void **state)
{
	static const char *const texts[] = {
		"UserWarning: There are no g++ version bounds defined for CUDA version 12.4",
		"UserWarning: The detected CUDA version (12.2) has a minor version mismatch with the version that was used to compile",
		"x.cpp:3: warning: unused variable 'killed' [-Wunused]",
		"-- Could NOT find CUDA (missing: CUDA_TOOLKIT_ROOT_DIR)\n[100%] Built target x",
		"g++ -DNAME='\"error: none\"' -c error.cpp -o error.o",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (first(texts[i]))
			fail_msg("%s is said to be %s", texts[i], first(texts[i])->cause->code);
}

static void
every_row_can_be_asked_for(void **state)
{
	(void)state;
	for (int i = 0; causes[i].pattern; i++) {
		assert_true(causes[i].pattern[0] && causes[i].pattern[0] != '{');
		if (!causes[i].code)
			continue;
		assert_null(strchr(explain_filled(&run, &(struct hit){ .cause = &causes[i] }, causes[i].what, NULL, NULL), '}'));
		assert_null(strchr(explain_filled(&run, &(struct hit){ .cause = &causes[i] }, causes[i].remedy, NULL, NULL), '}'));
	}
}

static void
more_causes_than_there_is_room_for(void **state)
{
	const char *text = "ld: cannot find -lcudart\n";

	(void)state;
	for (int i = 0; i < 200; i++)
		text = str_format(&run.arena, "%sx.so: undefined symbol: f%d\n", text, i);
	assert_string_equal(code(text), "CE107");
	assert_true(reading.more);
	assert_int_equal(reading.n, HITS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_taken_from_the_line),
		cmocka_unit_test(the_first_cause_is_before_its_followers),
		cmocka_unit_test(colours_and_carriage_returns_do_not_hide_it),
		cmocka_unit_test(echoes_are_no_messages),
		cmocka_unit_test(contexts_decide),
		cmocka_unit_test(what_is_harmless_is_no_cause),
		cmocka_unit_test(every_row_can_be_asked_for),
		cmocka_unit_test(more_causes_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
