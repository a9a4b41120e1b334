/* What reading processes write, and how two such tables differ: no libclang is needed. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "abi/parts.h"

static struct run run = { .root = "", .cwd = "/" };
static const char *error;

static bool
take(const char *text, struct abi_items *items)
{
	struct blob blob = { (char *)str_copy(&run.arena, text, strlen(text)), strlen(text) };

	return abi_take(&run, &blob, 0, items, &error);
}

static struct abi_items
table(const char *text)
{
	struct abi_items items = { 0 };

	assert_true(take(text, &items));
	abi_sort(&items);
	return items;
}

/* Both toolkits' lines, compared; the answer is each change in words. */
static const char *
differences(const char *before, const char *after)
{
	static const char *const effects[] = { "breaks", "source", "quiet", "added" };
	struct abi_report report = { 0 };
	struct abi_sides sides = { .run = &run, .before = table(before), .after = table(after), .report = &report };
	struct strings words = { 0 };

	abi_structs(&sides);
	abi_values(&sides);
	abi_functions(&sides);
	abi_typedefs(&sides);
	for (size_t i = 0; i < report.changes.n; i++) {
		const struct abi_change *at = &report.changes.item[i];

		strings_add(&run.arena, &words, str_format(&run.arena, "%s %s %s: %s%s%s", effects[at->effect], at->how, at->name,
			    at->says, at->details.n ? "; " : "", strings_join(&run.arena, &at->details, "; ")));
	}
	return strings_join(&run.arena, &words, "\n");
}

#define ITEM(kind, name, number, size, local, type) kind "\t" name "\tof\th.h\t1\t" number "\t" size "\t" local "\t" type "\t" type "\n"
#define STRUCT(name, size) ITEM("0", name, size, "4", "0", "struct " name)
#define FIELD(name, bit, bits, type) ITEM("1", name, bit, bits, "0", type)
#define ENUMERATOR(name, value) ITEM("2", name, value, "-1", "0", "")
#define FUNCTION(name, type) ITEM("3", name, "0", "-1", "0", type)
#define INLINE(name, type) ITEM("3", name, "0", "-1", "1", type)
#define TYPEDEF(name, type) ITEM("4", name, "8", "-1", "0", type)
#define MACRO(name, tokens) ITEM("5", name, "0", "-1", "0", tokens)
#define CALL(name, tokens) ITEM("5", name, "0", "-1", "1", tokens)
#define END "end\n"

/* Only what came to its end counts; an error is told; torn lines are refused. */
static void
reads(void **state)
{
	struct abi_items items = { 0 };

	(void)state;
	assert_false(take(STRUCT("s", "8"), &items));
	assert_null(error);
	assert_false(take("error\t/x.h:3: unknown type name 'nix'\n", &items));
	assert_string_equal(error, "/x.h:3: unknown type name 'nix'");
	assert_false(take("0\ts\t\th.h\n" END, &items));
	assert_false(take("9\ts\t\th.h\t1\t1\t1\t0\t\t\n" END, &items));
	assert_false(take("", &items));
	assert_int_equal(items.n, 0);
	assert_true(take(STRUCT("s", "8") MACRO("M", "1") END, &items));
	assert_int_equal(items.n, 2);
}

static void
macros(void **state)
{
	struct abi_items items = table(
		MACRO("a", "a_v2") MACRO("b", "PTDS ( b_v2 )") CALL("PTDS", "( api ) api") MACRO("c", "PTSZ ( c_v2 )")
		CALL("PTSZ", "( api ) api ## _ptsz") MACRO("d", "d") MACRO("e", "f") MACRO("f", "e") MACRO("g", "1 + 2")
		MACRO("h", "0x01") MACRO("i", "a") END);

	(void)state;
	assert_string_equal(abi_meant(&run, &items, "a"), "a_v2");
	assert_string_equal(abi_meant(&run, &items, "b"), "b_v2");
	assert_string_equal(abi_meant(&run, &items, "c"), "c");
	assert_string_equal(abi_meant(&run, &items, "d"), "d");
	assert_non_null(abi_meant(&run, &items, "e"));
	assert_string_equal(abi_meant(&run, &items, "g"), "g");
	assert_string_equal(abi_meant(&run, &items, "h"), "h");
	assert_string_equal(abi_meant(&run, &items, "i"), "a_v2");
	assert_string_equal(abi_meant(&run, &items, "nowhere"), "nowhere");
}

#define PAIR STRUCT("pair", "8") FIELD("pair.a", "0", "32", "int") FIELD("pair.b", "32", "32", "int")

static void
structs(void **state)
{
	(void)state;
	assert_string_equal(differences(PAIR END, PAIR END), "");
	assert_string_equal(differences(PAIR END, STRUCT("pair", "12") FIELD("pair.a", "0", "32", "int")
					FIELD("pair.b", "64", "32", "int") FIELD("pair.c", "32", "32", "int") END),
			    "breaks size pair: 12 bytes, was 8; b at 8, was 4; c is new");
	assert_string_equal(differences(PAIR END, STRUCT("pair", "8") FIELD("pair.a", "32", "32", "int")
					FIELD("pair.b", "0", "32", "int") END),
			    "breaks offset pair: 8 bytes, as before; a at 4, was 0; b at 0, was 4");
	assert_string_equal(differences(PAIR END, STRUCT("pair", "8") FIELD("pair.a", "0", "32", "int")
					FIELD("pair.z", "32", "32", "int") END),
			    "source fields pair: 8 bytes, as before; b is called z");
	assert_string_equal(differences(PAIR END, STRUCT("pair", "8") FIELD("pair.a", "0", "32", "int") END),
			    "breaks offset pair: 8 bytes, as before; b is gone");
	assert_string_equal(differences(PAIR END, STRUCT("pair", "8") FIELD("pair.a", "0", "32", "enum e")
					FIELD("pair.b", "32", "32", "int") END),
			    "source fields pair: 8 bytes, as before; a is enum e, was int");
	assert_string_equal(differences(PAIR END, END), "source gone pair: gone");
	assert_string_equal(differences(PAIR END, PAIR STRUCT("more", "4") END), "added added more: new");
	assert_string_equal(differences(PAIR END, MACRO("pair", "couple") STRUCT("couple", "8") FIELD("couple.a", "0", "32", "int")
					FIELD("couple.b", "32", "32", "int") END), "added added couple: new");
}

/* Room that is kept may shrink; a struct that is called otherwise is the same, where a typedef leads to it quietly. */
static void
structs_quiet(void **state)
{
	(void)state;
	assert_string_equal(differences(STRUCT("s", "8") FIELD("s.a", "0", "32", "int") FIELD("s.reserved", "32", "32", "int") END,
					STRUCT("s", "8") FIELD("s.a", "0", "32", "int") FIELD("s.b", "32", "32", "int") END),
			    "quiet fields s: 8 bytes, as before; reserved is called b");
	assert_string_equal(differences(PAIR TYPEDEF("pair_t", "struct pair") FUNCTION("f", "int (struct pair *)") END,
					STRUCT("pair_v1", "8") FIELD("pair_v1.a", "0", "32", "int")
					FIELD("pair_v1.b", "32", "32", "int") TYPEDEF("pair_t", "struct pair_v1")
					FUNCTION("f", "int (struct pair_v1 *)") END),
			    "quiet renamed pair: is called pair_v1\n"
			    "added added pair_v1: new\n"
			    "quiet signature f: other types, alike in a call; argument 1 is struct pair_v1 *, was struct pair *");
}

static void
values(void **state)
{
	(void)state;
	assert_string_equal(differences(ENUMERATOR("RED", "1") ENUMERATOR("COLOUR_MAX", "2") MACRO("LIMIT", "0x10") END,
					ENUMERATOR("RED", "2") ENUMERATOR("COLOUR_MAX", "5") MACRO("LIMIT", "( 17 )") END),
			    "quiet end COLOUR_MAX: 5, was 2\nbreaks value RED: 2, was 1\nbreaks value LIMIT: 17, was 16");
	assert_string_equal(differences(ENUMERATOR("RED", "1") END, ENUMERATOR("CRIMSON", "1") END),
			    "source gone RED: gone; CRIMSON has its value, 1\nadded added CRIMSON: new");
	assert_string_equal(differences(ENUMERATOR("RED", "1") END, ENUMERATOR("CRIMSON", "1") MACRO("RED", "CRIMSON") END),
			    "added added CRIMSON: new");
	assert_string_equal(differences(MACRO("ON", "1") MACRO("X_VERSION", "11") END, ENUMERATOR("ON", "1") MACRO("X_VERSION", "12") END),
			    "");
	assert_string_equal(differences(MACRO("FLAGS_MASK", "0x1f") END, MACRO("FLAGS_MASK", "0xff") END),
			    "quiet end FLAGS_MASK: 255, was 31");
}

static void
functions(void **state)
{
	(void)state;
	assert_string_equal(differences(FUNCTION("f", "int (char *)") END, FUNCTION("f", "int (const char *)") END),
			    "quiet signature f: other types, alike in a call; argument 1 is const char *, was char *");
	assert_string_equal(differences(FUNCTION("f", "int (enum e, void *)") END, FUNCTION("f", "int (int, struct s *)") END),
			    "quiet signature f: other types, alike in a call; argument 1 is int, was enum e; "
			    "argument 2 is struct s *, was void *");
	assert_string_equal(differences(FUNCTION("f", "int (int)") END, FUNCTION("f", "int (long)") END),
			    "breaks signature f: takes other arguments; argument 1 is long, was int");
	assert_string_equal(differences(FUNCTION("f", "int (void (*)(int, int), int)") END,
					FUNCTION("f", "int (void (*)(int, int), char *, int)") END),
			    "breaks signature f: takes other arguments; argument 2, char *, is new");
	assert_string_equal(differences(FUNCTION("f", "int (int)") END, END), "breaks gone f: gone");
	assert_string_equal(differences(INLINE("f", "int (int)") END, END), "source gone f: gone");
	assert_string_equal(differences(FUNCTION("f", "int (int)") END, CALL("f", "( x ) g ( x )") END),
			    "quiet macro f: a macro: ( x ) g ( x )");
	assert_string_equal(differences(FUNCTION("f", "int (int)") END, INLINE("f", "int (int)") END),
			    "breaks inline f: inline now");
}

/* Another symbol behind the same name; the library is not there, so that nobody knows whether it keeps the old one. */
static void
versions(void **state)
{
	(void)state;
	assert_string_equal(differences(FUNCTION("f", "int (int)") END, MACRO("f", "f_v2") FUNCTION("f_v2", "int (int)") END),
			    "quiet version f: the symbol is f_v2, was f");
	assert_string_equal(differences(MACRO("f", "f_v2") FUNCTION("f_v2", "int (int)") END,
					MACRO("f", "f_v3") FUNCTION("f_v3", "int (char *, int)") END),
			    "source version f: the symbol is f_v3, was f_v2; argument 1, char *, is new");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads), cmocka_unit_test(macros), cmocka_unit_test(structs), cmocka_unit_test(structs_quiet),
		cmocka_unit_test(values), cmocka_unit_test(functions), cmocka_unit_test(versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
