/*
 * How many compilers start at once: as many as there are cores, unless MAX_JOBS says less. torch/extension.h takes 1.5 GB in
 * g++ and 2.9 in nvcc (measured: torch 2.11.0, CUDA 13.0).
 */
#include "check/say.h"

#define PER_JOB 3	/* GB */
#define GB (1LL << 30)

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct computer *c = machine->computer;
	long long jobs;

	if (!wants_extension(machine) || !machine->toolkit || !machine->toolkit->nvcc || run_env(run, "MAX_JOBS") ||
	    c->memory < 0 || !c->cores)
		return;
	jobs = c->memory / (PER_JOB * GB);
	if (jobs >= c->cores)
		return;
	say(run, out, "CE902", SEVERITY_WARN,
	    str_format(&run->arena, "a build starts %d compilers, and the memory is enough for %lld: the kernel may kill one",
		       c->cores, jobs > 0 ? jobs : 1),
	    str_format(&run->arena, "export MAX_JOBS=%lld", jobs > 0 ? jobs : 1),
	    str_format(&run->arena, "%s: %.1f GB free, %d GB for a job", c->memory_from, (double)c->memory / (double)GB, PER_JOB),
	    "MAX_JOBS: not set", NULL);
}

const struct check check_memory = {
	"memory", "memory against the number of compilers that start at once", NEED_COMPUTER | NEED_TORCH | NEED_TOOLKITS, look,
};
