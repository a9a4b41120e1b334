/*
 * How many files may be compiled at once. ninja and torch start as many as there are cores, which in a container or on a
 * shared node ends in the kernel killing cc1plus.
 */
#include "base/memory.h"
#include "base/str.h"
#include "emit/build_plan.h"

#define PER_JOB 3	/* GB: torch/extension.h takes 1.5 in g++ and 2.9 in nvcc (measured: torch 2.11.0, CUDA 13.0) */
#define GB (1LL << 30)

void
build_jobs(struct run *run, int cores, struct build_plan *plan)
{
	const char *given = run_env(run, "MAX_JOBS"), *limit, *memory;
	long long free = memory_free(run, &limit), jobs = cores;

	if (given) {
		strings_add(&run->arena, &plan->said, str_format(&run->arena, "MAX_JOBS=%s stays as it is", given));
		return;
	}
	if (free >= 0 && free / (PER_JOB * GB) < jobs)
		jobs = free / (PER_JOB * GB);
	jobs = jobs > 0 ? jobs : 1;
	*list_add(&run->arena, &plan->changes) =
		(struct change){ CHANGE_SET, "MAX_JOBS", str_format(&run->arena, "%lld", jobs) };
	memory = free < 0 ? "free memory not known"
			  : str_format(&run->arena, "%.1f GB free (%s), %d GB for a job", (double)free / (double)GB,
				       limit, PER_JOB);
	strings_add(&run->arena, &plan->said,
		    str_format(&run->arena, "MAX_JOBS=%lld: %d core%s, %s", jobs, cores, cores == 1 ? "" : "s", memory));
}
