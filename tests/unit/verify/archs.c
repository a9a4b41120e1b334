/* Which architectures are built, and what is said where nvcc or torch lacks one. */
#include "verify/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct run run;
static char *world[3];
static const char *torch_archs[] = { "sm_70", "sm_86", "sm_90", "sm_120", "compute_120" };
static const char *nvcc_archs[] = { "70", "80", "86", "90" };
static struct torch torch = { .archs = { torch_archs, 5 } };
static struct toolkit toolkit = { .version = { 2, { 12, 4 } } };
static struct wish wish;
static struct plan plan;
static struct findings findings;

static int
fresh(void **state)
{
	(void)state;
	world[0] = "PATH=/nonexistent";
	world[1] = NULL;
	run = (struct run){ .root = "", .environ = world, .cwd = "/" };
	wish = (struct wish){ 0 };
	plan = (struct plan){ .torch = &torch, .toolkit = &toolkit, .wish = &wish, .can = { nvcc_archs, 4 } };
	findings = (struct findings){ 0 };
	return 0;
}

static const char *
settled(const char *list)
{
	wish.archs = list;
	assert_true(archs_settle(&run, &plan, &findings));
	return strings_join(&run.arena, &plan.archs, " ");
}

static void
newest_common_without_a_gpu(void **state)
{
	(void)state;
	assert_string_equal(settled(NULL), "sm_90");
	assert_int_equal(findings.n, 1);
	assert_string_equal(findings.item[0].code, "CE502");
	assert_non_null(strstr(findings.item[0].what, "sm_120"));
	assert_false(findings_fail(&findings));
}

static void
lists_are_read_as_torch_reads_them(void **state)
{
	(void)state;
	assert_string_equal(settled("7.0;8.6+PTX"), "sm_70 sm_86 compute_86");
	plan.archs.n = 0;
	assert_string_equal(settled("sm_80, 90 compute_90"), "sm_80 sm_90 compute_90");
	plan.archs.n = 0;
	assert_string_equal(settled("9.0a"), "sm_90a");
	assert_false(plan.blocked);
}

static void
the_variable_counts_behind_the_option(void **state)
{
	(void)state;
	world[0] = "TORCH_CUDA_ARCH_LIST=8.0 8.6";
	assert_string_equal(settled(NULL), "sm_80 sm_86");
	plan.archs.n = 0;
	assert_string_equal(settled("9.0"), "sm_90");
}

/* What 2.5.1 says to each was measured; see archs_torch.c. */
static void
what_torch_refuses_is_a_no(void **state)
{
	static const char *supported[] = { "8.0", "8.6", "9.0", "9.0a" };
	static const struct { const char *list, *remedy; } rows[] = {
		{ "TORCH_CUDA_ARCH_LIST=8.0;8.6+PTX 9.0a", NULL },
		{ "TORCH_CUDA_ARCH_LIST=8.0,9.0", "export TORCH_CUDA_ARCH_LIST='8.0;9.0'" },
		{ "TORCH_CUDA_ARCH_LIST=8.0; 9.0", "export TORCH_CUDA_ARCH_LIST='8.0;9.0'" },
		{ "TORCH_CUDA_ARCH_LIST=8.0;", "export TORCH_CUDA_ARCH_LIST='8.0'" },
		{ "TORCH_CUDA_ARCH_LIST=86", "export TORCH_CUDA_ARCH_LIST='8.6'" },
		{ "TORCH_CUDA_ARCH_LIST=sm_90a", "export TORCH_CUDA_ARCH_LIST='9.0a'" },
		{ "TORCH_CUDA_ARCH_LIST=12.0", "unset TORCH_CUDA_ARCH_LIST" },
		{ "TORCH_CUDA_ARCH_LIST=native", "unset TORCH_CUDA_ARCH_LIST" },
	};

	(void)state;
	plan.recipe.archs = (struct strings){ supported, 4 };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		world[0] = (char *)rows[i].list;
		plan.archs.n = findings.n = 0;
		assert_true(archs_settle(&run, &plan, &findings));
		if (!rows[i].remedy) {
			assert_int_equal(findings.n && findings.item[0].severity == SEVERITY_FAIL, 0);
			continue;
		}
		assert_string_equal(findings.item[0].code, "CE504");
		assert_string_equal(findings.item[0].remedy, rows[i].remedy);
	}
}

static void
unknown_to_nvcc_is_a_no(void **state)
{
	(void)state;
	settled("12.0");
	assert_true(plan.blocked);
	assert_string_equal(findings.item[0].code, "CE501");
	assert_string_equal(findings.item[0].remedy, "cuenv verify --toolkit 12.4 --arch 90");
}

static void
nonsense_is_refused(void **state)
{
	static const char *const rows[] = { "foo", "8.6+PT", "", ";;", "8", "sm_", "8.6;x", "123456789" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fresh(state);
		wish.archs = rows[i];
		assert_false(archs_settle(&run, &plan, &findings));
		assert_non_null(run.error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(newest_common_without_a_gpu, fresh),
		cmocka_unit_test_setup(lists_are_read_as_torch_reads_them, fresh),
		cmocka_unit_test_setup(the_variable_counts_behind_the_option, fresh),
		cmocka_unit_test_setup(what_torch_refuses_is_a_no, fresh),
		cmocka_unit_test_setup(unknown_to_nvcc_is_a_no, fresh),
		cmocka_unit_test_setup(nonsense_is_refused, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
