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

static void
take(struct run *run, struct toolkits *toolkits, const struct lead *lead)
{
	struct toolkit toolkit = { 0 }, *same;

	if (!inspect_toolkit(run, lead, &toolkit))
		return;
	same = known(toolkits, toolkit.root);
	if (!same) {
		same = list_add(&run->arena, toolkits);
		*same = toolkit;
	}
	strings_add_once(&run->arena, &same->found_by,
			 strcmp(lead->saw, toolkit.root) == 0
				 ? lead->source
				 : str_format(&run->arena, "%s: %s", lead->source, lead->saw));
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
static void
mark_active(struct run *run, struct toolkits *toolkits)
{
	static const char *const variables[] = { "CUDA_HOME", "CUDA_PATH" };
	struct lead lead = { "/usr/local/cuda", "", "", false };
	struct toolkit found = { 0 }, *active;
	const char *nvcc = world_on_path(run, "nvcc", 0);

	if (nvcc) {
		lead.path = nvcc;
		lead.is_nvcc = true;
	}
	for (int i = 1; i >= 0; i--)
		if (run_env(run, variables[i]))
			lead = (struct lead){ path_clean(&run->arena, run->cwd, run_env(run, variables[i])), "", "", false };
	if (!inspect_toolkit(run, &lead, &found))
		return;
	active = known(toolkits, found.root);
	if (active)
		active->active = true;
}

/* Whether a directory called cuda-X.Y says by its name that it is not the one wanted. */
static bool
ruled_out(const struct lead *lead, const struct spec *wanted)
{
	const char *name = path_name(lead->path);
	struct version version;

	return wanted && wanted->kind == SPEC_VERSION && !lead->is_nvcc && str_starts(name, "cuda-") &&
	       version_parse(name + 5, &version, NULL) && version.n > 1 && !spec_may_admit(wanted, &version);
}

static bool
any_fits(const struct toolkits *toolkits, const struct spec *wanted)
{
	for (size_t i = 0; i < toolkits->n; i++)
		if (toolkits->item[i].state == STATE_BUILDS && spec_admits(wanted, &toolkits->item[i].version))
			return true;
	return false;
}

static void
survey_toolkits(struct run *run, const struct spec *wanted, struct toolkits *toolkits)
{
	struct leads leads = { 0 };

	for (int i = 0; i < source_count; i++)
		sources[i]->find(run, sources[i], &leads);
	for (size_t i = 0; i < leads.n; i++)
		if (!ruled_out(&leads.item[i], wanted))
			take(run, toolkits, &leads.item[i]);
	for (size_t i = 0; wanted && !any_fits(toolkits, wanted) && i < leads.n; i++)
		if (ruled_out(&leads.item[i], wanted))
			take(run, toolkits, &leads.item[i]);
	mark_active(run, toolkits);
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

bool
machine_survey(struct run *run, unsigned needs, const struct spec *wanted, struct machine *out)
{
	if (needs & NEED_TOOLKITS)
		survey_toolkits(run, wanted, &out->toolkits);
	if ((needs & NEED_TORCH) && !survey_torch(run, out))
		return false;
	if (needs & NEED_COMPILERS)
		inspect_compilers(run, &out->compilers);
	return true;
}
