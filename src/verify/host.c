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
#include "verify/plan.h"

static const char *
find_program(struct run *run, const char *name)
{
	if (!strchr(name, '/'))
		return world_on_path(run, name, 0);
	name = path_clean(&run->arena, run->cwd, name);
	return world_is_program(run, name) ? name : NULL;
}

/* CXX may be "ccache g++ -B/x": the words, and the last of them that is a program. */
void
host_set(struct run *run, struct host *host, const char *text, const char *from)
{
	struct strings words = str_split(&run->arena, text, ' ');

	*host = (struct host){ .from = from };
	for (size_t i = 0; i < words.n; i++) {
		const char *program = words.item[i][0] && words.item[i][0] != '-' ? find_program(run, words.item[i]) : NULL;

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
	*host = (struct host){ .path = find_program(run, text), .from = from };
	strings_add(&run->arena, &host->words, host->path ? host->path : text);
}

const char *
host_says(struct run *run, const struct host *host)
{
	const char *name = host->path ? path_name(host->path) : strings_join(&run->arena, &host->words, " ");

	if (!host->version.n)
		return name;
	return str_format(&run->arena, "%s (%s %s)", name, host->is_clang ? "clang" : "GCC",
			  version_text(&run->arena, &host->version, 0));
}

static bool
accepts(const struct toolkit *toolkit, bool is_clang, const struct version *version)
{
	return cxx_within(toolkit->gcc_max, toolkit->clang_max, is_clang, version);
}

const struct compiler *
host_best(const struct plan *plan)
{
	const struct compilers *all = &plan->machine->compilers;

	for (size_t i = 0; i < all->n; i++)
		if (all->item[i].version.n && accepts(plan->toolkit, all->item[i].is_clang, &all->item[i].version))
			return &all->item[i];
	return NULL;
}

static const char *
bound(struct run *run, const struct plan *plan, const struct host *host)
{
	return str_format(&run->arena, "CUDA %s accepts %s ≤ %d",
			  version_text(&run->arena, &plan->toolkit->version, 2), host->is_clang ? "clang" : "GCC",
			  host->is_clang ? plan->toolkit->clang_max : plan->toolkit->gcc_max);
}

/* CXX=g++-11 CC=gcc-11, by name where PATH finds the same file. */
static const char *
variables(struct run *run, const char *cxx)
{
	const char *cc = cxx_c_sibling(run, cxx);

	if (str_same(world_on_path(run, path_name(cxx), 0), cxx))
		return str_format(&run->arena, "CXX=%s CC=%s", path_name(cxx), path_name(cc));
	return str_format(&run->arena, "CXX=%s CC=%s", cxx, cc);
}

/* Where no compiler here will do: one to install, or a toolkit that takes the one that is there. */
static const char *
remedy(struct run *run, const struct plan *plan, const struct host *host)
{
	const struct compiler *best = host_best(plan);
	const struct toolkits *all = &plan->machine->toolkits;

	if (best)
		return str_format(&run->arena, "cuenv verify --toolkit %s --cxx %s",
				  version_text(&run->arena, &plan->toolkit->version, 2), best->path);
	for (size_t i = 0; i < all->n; i++)
		if (all->item[i].state == STATE_BUILDS && accepts(&all->item[i], host->is_clang, &host->version) &&
		    all->item[i].version.part[0] == plan->torch->cuda.part[0])
			return str_format(&run->arena, "cuenv verify --toolkit %s",
					  version_text(&run->arena, &all->item[i].version, 2));
	return str_format(&run->arena, "conda create -p ~/gxx -c conda-forge gxx=%d", plan->toolkit->gcc_max);
}

static void
refuse(struct run *run, struct plan *plan, const struct host *host, struct findings *findings)
{
	bool forced = false;
	struct finding *finding;
	const char *const flags[] = { run_env(run, "NVCC_PREPEND_FLAGS"), run_env(run, "NVCC_APPEND_FLAGS") };

	for (int i = 0; i < 2; i++)
		forced |= flags[i] && strstr(flags[i], "allow-unsupported-compiler");
	finding = finding_add(run, findings, "CE201", forced ? SEVERITY_WARN : SEVERITY_FAIL,
			      str_format(&run->arena, "%s is too new: %s", host_says(run, host), bound(run, plan, host)),
			      remedy(run, plan, host));
	words_add(run, &finding->evidence,
		  str_format(&run->arena, "%s: %s", host->from, host->path ? host->path : host->words.item[0]),
		  str_format(&run->arena, "%s: refuses %s > %d", plan->toolkit->part[PART_HOST_CONFIG],
			     host->is_clang ? "clang" : "GCC",
			     host->is_clang ? plan->toolkit->clang_max : plan->toolkit->gcc_max),
		  NULL);
	plan->blocked |= !forced;
}

/* The default is too new and nobody named it: the build takes another one, and a real build must be told the same. */
static void
replace(struct run *run, struct plan *plan, const char *cxx, const struct version *version, bool is_clang,
	struct findings *findings)
{
	const char *was = host_says(run, &plan->nvcc_host), *limit = bound(run, plan, &plan->nvcc_host);
	struct finding *finding;

	plan->variables = variables(run, cxx);
	finding = finding_add(run, findings, "CE202", SEVERITY_WARN,
			      str_format(&run->arena, "the default %s is too new: %s; built with %s", was, limit,
					 path_name(cxx)),
			      str_format(&run->arena, "export %s", plan->variables));
	strings_add(&run->arena, &finding->evidence,
		    str_format(&run->arena, "%s: refuses %s > %d", plan->toolkit->part[PART_HOST_CONFIG],
			       plan->nvcc_host.is_clang ? "clang" : "GCC",
			       plan->nvcc_host.is_clang ? plan->toolkit->clang_max : plan->toolkit->gcc_max));
	host_set(run, &plan->nvcc_host, cxx_c_sibling(run, cxx), "cuenv");
	plan->nvcc_host.version = *version;
	plan->nvcc_host.is_clang = is_clang;
	plan->pass_ccbin = true;
	if (str_same(plan->cxx.from, "the default")) {
		host_set(run, &plan->cxx, cxx, "cuenv");
		plan->cxx.version = *version;
		plan->cxx.is_clang = is_clang;
		plan->cc1plus = NULL;
	}
}

/* nvcc's own choice is beyond the bound: CXX's sibling when that is within it, else the newest accepted one here. */
static void
settle_nvcc(struct run *run, struct plan *plan, struct findings *findings)
{
	const struct compiler *best = host_best(plan);
	const struct host *cxx = &plan->cxx;

	if (accepts(plan->toolkit, plan->nvcc_host.is_clang, &plan->nvcc_host.version))
		return;
	if (!str_same(plan->nvcc_host.from, "the default"))
		refuse(run, plan, &plan->nvcc_host, findings);
	else if (!str_same(cxx->from, "the default") && !accepts(plan->toolkit, cxx->is_clang, &cxx->version))
		refuse(run, plan, cxx, findings);
	else if (!str_same(cxx->from, "the default"))
		replace(run, plan, cxx->path, &cxx->version, cxx->is_clang, findings);
	else if (best)
		replace(run, plan, best->path, &best->version, best->is_clang, findings);
	else
		refuse(run, plan, &plan->nvcc_host, findings);
}

/* A compiler that was named and is not there: to take another one is enough where there is one. */
static const char *
instead(struct run *run, const struct plan *plan, const struct host *host)
{
	const struct compiler *best = host_best(plan);

	if (!best || str_same(host->from, "the default"))
		return "sudo apt install g++";
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
		plan->variables = variables(run, plan->cxx.path);
	}
	if (!plan->blocked && !plan->nvcc_host.path)
		none(run, plan, &plan->nvcc_host, "gcc", findings);
	if (!plan->blocked)
		settle_nvcc(run, plan, findings);
	return true;
}
