#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool
all_zero(const char *memory, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (memory[i])
			return false;
	return true;
}

static void
test_alloc(void **state)
{
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 4000, 65536, 65537, 1 << 20, 3 };
	struct arena arena = { 0 };

	(void)state;
	for (int round = 0; round < 50; round++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			char *memory = arena_alloc(&arena, sizes[i]);

			assert_int_equal((uintptr_t)memory % 16, 0);
			assert_true(all_zero(memory, sizes[i]));
			memset(memory, 0xff, sizes[i]);
		}
}

static void
test_two_arenas(void **state)
{
	struct arena a = { 0 }, b = { 0 };
	char *first = arena_alloc(&a, 100), *second = arena_alloc(&b, 100);

	(void)state;
	memset(first, 1, 100);
	assert_true(all_zero(second, 100));
	memset(second, 2, 100);
	assert_int_equal(first[99], 1);
}

static void
test_list(void **state)
{
	struct { long *item; size_t n; } list = { 0 };
	struct arena arena = { 0 };

	(void)state;
	for (long i = 0; i < 5000; i++) {
		long *added = list_add(&arena, &list);

		assert_int_equal(*added, 0);
		*added = i;
	}
	assert_int_equal(list.n, 5000);
	for (long i = 0; i < 5000; i++)
		assert_int_equal(list.item[i], i);
}

static void
test_out_of_memory(void **state)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 8, SIZE_MAX / 2, SIZE_MAX / 4 };
	int status;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct arena arena = { 0 };
		pid_t child = fork();

		if (child == 0) {
			close(2);
			arena_alloc(&arena, sizes[i]);
			_exit(0);
		}
		waitpid(child, &status, 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 125);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alloc), cmocka_unit_test(test_two_arenas), cmocka_unit_test(test_list),
		cmocka_unit_test(test_out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
