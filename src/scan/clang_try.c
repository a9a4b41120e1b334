/* A libclang is foreign code, which runs when it is loaded: a child loads it first, and says which it was. */
#define _GNU_SOURCE
#include "scan/clang.h"

#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "base/str.h"

#define SECONDS 15

/* The library's path, or why there is none, on stdout. */
static int
work(struct run *run, void *context)
{
	struct clang clang;
	const char *text;
	bool found = clang_load(run, &clang, &text);

	(void)context;
	text = found ? clang.path : text;
	return write(1, text, strlen(text)) == (ssize_t)strlen(text) ? !found : 2;
}

static const char *
ended_badly(struct run *run, const struct outcome *outcome)
{
	const char *how = outcome->timed_out ? "does not come back" : outcome->status > 128 ? "crashes" : "ends the process";
	const char *named = run->libclang ? run->libclang : run_env(run, "CUENV_LIBCLANG");

	return str_format(&run->arena, "%s %s when it is loaded; name another one: --libclang FILE",
			  named ? named : "libclang", how);
}

bool
clang_try(struct run *run, struct clang *out, const char **why)
{
	struct program program = { .work = work, .seconds = SECONDS };
	struct outcome outcome;
	struct clang clang;

	*why = "interrupted";
	if (!program_run(run, &program, 1, &outcome))
		return false;
	*why = outcome.out.data;
	if (outcome.timed_out || outcome.status > 1 || !outcome.out.size)
		*why = ended_badly(run, &outcome);
	if (outcome.timed_out || outcome.status || !outcome.out.size || !clang_open(run, outcome.out.data, &clang, why))
		return false;
	if (!clang.resource_dir) {
		*why = clang_lacks(run, &clang);
		return false;
	}
	*out = clang;
	return true;
}
