#define _GNU_SOURCE
#include "root.h"

static char *nothing[] = { NULL };
static const char *list[] = { "sm_37", "sm_80", "sm_90", "compute_90" };
static struct torch torch = { .version = "2.0.1", .archs = { list, 4 } };
static struct gpu gpus[] = { { "NVIDIA GeForce RTX 3060", "86", "" }, { "NVIDIA H200", "90", "" }, { "NVIDIA Unheard of", NULL, "" } };
static struct machine machine = { .torch = &torch };
static struct toolkit toolkit = { .root = "/cuda", .version = { 2, { 11, 8 } } };

static const char *
archs(const char *asked)
{
	struct build_plan plan = { 0 };

	build_archs(&run, &machine, &toolkit, asked, &plan);
	return plan.archs;
}

static const char *
read_list(const char *text)
{
	const char *out = NULL;

	run.error = NULL;
	return build_archs_read(&run, text, "--arch", &out) ? out : NULL;
}

static void
lists(void **state)
{
	(void)state;
	new_root(nothing);
	assert_string_equal(read_list("86"), "8.6");
	assert_string_equal(read_list("sm_80, 9.0+PTX;compute_120"), "8.0;9.0+PTX;12.0");
	assert_string_equal(read_list("90a"), "9.0a");
	assert_null(read_list(""));
	assert_null(read_list(";"));
	assert_null(read_list("8.6;$(x)"));
	assert_null(read_list("Ampere"));
	assert_string_equal(run.error, "--arch: 'Ampere' is no architecture; write 8.6, sm_86 or 8.6+PTX");
	remove_root();
}

static void
who_decides(void **state)
{
	static char *variables[] = { "TORCH_CUDA_ARCH_LIST=Ampere", NULL };

	(void)state;
	new_root(nothing);
	assert_string_equal(archs(NULL), "3.7;8.0;9.0+PTX");
	assert_string_equal(archs("8.6"), "8.6");
	machine.gpus = (struct gpus){ gpus, 1 };
	assert_string_equal(archs(NULL), "8.6");
	machine.gpus.n = 2;
	assert_string_equal(archs(NULL), "8.6;9.0");
	assert_string_equal(archs("7.5"), "7.5");
	machine.gpus.n = 3;
	assert_string_equal(archs(NULL), "3.7;8.0;9.0+PTX");
	run.environ = variables;
	assert_null(archs(NULL));
	remove_root();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(who_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
