/* What the extensions of a setup.py are made of, as units to compile. */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/world.h"
#include "scan/plan.h"
#include "scan/plan_python.h"

#define SETUP_MAX ((size_t)1 << 20)
#define EXTENSIONS 100

/* The last line that says -std=c++NN as it came out, else the call itself. */
static const char *
std_line(struct run *run, const struct reading_setup *r, int std, const char *call)
{
	for (size_t i = r->tokens.n; std && i-- > 0;)
		if (r->tokens.item[i].kind == TOKEN_TEXT && cxx_standard(r->tokens.item[i].text) == std)
			return str_format(&run->arena, "setup.py:%d", r->tokens.item[i].line);
	return call;
}

static const struct strings *
args_for(const struct extension *e, const char *compiler)
{
	for (size_t i = 0; i < e->args.entries.n; i++)
		if (str_same(e->args.entries.item[i].key, compiler))
			return &e->args.entries.item[i].value.texts;
	return &e->args.texts;	/* a list is for both */
}

/* In the order of torch's build: the package's macros and folders, torch's flags, the package's own, torch's last. */
static void
fill_pair(struct run *run, const struct scan_plan *plan, const struct reading_setup *r, const struct extension *e,
	  struct plan_responses *responses, struct plan_pair *pair)
{
	const char *name = e->name ? strrchr(e->name, '.') : NULL;

	for (int i = PLAN_CXX; i <= PLAN_CUDA; i++) {
		struct scan_flags *flags = &pair->flags[i];

		for (size_t k = 0; k < e->macros.texts.n; k++)
			strings_add(&run->arena, &flags->defines, e->macros.texts.item[k]);
		for (size_t k = 0; k < e->include_dirs.texts.n; k++) {
			const char *dir = path_clean(&run->arena, plan->dir, e->include_dirs.texts.item[k]);

			if (world_is_dir(run, dir))
				strings_add_once(&run->arena, &flags->include_dirs, dir);
		}
	}
	plan_torch_before(run, plan, pair);
	for (int i = PLAN_CXX; i <= PLAN_CUDA; i++) {
		struct scan_flags *flags = &pair->flags[i];

		plan_flags(run, plan, args_for(e, i == PLAN_CXX ? "cxx" : "nvcc"), 0, plan->dir, NULL, responses, flags,
			   NULL);
		if (flags->std)
			flags->std_by = std_line(run, r, flags->std, str_format(&run->arena, "setup.py:%d", e->line));
	}
	plan_torch_after(run, plan, name ? name + 1 : e->name ? e->name : "_ext", pair);
}

static void
add_extension(struct run *run, const struct reading_setup *r, const struct extension *e, struct scan_plan *plan,
	      struct plan_responses *responses, struct strings *absent)
{
	struct plan_pair pair = { 0 };
	const struct scan_flags *shared[2] = { NULL, NULL };
	struct names seen = { 0 };

	fill_pair(run, plan, r, e, responses, &pair);
	for (size_t i = 0; i < e->sources.texts.n; i++) {
		const char *file = path_clean(&run->arena, plan->dir, e->sources.texts.item[i]);
		bool cuda;

		if (!plan_is_source(file, &cuda) || !names_add(&run->arena, &seen, file))
			continue;
		if (!world_is_file(run, file)) {
			strings_add(&run->arena, absent,
				    str_format(&run->arena, "setup.py:%d: %s", e->line, e->sources.texts.item[i]));
			continue;
		}
		if (!shared[cuda])
			shared[cuda] = plan_share(run, plan, &pair.flags[cuda ? PLAN_CUDA : PLAN_CXX]);
		plan_add(run, plan, file, shared[cuda]);
	}
}

bool
plan_setup(struct run *run, const struct strings *env, struct scan_plan *plan)
{
	const char *file = path_join(&run->arena, plan->dir, "setup.py");
	struct reading_setup *r = arena_alloc(&run->arena, sizeof(*r));
	struct plan_responses responses = { 0 };
	struct strings absent = { 0 };
	struct blob text;

	if (!world_read(run, file, SETUP_MAX, &text))
		return false;
	*r = (struct reading_setup){ .run = run, .machine = plan->machine, .dir = plan->dir, .env = env };
	python_tokens(run, &text, &r->tokens);
	setup_read(r);
	if (r->extensions.n > EXTENSIONS)
		run_left_out(run, file, str_format(&run->arena, "%d of its %zu extensions are read", EXTENSIONS, r->extensions.n));
	for (size_t i = 0; i < r->extensions.n && i < EXTENSIONS; i++)
		add_extension(run, r, &r->extensions.item[i], plan, &responses, &absent);
	if (!plan->units.n)
		return false;
	if (absent.n) {
		struct finding *finding = finding_add(run, &plan->findings, "CE815", SEVERITY_WARN,
						      "sources that setup.py names are not there", NULL);

		for (size_t i = 0; i < absent.n && i < 4; i++)
			strings_add(&run->arena, &finding->evidence, absent.item[i]);
	}
	plan->from = "setup.py, read as text";
	plan->guessed = true;
	return true;
}
