/* torch's compiler table, in its two shapes. */
#define _GNU_SOURCE
#include "check/torch_compilers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/world.h"

static struct run run = { .root = "", .cwd = "/" };
static char file[] = "/tmp/cuenv-test.XXXXXX";

static const char *
found(const char *table, int cuda_minor, struct version version)
{
	struct toolkit toolkit = { .version = { 2, { 12, cuda_minor } } };
	struct findings findings = { 0 };

	assert_true(world_write(&run, file, table, strlen(table)));
	torch_compilers_judge(&run, file, &toolkit, "/usr/bin/g++", false, &version, &findings);
	return findings.n ? findings.item[0].code : "none";
}

static void
rows_decide(void **state)
{
	static const char now[] = "x\nCUDA_GCC_VERSIONS: VersionMap = {\n    '12.4': ((6, 0, 0), (13, 0)),\n"
				  "    '12.8': (MIN, (14, 0)),\n}\nCUDA_CLANG_VERSIONS = {\n    '12.6': ((1, 0), (2, 0)),\n}\n"
				  "max_excl_compiler_version\n";
	static const char then[] = "\nCUDA_GCC_VERSIONS = {\n    '12.4': ((6, 0, 0), (11, 5, 0)),\n}\n";

	(void)state;
	assert_string_equal(found(now, 4, (struct version){ 2, { 12, 4 } }), "none");
	assert_string_equal(found(now, 4, (struct version){ 1, { 13 } }), "CE205");
	assert_string_equal(found(now, 8, (struct version){ 3, { 14, 2, 0 } }), "CE205");
	assert_string_equal(found(now, 6, (struct version){ 1, { 14 } }), "none");	/* a row of the other table */
	assert_string_equal(found(then, 4, (struct version){ 3, { 11, 5, 0 } }), "none");
	assert_string_equal(found(then, 4, (struct version){ 3, { 11, 5, 1 } }), "CE205");
	assert_string_equal(found("\nCUDA_GCC_VERSIONS = {\n    '12.4': (", 4, (struct version){ 1, { 13 } }), "none");
	assert_string_equal(found("", 4, (struct version){ 1, { 13 } }), "none");
	unlink(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rows_decide) };

	close(mkstemp(file));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
