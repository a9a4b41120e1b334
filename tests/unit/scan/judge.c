/* Which of clang's words count, and where: device code, templates, others' headers, headers that are nowhere. */
#include "scan/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct run run = { .root = "", .cwd = "/" };
static const struct scan_flags flags = { .cuda = true, .std = 14 };
static const struct context context = { .flags = &flags };
static struct toolkit toolkit = { .version = { 2, { 12, 4 } } };
static struct torch torch = { .dir = "/t/torch", .version = "2.5.1" };
static const struct machine machine = { .toolkit = &toolkit, .torch = &torch };
static const struct scan_plan plan = { .machine = &machine, .from = "compile_commands.json" };

static struct scan_hits
judged(unsigned place, const char *text, const char *from)
{
	struct reading reading = { 0 };
	struct scan_hits hits = { 0 };

	*list_add(&run.arena, &reading.said) = (struct said){ place, "/p/a.cu", 3, 4, text, from, "" };
	judge_reading(&run, &plan, &context, &reading, &hits);
	return hits;
}

static void
check(unsigned place, const char *text, bool sure, const char *code)
{
	struct scan_hits hits = judged(place, text, "");

	if (!hits.n)
		fail_msg("nothing: %s", text);
	if (hits.item[0].sure != sure || strcmp(hits.item[0].code, code) != 0)
		fail_msg("%s %s: %s (%s)", hits.item[0].sure ? "sure" : "doubt", hits.item[0].code, text, hits.item[0].cause);
}

static void
names(void **state)
{
	static const char unknown[] = "use of undeclared identifier 'x'";

	(void)state;
	check(0, unknown, true, "CE311");
	check(PLACE_TEMPLATE, unknown, true, "CE311");
	check(PLACE_BOTH, unknown, true, "CE311");
	check(PLACE_DEVICE, unknown, false, "CE311");		/* nvcc may have what clang has not */
	check(PLACE_DEVICE, "use of undeclared identifier 'cudaThreadSynchronize'", false, "CE311");
	check(0, "no template named 'texture'", true, "CE311");
	assert_string_equal(judged(0, "no template named 'texture'", "").item[0].cause, "texture left CUDA in 12.0");
	check(PLACE_DEVICE, "no template named 'texture'", true, "CE311");
	assert_string_equal(judged(0, "no member named 'f' in namespace 'at::cuda'", "").item[0].cause, "at::cuda::f is not there");
}

static void
calls(void **state)
{
	static const char call[] = "no matching function for call to 'f'";

	(void)state;
	check(0, call, true, "CE312");
	check(PLACE_DEVICE, call, false, "CE312");
	check(PLACE_BOTH, call, false, "CE312");
	check(PLACE_TEMPLATE, call, false, "CE312");
	check(PLACE_MACRO, "no viable conversion from 'const DeprecatedTypeProperties' to 'ScalarType'", true, "CE312");
	check(0, "cannot initialize a parameter of type 'D' (aka 'signed char') with an lvalue of type 'const char[7]'", true, "CE312");
	assert_string_equal(judged(0, call, "/t/torch/include/x.h").item[0].cause, "torch's f does not take these arguments");
	check(PLACE_DEVICE, "invalid operands to binary expression ('__half' and '__half')", true, "CE312");
	check(PLACE_DEVICE, "invalid operands to binary expression ('c10::Half' and 'int')", false, "CE312");
}

static void
what_no_row_knows_is_a_doubt(void **state)
{
	(void)state;
	check(0, "a thing that only clang says", false, "CE315");
	assert_int_equal(judged(0, "CUDA device code does not support variadic functions", "").n, 0);
	assert_int_equal(judged(PLACE_FOREIGN, "use of undeclared identifier 'x'", "/t/torch/x.h").n, 0);
}

/* Where clang had trouble with a header of torch's, names may be missing for that. */
static void
trouble_makes_names_doubtful(void **state)
{
	struct reading reading = { 0 };
	struct scan_hits hits = { 0 };

	(void)state;
	*list_add(&run.arena, &reading.said) = (struct said){ PLACE_FOREIGN, "/p/a.cu", 1, 1, "expected ';'", "/t/torch/x.h", "" };
	*list_add(&run.arena, &reading.said) = (struct said){ 0, "/p/a.cu", 2, 1, "use of undeclared identifier 'x'", "", "" };
	*list_add(&run.arena, &reading.said) = (struct said){ 0, "/p/a.cu", 3, 1, "no template named 'texture'", "", "" };
	judge_reading(&run, &plan, &context, &reading, &hits);
	assert_int_equal(hits.n, 2);
	assert_false(hits.item[0].sure);
	assert_true(hits.item[1].sure);
	reading.said.item[0].from = "/usr/lib/llvm-14/lib/clang/14.0.6/include/__clang_cuda_texture_intrinsics.h";
	hits = (struct scan_hits){ 0 };
	judge_reading(&run, &plan, &context, &reading, &hits);
	assert_true(hits.item[0].sure);
}

static void
headers(void **state)
{
	struct scan_hits hits = judged(0, "'THC/THC.h' file not found", "");

	(void)state;
	assert_string_equal(hits.item[0].code, "CE310");
	assert_true(hits.item[0].sure);
	assert_string_equal(hits.item[0].cause, "THC/THC.h left torch in 1.11");
	check(0, "'own/absent.h' file not found", true, "CE314");
	check(0, "'stdlib.h' file not found", false, "CE314");		/* clang does not find it, but it is there */
	check(PLACE_FOREIGN, "'nowhere/x.h' file not found", true, "CE314");
}

static void
demands(void **state)
{
	struct scan_hits hits = judged(PLACE_FOREIGN, "#error C++17 or later compatible compiler is required to use ATen.",
				       "/t/torch/include/ATen/ATen.h");

	(void)state;
	assert_true(hits.item[0].sure);
	assert_string_equal(hits.item[0].code, "CE305");
	assert_string_equal(hits.item[0].cause, "torch 2.5.1 demands C++17, and the build gives -std=c++14");
	check(0, "#error \"not for this machine\"", true, "CE313");
}

/* What follows from a header that is nowhere is not told. */
static void
only_the_root_counts(void **state)
{
	struct reading reading = { 0 };
	struct scan_hits hits = { 0 };

	(void)state;
	*list_add(&run.arena, &reading.said) = (struct said){ 0, "/p/a.cu", 1, 1, "'own/absent.h' file not found", "", "" };
	*list_add(&run.arena, &reading.said) = (struct said){ 0, "/p/a.cu", 2, 1, "use of undeclared identifier 'x'", "", "" };
	judge_reading(&run, &plan, &context, &reading, &hits);
	assert_int_equal(hits.n, 1);
	assert_string_equal(hits.item[0].code, "CE314");
}

static void
records_end_as_they_should(void **state)
{
	static const char *const own[] = { "/p/a\tb\n.h" }, *const said[] = { "2", "/p/a.cu", "7", "8", "words", "", "note" };
	struct reading reading = { 0 }, cut = { 0 };
	struct blob text = { 0 };

	(void)state;
	record_add(&run, &text, "own", own, 1);
	record_add(&run, &text, "said", said, 7);
	assert_false(record_read(&run, &text, &cut));
	record_add(&run, &text, "end", NULL, 0);
	assert_true(record_read(&run, &text, &reading));
	assert_string_equal(reading.own.item[0], own[0]);
	assert_int_equal(reading.said.item[0].place, PLACE_DEVICE);
	assert_int_equal(reading.said.item[0].line, 7);
	assert_string_equal(reading.said.item[0].note, "note");
	for (size_t n = 0; n < text.size; n++) {
		struct blob part = { malloc(n + 1), n };	/* its end is watched by the sanitizers */

		memcpy(part.data, text.data, n);
		assert_false(record_read(&run, &part, &cut));
		free(part.data);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(calls),
		cmocka_unit_test(what_no_row_knows_is_a_doubt),
		cmocka_unit_test(trouble_makes_names_doubtful),
		cmocka_unit_test(headers),
		cmocka_unit_test(demands),
		cmocka_unit_test(only_the_root_counts),
		cmocka_unit_test(records_end_as_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
