/*
 * The survey: every source's leads, each real place once, what it is, and which one a build would take.
 * One broken folder never hides the good toolkit beside it.
 */
#include "machine.h"

#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"
#include "inspect/inspect.h"

static struct toolkit *
known(struct toolkits *toolkits, const char *root)
{
	for (size_t i = 0; i < toolkits->n; i++)
		if (strcmp(toolkits->item[i].root, root) == 0)
			return &toolkits->item[i];
	return NULL;
}

static const char *
introduction(struct run *run, const struct lead *lead, const char *root)
{
	return strcmp(lead->saw, root) == 0 ? lead->source : str_format(&run->arena, "%s: %s", lead->source, lead->saw);
}

/* Whether a directory called cuda-X.Y says by its name that it is not the one wanted. */
static bool
ruled_out(const char *root, const struct spec *wanted)
{
	const char *name = path_name(root);
	struct version version;

	return wanted && wanted->kind == SPEC_VERSION && str_starts(name, "cuda-") &&
	       version_parse(name + 5, &version, NULL) && version.n > 1 && !spec_may_admit(wanted, &version);
}

static void
take(struct run *run, struct toolkits *toolkits, const struct lead *lead, enum look look,
     const struct spec *only)
{
	struct toolkit toolkit = { 0 }, *same;
	struct place place = { 0 };

	if ((!lead->is_nvcc && ruled_out(lead->path, only)) || !inspect_place(run, lead, &place) ||
	    ruled_out(place.root, only))
		return;
	same = known(toolkits, place.root);
	if (!same) {
		if (!inspect_toolkit(run, lead, &place, look, &toolkit))
			return;
		same = list_add(&run->arena, toolkits);
		*same = toolkit;
	}
	strings_add_once(&run->arena, &same->found_by, introduction(run, lead, place.root));
}

/* Newest first; of one version the one that can do more first. Insertion keeps the order of the sources among equals. */
static void
sort(struct toolkits *toolkits)
{
	for (size_t i = 1; i < toolkits->n; i++) {
		struct toolkit moving = toolkits->item[i];
		size_t at = i;

		for (; at > 0; at--) {
			const struct toolkit *before = &toolkits->item[at - 1];
			int order = version_compare(&before->version, &moving.version);

			if (order > 0 || (order == 0 && before->abilities >= moving.abilities))
				break;
			toolkits->item[at] = *before;
		}
		toolkits->item[at] = moving;
	}
}

/*
 * What a torch build started here and now would take: CUDA_HOME, else CUDA_PATH, else the nvcc on PATH, else
 * /usr/local/cuda (torch.utils.cpp_extension._find_cuda_home, torch 1.5 to 2.15).
 */
static struct lead
active_lead(struct run *run)
{
	static const char *const variables[] = { "CUDA_HOME", "CUDA_PATH" };
	const char *nvcc;

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = run_env(run, variables[i]);

		if (value)
			return (struct lead){ path_clean(&run->arena, run->cwd, value), variables[i],
					      str_format(&run->arena, "%s=%s", variables[i], value), false };
	}
	nvcc = world_on_path(run, "nvcc", 0);
	if (nvcc)
		return (struct lead){ nvcc, "PATH", "first on PATH", true };
	return (struct lead){ "/usr/local/cuda", "usr-local", "/usr/local/cuda", false };
}

/* The toolkit that a lead leads to; NULL: none that is known, or by a detour. */
static struct toolkit *
led_to(struct run *run, struct toolkits *toolkits, struct lead lead)
{
	struct place place = { 0 };
	bool tracing = run->tracing, found;

	run->tracing = false;	/* the sources have told of this place already */
	found = inspect_place(run, &lead, &place) && !place.detour;
	run->tracing = tracing;
	return found ? known(toolkits, place.root) : NULL;
}

static void
mark_active(struct run *run, struct toolkits *toolkits)
{
	struct toolkit *active = led_to(run, toolkits, active_lead(run));

	if (active)
		active->active = true;
}

static void
mark_named(struct run *run, struct toolkits *toolkits)
{
	for (size_t i = 0; i < run->named.n; i++) {
		const char *path = path_clean(&run->arena, run->cwd, run->named.item[i]);
		struct stat st;
		bool is_nvcc = world_stat(run, path, &st) && S_ISREG(st.st_mode);
		struct toolkit *named = led_to(run, toolkits, (struct lead){ path, "named", path, is_nvcc });

		if (named)
			strings_add(&run->arena, &named->named, run->named.item[i]);
	}
}

/* A path is one place. */
static bool
survey_named(struct run *run, struct toolkits *toolkits)
{
	struct leads leads = { 0 };

	source_named.find(run, &source_named, &leads);
	if (leads.n)
		take(run, toolkits, &leads.item[0], LOOK_BRIEF, NULL);
	mark_named(run, toolkits);
	return true;
}

static bool
any_fits(const struct toolkits *toolkits, const struct spec *wanted)
{
	for (size_t i = 0; i < toolkits->n; i++)
		if ((toolkits->item[i].abilities & CAN_EXTEND) && spec_admits(wanted, &toolkits->item[i].version))
			return true;
	return false;
}

/*
 * The short way for a verb that switches. "system" is one place. For a version with a minor (12.4) the first one that builds
 * is enough, because the order of the sources is the order of preference. False when that gave nothing.
 */
static bool
survey_wanted(struct run *run, const struct spec *wanted, struct toolkits *toolkits)
{
	struct leads leads = { 0 };

	if (wanted->kind == SPEC_SYSTEM) {
		struct lead lead = active_lead(run);
		struct place place = { 0 };

		if (inspect_place(run, &lead, &place) && !place.detour)
			take(run, toolkits, &lead, LOOK_BRIEF, NULL);
		for (size_t i = 0; i < toolkits->n; i++)
			toolkits->item[i].active = true;
		return toolkits->n > 0;
	}
	if (wanted->kind == SPEC_PATH)
		return survey_named(run, toolkits);
	for (int i = 0; i < source_count && spec_names_minor(wanted); i++) {
		size_t from = leads.n;

		sources[i]->find(run, sources[i], &leads);
		for (; from < leads.n; from++) {
			take(run, toolkits, &leads.item[from], LOOK_BRIEF, wanted);
			if (any_fits(toolkits, wanted))
				return true;
		}
	}
	return false;
}

static void
survey_toolkits(struct run *run, unsigned needs, const struct spec *wanted, struct toolkits *toolkits)
{
	enum look look = wanted ? LOOK_BRIEF : needs & NEED_DETAILS ? LOOK_CLOSE : LOOK_WHOLE;
	struct leads leads = { 0 };

	if (wanted && survey_wanted(run, wanted, toolkits)) {
		sort(toolkits);
		return;
	}
	*toolkits = (struct toolkits){ 0 };
	for (int i = 0; i < source_count; i++)
		sources[i]->find(run, sources[i], &leads);
	for (size_t i = 0; i < leads.n; i++)
		take(run, toolkits, &leads.item[i], look, NULL);
	mark_active(run, toolkits);
	mark_named(run, toolkits);
	sort(toolkits);
}

static bool
survey_torch(struct run *run, struct machine *machine)
{
	struct python python = { 0 };
	struct torch torch = { 0 };

	if (!inspect_python(run, &python))
		return !run->error;
	machine->python = arena_alloc(&run->arena, sizeof(python));
	*machine->python = python;
	if (!inspect_torch(run, &python, &torch))
		return !run->error;
	machine->torch = arena_alloc(&run->arena, sizeof(torch));
	*machine->torch = torch;
	return true;
}

static void
survey_driver(struct run *run, struct machine *machine)
{
	struct driver driver = { 0 };

	if (!inspect_driver(run, &driver))
		return;
	machine->driver = arena_alloc(&run->arena, sizeof(driver));
	*machine->driver = driver;
}

/* What doctor and check ask for besides. */
static void
survey_rest(struct run *run, unsigned needs, struct machine *out)
{
	if (needs & NEED_GPUS)
		inspect_gpus(run, &out->gpus);
	if ((needs & NEED_PACKAGES) && out->python) {
		inspect_packages(run, out->python, &out->packages);
		inspect_frameworks(run, out->python, &out->packages, &out->frameworks);
	}
	if (needs & NEED_LIBRARIES) {
		inspect_libcudas(run, &out->libcudas);
		inspect_cudnns(run, out, &out->cudnns);
	}
	if (needs & NEED_COMPUTER) {
		out->computer = arena_alloc(&run->arena, sizeof(*out->computer));
		inspect_computer(run, out->computer);
	}
}

/*
 * conda-forge's torch (its patch 0006) takes the headers of its environment's targets/, which CUDA_HOME/include alone does not
 * lead to: the toolkit in that environment lacks nothing for it.
 */
static void
join_conda(struct machine *machine)
{
	for (size_t i = 0; machine->torch && str_same(machine->torch->origin, "conda-forge") && i < machine->toolkits.n; i++) {
		struct toolkit *t = &machine->toolkits.item[i];

		if (!str_same(t->root, machine->python->prefix) || !(t->abilities & CAN_COMPILE) || t->missing.n)
			continue;
		t->abilities |= CAN_EXTEND;
		t->gap = t->remedy = NULL;
	}
}

bool
machine_survey(struct run *run, unsigned needs, const struct spec *wanted, struct machine *out)
{
	if (needs & NEED_TOOLKITS)
		survey_toolkits(run, needs, wanted, &out->toolkits);
	if (needs & NEED_TOOLKITS)
		out->active_by = active_lead(run).saw;
	for (size_t i = 0; i < out->toolkits.n; i++)
		if (out->toolkits.item[i].active)
			out->toolkit = &out->toolkits.item[i];
	if ((needs & NEED_TORCH) && !survey_torch(run, out))
		return false;
	join_conda(out);
	if (needs & NEED_DRIVER)
		survey_driver(run, out);
	if (needs & NEED_COMPILERS)
		inspect_compilers(run, &out->compilers);
	survey_rest(run, needs, out);
	return !run->error;
}

bool
machine_look(struct run *run, const char *path, bool is_nvcc, struct toolkit *out)
{
	struct lead lead = { path, "add", path, is_nvcc };
	struct place place = { 0 };

	return inspect_place(run, &lead, &place) && inspect_toolkit(run, &lead, &place, LOOK_CLOSE, out);
}
