#define _GNU_SOURCE
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/utf8.h"

static struct run run = { .root = "" };

static struct cJSON *
parse(const char *text, size_t size)
{
	struct blob blob = { (char *)str_copy(&run.arena, text, size), size };
	struct cJSON *json = NULL;
	bool ok = json_parse(&run, &blob, &json);

	assert_true(ok == (json != NULL));
	assert_null(run.error);
	return json;
}

static void
reads(void **state)
{
	struct cJSON *json = parse("{\"Cuda\": {\"version\": \"11.8.89\"}, \"list\": [1, \"two\"], \"cuda\": null}", 67);

	(void)state;
	assert_string_equal(json_get_text(json_get(json, "Cuda"), "version"), "11.8.89");
	assert_null(json_text(json_get(json, "cuda")));
	assert_null(json_get(json, "CUDA"));
	assert_int_equal(json_count(json_get(json, "list")), 2);
	assert_string_equal(json_text(json_at(json_get(json, "list"), 1)), "two");
	assert_null(json_at(json_get(json, "list"), 2));
	assert_null(json_at(json_get(json, "list"), -1));
	assert_null(json_at(json, 0));
	assert_string_equal(json_key(json_next(json_child(json))), "list");
	assert_null(json_get(json_get(json, "list"), "two"));
	assert_null(json_get_text(NULL, "x"));
	assert_null(json_next(NULL));
	assert_int_equal(json_count(NULL), 0);
}

static void
refuses_bad_text(void **state)
{
	static const char *const bad[] = {
		"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":1,}", "[1,]", "nul", "\"open", "\"\\u12\"", "\"\\", "{} x", "{}{}",
		"CUDA Version 11.8", ("\x7f" "ELF\x02"), "'single'", "{\"a\":1}}", "\xff\xfe{\0}\0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(parse(bad[i], strlen(bad[i])));
	assert_null(parse("{}\0{}", 5));
	assert_non_null(parse(" {} \n", 5));
	assert_non_null(parse("\xef\xbb\xbf{}", 5));
	assert_false(json_parse(&run, &(struct blob){ 0 }, &(struct cJSON *){ NULL }));
}

static void
refuses_depth(void **state)
{
	static char deep[1000000];

	(void)state;
	memset(deep, '[', sizeof(deep));
	assert_null(parse(deep, sizeof(deep)));
	for (size_t i = 0; i + 5 <= sizeof(deep); i += 5)
		memcpy(deep + i, "{\"a\":", 5);
	assert_null(parse(deep, sizeof(deep)));
}

static void
reads_files(void **state)
{
	char name[] = "/tmp/cuenv-json-XXXXXX";
	struct cJSON *json = NULL;
	int fd = mkstemp(name);

	(void)state;
	assert_true(fd >= 0);
	assert_false(json_read(&run, name, &json));
	assert_int_equal(write(fd, "{\"n\": 1}\n", 9), 9);
	assert_true(json_read(&run, name, &json));
	assert_int_equal(ftruncate(fd, (off_t)1 << 34), 0);	/* sparse: nothing of it may be read into memory whole */
	json = NULL;
	assert_false(json_read(&run, name, &json));
	assert_null(json);
	close(fd);
	unlink(name);
	assert_false(json_read(&run, name, &json));
	assert_false(json_read(&run, "/dev/zero", &json));
	assert_false(json_read(&run, "/", &json));
	assert_null(run.error);
}

static void
writes(void **state)
{
	struct cJSON *document = json_object(&run), *list;
	struct strings strings = { 0 };

	(void)state;
	json_put_number(document, "schema_version", 1);
	json_put_text(&run, document, "path", "/opt/c\xff\xc3\xa4\t\"x\"");
	json_put_text(&run, document, "none", NULL);
	json_put_bool(document, "active", true);
	strings_add(&run.arena, &strings, "a");
	strings_add(&run.arena, &strings, "b");
	json_put_strings(&run, document, "list", &strings);
	list = json_put_array(document, "things");
	json_put_text(&run, json_put_object(list, NULL), "k", ":");
	assert_string_equal(json_print(document),
			    "{\n"
			    "  \"schema_version\": 1,\n"
			    "  \"path\": \"/opt/c\xef\xbf\xbd\xc3\xa4\\t\\\"x\\\"\",\n"
			    "  \"none\": null,\n"
			    "  \"active\": true,\n"
			    "  \"list\": [\"a\", \"b\"],\n"
			    "  \"things\": [{\n"
			    "      \"k\": \":\"\n"
			    "    }]\n"
			    "}\n");
}

static void
mends_utf8(void **state)
{
	static const char *const pairs[][2] = {
		{ "plain", "plain" },
		{ "\xe2\x82\xac \xf0\x9f\x98\x80", "\xe2\x82\xac \xf0\x9f\x98\x80" },
		{ "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd" },	/* cut short */
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },	/* overlong */
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },	/* half a surrogate */
		{ "\xf5z", "\xef\xbf\xbdz" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(utf8_mended(&run.arena, pairs[i][0]), pairs[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),	 cmocka_unit_test(refuses_bad_text), cmocka_unit_test(refuses_depth),
		cmocka_unit_test(reads_files), cmocka_unit_test(writes),	     cmocka_unit_test(mends_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
