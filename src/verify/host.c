/*
 * The two compilers of a torch build. torch compiles .cpp with CXX (default c++) and gives CC, when it is set, to nvcc's
 * -ccbin (torch.utils.cpp_extension, get_cxx_compiler and cc_env); otherwise nvcc takes the gcc on PATH or what its
 * profile and NVCC_… variables say. What nvcc accepts is the bound in its own crt/host_config.h. A compiler that the
 * user named stays; a default beyond the bound gives way to the newest accepted one, and the user is told the variables.
 */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "build/compiler.h"
#include "verify/plan.h"

/* CXX may be "ccache g++ -B/x": the words, and the last of them that is a program. */
void
host_set(struct run *run, struct host *host, const char *text, const char *from)
{
	struct strings words = str_split(&run->arena, text, ' ');

	*host = (struct host){ .from = from };
	for (size_t i = 0; i < words.n; i++) {
		const char *program = words.item[i][0] && words.item[i][0] != '-' ? compiler_program(run, words.item[i]) : NULL;

		if (program)
			host->path = program;
		if (words.item[i][0])
			strings_add(&run->arena, &host->words, program ? program : words.item[i]);
	}
}

/* As a torch calls CXX that quotes it: all of the text is one program's path or name. */
static void
set_whole(struct run *run, struct host *host, const char *text, const char *from)
{
	*host = (struct host){ .path = compiler_program(run, text), .from = from };
	strings_add(&run->arena, &host->words, host->path ? host->path : text);
}

const char *
host_says(struct run *run, const struct host *host)
{
	return compiler_says(run, host->path ? host->path : strings_join(&run->arena, &host->words, " "), host->is_clang,
			     &host->version);
}

static enum compiler_fit
fit(const struct plan *plan, const struct host *host)
{
	return compiler_fit(plan->machine, plan->toolkit, host->is_clang, &host->version);
}

static bool
is_default(const struct host *host)
{
	return str_same(host->from, "the default");
}

/* What every verb decides of this environment, with what CXX itself said. */
const struct compiler *
host_best(struct run *run, const struct plan *plan)
{
	struct resolved_compilers given = compiler_given(run, plan->machine, plan->toolkit);
	const struct host *cxx = &plan->cxx;

	for (size_t i = 0; i < given.n; i++)
		if (cxx->path && str_same(given.item[i].from, cxx->from)) {
			struct compiler *asked = arena_alloc(&run->arena, sizeof(*asked));

			*asked = (struct compiler){ cxx->path, world_real(run, cxx->path), cxx->is_clang, cxx->version };
			given.item[i].compiler = asked;
		}
	return compiler_choose(plan->machine, plan->toolkit, &given).compiler;
}

/* Where no compiler here will do: one to install, or a toolkit that takes the one that is there. */
static const char *
remedy(struct run *run, const struct plan *plan, const struct host *host)
{
	const struct compiler *best = host_best(run, plan);
	const struct toolkits *all = &plan->machine->toolkits;

	if (best && str_same(host->from, "NVCC_APPEND_FLAGS"))	/* which beats what --cxx gives */
		return compiler_export(run, plan->machine, plan->toolkit, best);
	if (best)
		return str_format(&run->arena, "cuenv verify --toolkit %s --cxx %s",
				  version_text(&run->arena, &plan->toolkit->version, 2), best->path);
	for (size_t i = 0; i < all->n; i++)
		if (all->item[i].state == STATE_BUILDS &&
		    compiler_fit(plan->machine, &all->item[i], host->is_clang, &host->version) == COMPILER_FITS &&
		    all->item[i].version.part[0] == plan->torch->cuda.part[0])
			return str_format(&run->arena, "cuenv verify --toolkit %s",
					  version_text(&run->arena, &all->item[i].version, 2));
	return compiler_get(run, plan->machine, plan->toolkit->gcc_max);
}

/* What the bound rests on. */
static const char *
ground(struct run *run, const struct plan *plan, const struct host *host)
{
	if (fit(plan, host) == COMPILER_TOO_OLD)
		return str_format(&run->arena, "%s: #error", plan->torch->gcc_min_from);
	return str_format(&run->arena, "%s: refuses %s > %d", plan->toolkit->part[PART_HOST_CONFIG],
			  host->is_clang ? "clang" : "GCC",
			  host->is_clang ? plan->toolkit->clang_max : plan->toolkit->gcc_max);
}

static const char *
trouble(struct run *run, const struct plan *plan, const struct host *host)
{
	const char *how = fit(plan, host) == COMPILER_TOO_OLD ? "old" : "new";

	return str_format(&run->arena, "%s is too %s: %s", host_says(run, host), how,
			  compiler_bound(run, plan->machine, plan->toolkit, host->is_clang, &host->version));
}

static void
refuse(struct run *run, struct plan *plan, const struct host *host, struct findings *findings)
{
	bool old = fit(plan, host) == COMPILER_TOO_OLD, forced = !old && compiler_is_forced(run);
	struct finding *finding = finding_add(run, findings, old ? "CE209" : "CE201", forced ? SEVERITY_WARN : SEVERITY_FAIL,
					      trouble(run, plan, host), remedy(run, plan, host));

	words_add(run, &finding->evidence,
		  str_format(&run->arena, "%s: %s", host->from, host->path ? host->path : host->words.item[0]),
		  ground(run, plan, host), NULL);
	plan->blocked |= !forced;
}

/* The default will not do and nobody named it: the build takes another one, and a real build must be told the same. */
static void
replace(struct run *run, struct plan *plan, const struct compiler *by, struct findings *findings)
{
	struct finding *finding;

	plan->variables = compiler_words(run, by->path);
	finding = finding_add(run, findings, "CE202", SEVERITY_WARN,
			      str_format(&run->arena, "the default %s; built with %s", trouble(run, plan, &plan->nvcc_host),
					 path_name(by->path)),
			      str_format(&run->arena, "export %s", plan->variables));
	strings_add(&run->arena, &finding->evidence, ground(run, plan, &plan->nvcc_host));
	host_set(run, &plan->nvcc_host, cxx_c_sibling(run, by->path), "cuenv");
	plan->nvcc_host.version = by->version;
	plan->nvcc_host.is_clang = by->is_clang;
	plan->pass_ccbin = true;
	if (is_default(&plan->cxx)) {
		host_set(run, &plan->cxx, by->path, "cuenv");
		plan->cxx.version = by->version;
		plan->cxx.is_clang = by->is_clang;
		plan->cc1plus = NULL;
	}
}

/* What somebody named and does not fit is refused; a default gives way to what suits. */
static void
settle(struct run *run, struct plan *plan, struct findings *findings)
{
	const struct host *nvcc = &plan->nvcc_host, *cxx = &plan->cxx;
	const struct compiler *best;

	if (fit(plan, nvcc) <= COMPILER_UNKNOWN && fit(plan, cxx) != COMPILER_TOO_OLD)
		return;
	best = host_best(run, plan);
	if (!is_default(nvcc) && fit(plan, nvcc) > COMPILER_UNKNOWN)
		refuse(run, plan, nvcc, findings);
	else if (!is_default(cxx) && fit(plan, cxx) > COMPILER_UNKNOWN)
		refuse(run, plan, cxx, findings);
	else if (best && fit(plan, nvcc) > COMPILER_UNKNOWN)
		replace(run, plan, best, findings);
	else
		refuse(run, plan, fit(plan, nvcc) > COMPILER_UNKNOWN ? nvcc : cxx, findings);
}

/* A compiler that was named and is not there: to take another one is enough where there is one. */
static const char *
instead(struct run *run, const struct plan *plan, const struct host *host)
{
	const struct compiler *best = host_best(run, plan);

	if (!best || is_default(host))
		return compiler_get(run, plan->machine, plan->toolkit->gcc_max);
	return str_same(host->from, "--cxx") ? str_format(&run->arena, "cuenv verify --cxx %s", best->path)
					     : str_format(&run->arena, "unset %s", host->from);
}

static void
none(struct run *run, struct plan *plan, const struct host *host, const char *who, struct findings *findings)
{
	struct finding *finding = finding_add(run, findings, "CE203", SEVERITY_FAIL,
					      str_format(&run->arena, "%s was not found",
							 host->words.n ? host->words.item[0] : who),
					      instead(run, plan, host));

	strings_add(&run->arena, &finding->evidence,
		    str_format(&run->arena, "chosen by %s%s", host->from,
			       host->words.n && strchr(host->words.item[0], ' ') ? ", which this torch takes as one word"
										 : ""));
	plan->blocked = true;
}

bool
host_settle(struct run *run, struct plan *plan, struct findings *findings)
{
	const char *cxx = plan->wish->cxx;

	if (cxx)
		host_set(run, &plan->cxx, cxx, "--cxx");
	else if (run_env(run, "CXX") && plan->recipe.quotes_cxx)
		set_whole(run, &plan->cxx, run_env(run, "CXX"), "CXX");
	else if (run_env(run, "CXX"))
		host_set(run, &plan->cxx, run_env(run, "CXX"), "CXX");
	else
		host_set(run, &plan->cxx, "c++", "the default");
	if (!ask_compilers(run, plan, findings))
		return false;
	plan->pass_ccbin = run_env(run, "CC") != NULL;
	if (!plan->cxx.path)
		none(run, plan, &plan->cxx, "c++", findings);
	if (cxx && plan->cxx.path) {	/* --cxx speaks for both sides, as CXX and CC together do */
		struct host same = plan->cxx;

		host_set(run, &plan->nvcc_host, cxx_c_sibling(run, plan->cxx.path), "--cxx");
		plan->nvcc_host.version = same.version;
		plan->nvcc_host.is_clang = same.is_clang;
		plan->pass_ccbin = true;
		plan->variables = compiler_words(run, plan->cxx.path);
	}
	if (!plan->blocked && !plan->nvcc_host.path)
		none(run, plan, &plan->nvcc_host, "gcc", findings);
	if (!plan->blocked)
		settle(run, plan, findings);
	return true;
}
