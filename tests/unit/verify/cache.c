/* A verdict is remembered while all that it rests on is the same, and never from a damaged file. */
#define _GNU_SOURCE
#include "verify/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/world.h"

static struct run run;
static char folder[] = "/tmp/cuenv-test.XXXXXX", cache[64];
static char *world[] = { cache, NULL, NULL };
static struct toolkit toolkit;
static struct torch torch;
static struct python python = { .executable = "/usr/bin/python3" };
static struct wish wish;
static struct plan plan;

static const char *
file(const char *name)
{
	return path_join(&run.arena, folder, name);
}

static int
fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/cuenv-test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(cache, sizeof(cache), "XDG_CACHE_HOME=%s/cache", folder);
	world[1] = NULL;
	run = (struct run){ .root = "", .environ = world, .cwd = "/" };
	toolkit = (struct toolkit){ .root = folder, .nvcc = file("nvcc") };
	torch = (struct torch){ .dir = folder, .lib_dir = file("lib"), .version = "2.5.1" };
	wish = (struct wish){ .toolkit = &toolkit };
	plan = (struct plan){ .toolkit = &toolkit, .torch = &torch, .python = &python, .wish = &wish };
	strings_add(&run.arena, &plan.rests_on, file("nvcc"));
	assert_true(world_write(&run, file("nvcc"), "x", 1));
	return 0;
}

static int
gone(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void
keep(enum answer answer)
{
	struct verdict verdict = { .answer = answer, .headline = "no: a\ttab and a\nline" };
	struct finding *finding;

	fact_add(&run, &verdict.facts, "CUDA", "12.4");
	finding = finding_add(&run, &verdict.findings, "CE301", SEVERITY_FAIL, "what", NULL);
	strings_add(&run.arena, &finding->evidence, "one");
	strings_add(&run.arena, &finding->evidence, "two");
	cache_keep(&run, &plan, &verdict);
}

/* The cache's only file. */
static const char *
entry(void)
{
	struct strings names = { 0 };

	assert_true(world_list(&run, file("cache/cuenv/verify"), &names));
	assert_int_equal(names.n, 1);
	return file(str_format(&run.arena, "cache/cuenv/verify/%s", names.item[0]));
}

static void
comes_back_whole(void **state)
{
	struct verdict v = { 0 };

	(void)state;
	keep(ANSWER_NO);
	assert_true(cache_find(&run, &plan, &v));
	assert_true(v.remembered && v.answer == ANSWER_NO);
	assert_string_equal(v.headline, "no: a tab and a line");
	assert_string_equal(v.facts.item[0].value, "12.4");
	assert_string_equal(v.findings.item[0].code, "CE301");
	assert_true(v.findings.item[0].severity == SEVERITY_FAIL);
	assert_null(v.findings.item[0].remedy);
	assert_string_equal(v.findings.item[0].evidence.item[1], "two");
}

static void
a_changed_file_or_variable_or_wish_voids_it(void **state)
{
	struct verdict v;

	(void)state;
	keep(ANSWER_AGREE);
	world[1] = "CXX=g++-11";
	assert_false(cache_find(&run, &plan, &v));
	world[1] = "EDITOR=ed";
	assert_true(cache_find(&run, &plan, &v));
	wish.archs = "8.0";
	assert_false(cache_find(&run, &plan, &v));
	wish.archs = NULL;
	assert_true(world_write(&run, file("nvcc"), "xy", 2));
	assert_false(cache_find(&run, &plan, &v));
}

/* What was missing came: the remedy of a no was followed. */
static void
what_was_missing_voids_it(void **state)
{
	struct verdict v;

	(void)state;
	assert_true(world_write(&run, file("lib/libtorch.so"), "x", 1));
	toolkit.gap = "missing: cicc";
	keep(ANSWER_NO);
	assert_true(cache_find(&run, &plan, &v));
	toolkit.gap = NULL;
	assert_false(cache_find(&run, &plan, &v));
	toolkit.gap = "missing: cicc";
	python.include_dir = "/usr/include/python3.11";
	assert_false(cache_find(&run, &plan, &v));
	python.include_dir = NULL;
	assert_true(cache_find(&run, &plan, &v));
	assert_true(world_write(&run, file("lib/libc10.so"), "x", 1));
	assert_false(cache_find(&run, &plan, &v));
}

static void
damage_is_as_good_as_none(void **state)
{
	struct verdict v;
	struct blob whole;

	(void)state;
	keep(ANSWER_NO);
	assert_true(world_read(&run, entry(), 1 << 20, &whole));
	for (size_t size = 0; size < whole.size; size += 7) {
		assert_true(world_write(&run, entry(), whole.data, size));
		assert_false(cache_find(&run, &plan, &v));
	}
	for (size_t at = 0; at < whole.size; at += 5) {
		char *copy = (char *)str_copy(&run.arena, whole.data, whole.size);

		copy[at] = '\0';
		assert_true(world_write(&run, entry(), copy, whole.size));
		cache_find(&run, &plan, &v);	/* no crash; what is not read is not believed */
	}
}

/* Its numbers become an exit code and an index. */
static void
numbers_beyond_their_range_are_damage(void **state)
{
	static const char *const bad[] = { "answer\t9\tno", "answer\t-5\tno", "answer\t2\tno", "answer\t1x\tno", "answer\t\tno" };
	struct verdict v;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *text = str_format(&run.arena, "cuenv verdict 1\n%s\t\t\nend", bad[i]);

		keep(ANSWER_NO);
		assert_true(world_write(&run, entry(), text, strlen(text)));
		assert_false(cache_find(&run, &plan, &v));
	}
	for (int severity = 0; severity < 10; severity += 3) {
		const char *text = str_format(&run.arena, "cuenv verdict 1\nanswer\t1\tno\t\t\nfinding\tCE301\t%d\twhat\t\1\nend",
					      severity);

		keep(ANSWER_NO);
		assert_true(world_write(&run, entry(), text, strlen(text)));
		assert_int_equal(cache_find(&run, &plan, &v), severity <= SEVERITY_FAIL);
	}
}

static void
what_others_could_have_written_is_not_believed(void **state)
{
	struct verdict v;
	struct stat st;

	(void)state;
	keep(ANSWER_NO);
	assert_int_equal(chmod(entry(), 0646), 0);
	assert_false(cache_find(&run, &plan, &v));
	assert_int_equal(chmod(entry(), 0644), 0);
	assert_true(cache_find(&run, &plan, &v));
	assert_int_equal(chmod(file("cache/cuenv"), 0777), 0);
	assert_false(cache_find(&run, &plan, &v));
	assert_int_equal(unlink(entry()), 0);
	keep(ANSWER_NO);	/* nor written to */
	assert_int_equal(chmod(file("cache/cuenv"), 0755), 0);
	assert_false(cache_find(&run, &plan, &v));
	keep(ANSWER_NO);
	assert_true(world_stat(&run, entry(), &st));
	if (geteuid() != 0)
		return;
	assert_int_equal(chown(file("cache"), 12345, (gid_t)-1), 0);
	assert_false(cache_find(&run, &plan, &v));
}

static void
no_place_to_keep_it_is_no_news(void **state)
{
	struct verdict v;

	(void)state;
	world[0] = "HOME=/dev/null";
	keep(ANSWER_NO);
	assert_false(cache_find(&run, &plan, &v));
	world[0] = "A=b";
	keep(ANSWER_NO);
	assert_false(cache_find(&run, &plan, &v));
	assert_null(run.error);
	world[0] = cache;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(comes_back_whole, fresh, gone),
		cmocka_unit_test_setup_teardown(a_changed_file_or_variable_or_wish_voids_it, fresh, gone),
		cmocka_unit_test_setup_teardown(what_was_missing_voids_it, fresh, gone),
		cmocka_unit_test_setup_teardown(damage_is_as_good_as_none, fresh, gone),
		cmocka_unit_test_setup_teardown(numbers_beyond_their_range_are_damage, fresh, gone),
		cmocka_unit_test_setup_teardown(what_others_could_have_written_is_not_believed, fresh, gone),
		cmocka_unit_test_setup_teardown(no_place_to_keep_it_is_no_news, fresh, gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
