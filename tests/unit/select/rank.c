#include "select/rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXTENDS .state = STATE_BUILDS, .abilities = CAN_COMPILE | CAN_LINK | CAN_EXTEND
#define COMPILES .state = STATE_BUILDS, .abilities = CAN_COMPILE | CAN_LINK

static struct version
version(const char *text)
{
	struct version v = { 0 };

	assert_true(!*text || version_parse(text, &v, NULL));
	return v;
}

static void
suits(void **state)
{
	static const struct { const char *toolkit, *cuda; enum suits suits; } rows[] = {
		{ "12.4.131", "12.4", SUITS_MINOR }, { "12.2", "12.4", SUITS_MAJOR }, { "11.8.89", "12.4", SUITS_NOT },
		{ "13.0", "12.8", SUITS_NOT },	     { "12.4", "12", SUITS_MINOR },   { "", "12.4", SUITS_NOT },
		{ "12.4", "", SUITS_NOT },	     { "12.10", "12.1", SUITS_MAJOR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct version toolkit = version(rows[i].toolkit), cuda = version(rows[i].cuda);

		assert_int_equal(rank_suits(&toolkit, &cuda), rows[i].suits);
	}
}

/* The toolkits of each row in the order in which they are to be taken, the active one with a star, what only compiles with a c. */
static void
best(void **state)
{
	static const struct { const char *cuda, *here[4], *best; } rows[] = {
		{ "12.4", { "12.8", "12.4.131", "12.2" }, "12.4.131" },
		{ "12.4", { "12.8", "12.5", "12.2" }, "12.5" },		/* the nearest above */
		{ "12.8", { "12.4", "12.6", "11.8" }, "12.6" },		/* then the nearest below */
		{ "12.1", { "12.8", "12.2", "12.0" }, "12.2" },
		{ "12.4", { "13.0", "11.8" }, NULL },
		{ "12.4", { "c12.4", "12.2" }, "12.2" },		/* torch's own minor is no use without its parts */
		{ "12.4", { "c12.4", "11.8" }, "12.4" },
		{ "12.4", { "12.4.99", "*12.4.5" }, "12.4.5" },		/* what a build here takes anyway */
		{ "", { "11.8", "13.0", "*12.4" }, "13.0" },
		{ "", { "c13.0", "12.4" }, "12.4" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct torch torch = { .cuda = version(rows[i].cuda) };
		struct toolkit here[4] = { 0 };
		struct machine machine = { .toolkits = { here, 0 }, .torch = &torch };
		const struct toolkit *taken;

		for (; machine.toolkits.n < 4 && rows[i].here[machine.toolkits.n]; machine.toolkits.n++) {
			const char *text = rows[i].here[machine.toolkits.n];
			bool marked = *text == 'c' || *text == '*';
			struct toolkit toolkit = { .version = version(text + marked), EXTENDS };

			if (*text == 'c')
				toolkit = (struct toolkit){ .version = toolkit.version, COMPILES };
			toolkit.active = *text == '*';
			here[machine.toolkits.n] = toolkit;
		}
		taken = rank_for_torch(&machine);
		assert_true(!taken == !rows[i].best);
		if (taken) {
			struct version wanted = version(rows[i].best);

			assert_int_equal(version_compare(&taken->version, &wanted), 0);
		}
	}
}

static void
keeps_to_the_range(void **state)
{
	struct toolkit here[] = { { .version = version("12.8"), EXTENDS }, { .version = version("12.4"), EXTENDS } };
	struct toolkits toolkits = { here, 2 };
	struct version cuda = version("12.8");
	struct spec spec;

	(void)state;
	assert_true(spec_parse("<12.8", &spec));
	assert_ptr_equal(rank_best(&toolkits, &cuda, &spec), &here[1]);
	assert_true(spec_parse("<12", &spec));
	assert_null(rank_best(&toolkits, &cuda, &spec));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suits), cmocka_unit_test(best), cmocka_unit_test(keeps_to_the_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
