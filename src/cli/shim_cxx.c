/*
 * cuenv c++ WORD…, which `cuenv exec --build --repair` gives to a build as CXX (wrappers/repair/c++): the real compiler, with a -std that is too old for torch's
 * headers raised. A build that gives none is left alone, and so is a newer one.
 */
#include <stdlib.h>

#include "base/cxx.h"
#include "base/program.h"
#include "base/str.h"
#include "cli/shim.h"

int
shim_cxx(struct run *run, char **argv)
{
	const char *real = run_env(run, "CUENV_REPAIR_CXX"), *wanted = run_env(run, "CUENV_REPAIR_STD"), *last = NULL;
	struct strings words = { 0 }, pieces = str_split(&run->arena, real ? real : "", ' ');

	for (size_t i = 0; i < pieces.n; i++)
		if (*pieces.item[i])
			strings_add(&run->arena, &words, pieces.item[i]);
	if (!words.n || !wanted) {
		run_fail(run, "this c++ is for builds that are started by: cuenv exec --build --repair -- CMD");
		return 125;
	}
	for (argv++; *argv; argv++) {
		last = cxx_standard(*argv) ? *argv : last;
		strings_add(&run->arena, &words, *argv);
	}
	if (last && cxx_standard(last) < atoi(wanted))
		strings_add(&run->arena, &words, str_format(&run->arena, "-std=%s++%s",
			    str_starts(last + (last[1] == '-'), "-std=gnu") ? "gnu" : "c", wanted));
	return program_become(run, &words, run->environ);
}
