#define _GNU_SOURCE
#include "root.h"

#include "base/memory.h"

#define MEMINFO "MemTotal:       65536000 kB\nMemFree:  1000 kB\nMemAvailable:   33554432 kB\n"	/* 32 GB */

static char *nothing[] = { NULL };

static const char *
jobs(int cores)
{
	struct build_plan plan = { 0 };

	build_jobs(&run, cores, &plan);
	assert_int_equal(plan.said.n, 1);
	return value_of(&plan, "MAX_JOBS");
}

static void
memory_is_shared_out(void **state)
{
	const char *limit;

	(void)state;
	new_root(nothing);
	assert_string_equal(jobs(8), "8");	/* nothing is known of the memory */
	put("/proc/meminfo", MEMINFO, 0644);
	assert_true(memory_free(&run, &limit) == 32LL << 30);
	assert_string_equal(limit, "MemAvailable");
	assert_string_equal(jobs(8), "8");
	assert_string_equal(jobs(64), "10");
	put("/proc/meminfo", "MemAvailable:   1048576 kB\n", 0644);
	assert_string_equal(jobs(8), "1");
	put("/proc/meminfo", "MemAvailable: lots\n", 0644);
	assert_string_equal(jobs(3), "3");
	remove_root();
}

static void
second_version(void **state)
{
	const char *limit;

	(void)state;
	new_root(nothing);
	put("/proc/meminfo", MEMINFO, 0644);
	put("/proc/self/cgroup", "0::/job/step\n", 0444);
	put("/sys/fs/cgroup/job/step/memory.max", "max\n", 0644);
	put("/sys/fs/cgroup/job/memory.max", "8589934592\n", 0644);
	assert_true(memory_free(&run, &limit) == 8LL << 30);
	assert_string_equal(limit, "/sys/fs/cgroup/job/memory.max");
	put("/sys/fs/cgroup/job/memory.current", "6442450944\n", 0644);
	assert_string_equal(jobs(8), "1");
	put("/sys/fs/cgroup/job/memory.stat", "anon 1\ninactive_file 4294967296\n", 0644);	/* page cache can go */
	assert_string_equal(jobs(8), "2");
	put("/sys/fs/cgroup/job/memory.max", "1000\n", 0644);	/* less than is used */
	assert_string_equal(jobs(8), "1");
	put("/proc/self/cgroup", "0::/../../elsewhere\n", 0444);	/* the host's path, seen from a container */
	put("/sys/fs/cgroup/memory.max", "6442450944\n", 0644);
	assert_string_equal(jobs(8), "2");
	put("/proc/self/cgroup", "nonsense\n0:\n:::\n", 0444);
	assert_string_equal(jobs(8), "8");
	remove_root();
}

static void
first_version(void **state)
{
	const char *limit;

	(void)state;
	new_root(nothing);
	put("/proc/meminfo", MEMINFO, 0644);
	put("/proc/self/cgroup", "12:cpu,cpuacct:/\n7:memory:/slurm/job\n0::/\n", 0444);
	put("/sys/fs/cgroup/memory/slurm/job/memory.limit_in_bytes", "6442450944\n", 0644);
	put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n", 0644);
	assert_true(memory_free(&run, &limit) == 6LL << 30);
	assert_string_equal(limit, "/sys/fs/cgroup/memory/slurm/job/memory.limit_in_bytes");
	assert_string_equal(jobs(8), "2");
	put("/proc/self/cgroup", "7:memory:/docker/abc\n", 0444);	/* not to be seen here: the mount is it */
	assert_string_equal(jobs(32), "10");
	put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "6442450944\n", 0644);
	assert_string_equal(jobs(8), "2");
	remove_root();
}

static void
given(void **state)
{
	static char *variables[] = { "MAX_JOBS=3", NULL };

	(void)state;
	new_root(variables);
	assert_null(jobs(8));
	remove_root();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_shared_out),
		cmocka_unit_test(second_version),
		cmocka_unit_test(first_version),
		cmocka_unit_test(given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
