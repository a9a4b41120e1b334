/*
 * Which files a build would compile, and how: compile_commands.json where one is named, else setup.py read as text, in the
 * environment that the package's profile gives its build, else what CMake has left, else all sources that lie there.
 */
#include "scan/plan.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/tree.h"

#define SHARED_BACK 32	/* units that are looked back on for the same flags */
#define UPWARD 6	/* folders that are looked at for the package of a file that was named */

static bool
same_list(const struct strings *a, const struct strings *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_same(a->item[i], b->item[i]))
			return false;
	return true;
}

static bool
same_flags(const struct scan_flags *a, const struct scan_flags *b)
{
	return a->cuda == b->cuda && a->std == b->std && same_list(&a->include_dirs, &b->include_dirs) &&
	       same_list(&a->system_dirs, &b->system_dirs) && same_list(&a->defines, &b->defines) &&
	       same_list(&a->undefines, &b->undefines) && same_list(&a->forced, &b->forced) && same_list(&a->macros, &b->macros) &&
	       same_list(&a->others, &b->others) && same_list(&a->left_out, &b->left_out);
}

const struct scan_flags *
plan_share(struct run *run, const struct scan_plan *plan, const struct scan_flags *flags)
{
	struct scan_flags *own;

	for (size_t i = plan->units.n; i-- > 0 && i + SHARED_BACK >= plan->units.n;)
		if (same_flags(plan->units.item[i].flags, flags))
			return plan->units.item[i].flags;
	own = arena_alloc(&run->arena, sizeof(*own));
	*own = *flags;
	return own;
}

void
plan_add(struct run *run, struct scan_plan *plan, const char *file, const struct scan_flags *flags)
{
	if (plan->units.n < PLAN_UNITS)
		*list_add(&run->arena, &plan->units) = (struct scan_unit){ file, flags };
	else
		run_left_out(run, plan->dir, str_format(&run->arena, "%d files of one build are looked at", PLAN_UNITS));
}

/* The folder of the package that a file belongs to: the nearest upward that has a setup.py; its own where none has. */
static const char *
package_dir(struct run *run, const char *file)
{
	const char *own = path_parent(&run->arena, file), *dir = own;

	for (int i = 0; i < UPWARD && strlen(dir) > 1; i++) {
		if (world_is_file(run, path_join(&run->arena, dir, "setup.py")))
			return dir;
		dir = path_parent(&run->arena, dir);
	}
	return own;
}

/* What is known of the package, by --profile or by the name and version that its files state. */
static bool
identify(struct run *run, const struct scan_wish *wish, struct scan_plan *plan, struct profile *out)
{
	struct profile tree = { 0 };
	struct strings words = { 0 };

	tree_read(run, plan->dir, &tree);
	if (wish->profile) {
		words = str_split(&run->arena, wish->profile, '=');
		if (!profile_find(run, words.item[0], words.n == 3 ? words.item[2] : tree.version, out))
			return run->error ? false : run_fail(run, "nothing is known of %s; profiles are here of %s", wish->profile,
							     profile_names(run));
	} else if (!tree.name || !profile_find(run, tree.name, tree.version, out)) {
		*out = tree;
	}
	run->error = NULL;
	if (tree.name)
		plan->name = tree.version ? str_format(&run->arena, "%s %s", tree.name, tree.version) : tree.name;
	if (!out->pins.n)
		out->pins = tree.pins, out->pinned_by = tree.pinned_by;
	return true;
}

/* A build with CMake leaves its commands in the build folder, or somebody has linked them to the sources. */
static const char *
commands_of(struct run *run, const char *dir)
{
	static const char *const places[] = { "compile_commands.json", "build/compile_commands.json" };

	for (size_t i = 0; i < 2; i++)
		if (world_is_file(run, path_join(&run->arena, dir, places[i])))
			return path_join(&run->arena, dir, places[i]);
	return NULL;
}

static void
give_std(struct run *run, const struct scan_plan *plan, const struct profile *profile, struct plan_pair *pair)
{
	struct version version = { 0 };

	if (plan->machine->torch && plan->machine->torch->version)
		version_parse(plan->machine->torch->version, &version, NULL);
	for (int i = PLAN_CXX; i <= PLAN_CUDA; i++) {
		pair->flags[i].std = profile_pin(profile, &version);
		pair->flags[i].std_by = profile->pinned_by ? profile->pinned_by : profile->source;
	}
	plan_torch_after(run, plan, "_ext", pair);
}

static bool
plan_dir(struct run *run, const struct scan_wish *wish, struct scan_plan *plan)
{
	struct plan_pair pair = { 0 };
	struct profile profile = { 0 };
	struct strings env = { 0 };
	const char *commands = wish->compile_commands ? path_clean(&run->arena, run->cwd, wish->compile_commands) : NULL;

	if (!identify(run, wish, plan, &profile))
		return false;
	if (commands)
		return plan_commands(run, commands, plan);
	for (size_t i = 0; i < profile.env.n; i++)
		strings_add(&run->arena, &env, profile.env.item[i]);
	strings_add(&run->arena, &env, "FORCE_CUDA=1");
	if (plan_setup(run, &env, plan))
		return true;
	commands = commands_of(run, plan->dir);
	if (commands)
		return plan_commands(run, commands, plan);
	plan_torch_before(run, plan, &pair);
	give_std(run, plan, &profile, &pair);
	return plan_tree(run, plan, &pair) || !run->error;
}

/* As --repair does: a -std that is too low is raised. */
static void
raise_std(struct run *run, int std, struct scan_plan *plan)
{
	for (size_t i = 0; i < plan->units.n; i++) {
		struct scan_flags flags = *plan->units.item[i].flags;
		const struct scan_units before = { plan->units.item, i };

		if (!flags.std || flags.std >= std)
			continue;
		flags.std = std;
		flags.std_by = "--repair";
		plan->units.item[i].flags = plan_share(run, &(struct scan_plan){ .units = before }, &flags);
	}
}

#define LEFT_SHOWN 8

/* Said once for all files. */
static void
say_left_out(struct run *run, struct scan_plan *plan)
{
	struct strings words = { 0 };
	struct finding *finding;

	for (size_t i = 0; i < plan->units.n; i++)
		for (size_t k = 0; (i == 0 || plan->units.item[i].flags != plan->units.item[i - 1].flags) &&
				   k < plan->units.item[i].flags->left_out.n; k++)
			strings_add_once(&run->arena, &words, plan->units.item[i].flags->left_out.item[k]);
	if (!words.n)
		return;
	finding = finding_add(run, &plan->findings, "CE818", SEVERITY_NOTE,
			      "flags of the package that are not known to be harmless (they may load or run code) are given to no "
			      "compiler here", NULL);
	for (size_t i = 0; i < words.n && i < LEFT_SHOWN; i++)
		strings_add(&run->arena, &finding->evidence, str_format(&run->arena, "%.100s%s", words.item[i],
									strlen(words.item[i]) > 100 ? "…" : ""));
	if (words.n > LEFT_SHOWN)
		strings_add(&run->arena, &finding->evidence, str_format(&run->arena, "and %zu more", words.n - LEFT_SHOWN));
}

/* Of the package's plan just the files that were named; one that it does not have is compiled as its like. */
static bool
keep_named(struct run *run, const struct strings *files, struct scan_plan *plan)
{
	struct scan_units all = plan->units;
	struct strings real = { 0 };

	plan->units = (struct scan_units){ 0 };
	for (size_t k = 0; k < all.n; k++)
		strings_add(&run->arena, &real, world_real(run, all.item[k].file));
	for (size_t i = 0; i < files->n; i++) {
		const struct scan_flags *flags = NULL;
		const char *file = world_real(run, files->item[i]);
		bool cuda, exact = false;

		if (!plan_is_source(files->item[i], &cuda))
			return run_fail(run, "%s is no source: .cu, .cpp, .cc and .cxx are", files->item[i]);
		for (size_t k = 0; k < all.n && !exact; k++) {
			exact = str_same(real.item[k], file);
			if (exact || (!flags && all.item[k].flags->cuda == cuda))
				flags = all.item[k].flags;
		}
		if (!flags) {
			struct plan_pair pair = { 0 };

			plan_torch_before(run, plan, &pair);
			plan_torch_after(run, plan, "_ext", &pair);
			flags = plan_share(run, plan, &pair.flags[cuda ? PLAN_CUDA : PLAN_CXX]);
		}
		plan_add(run, plan, files->item[i], flags);
	}
	return true;
}

/* A folder, or files of one package; false with run->error. */
static bool
find_places(struct run *run, const struct scan_wish *wish, struct scan_plan *plan, struct strings *files)
{
	struct stat st;

	for (size_t i = 0; i < wish->paths.n; i++) {
		const char *path = path_clean(&run->arena, run->cwd, wish->paths.item[i]);

		if (!wish->paths.item[i][0])
			return run_fail(run, "an empty word names no folder and no file");
		if (!world_stat(run, path, &st))
			return run_fail(run, "%s: %s", wish->paths.item[i], strerror(errno));
		if (S_ISDIR(st.st_mode) && wish->paths.n > 1)
			return run_fail(run, "%s is a folder; name one folder, or files", wish->paths.item[i]);
		if (S_ISDIR(st.st_mode))
			plan->dir = path;
		else if (!S_ISREG(st.st_mode))
			return run_fail(run, "%s is no regular file", wish->paths.item[i]);
		else
			strings_add(&run->arena, files, path);
	}
	if (!wish->paths.n)
		plan->dir = run->cwd;
	if (files->n)
		plan->dir = package_dir(run, files->item[0]);
	return true;
}

bool
scan_plan(struct run *run, const struct machine *machine, const struct scan_wish *wish, struct scan_plan *out)
{
	struct scan_plan plan = { .machine = machine, .texts = scan_texts(run) };
	struct strings files = { 0 };

	if (!find_places(run, wish, &plan, &files) || !plan_dir(run, wish, &plan))
		return false;
	if (files.n && !keep_named(run, &files, &plan))
		return false;
	if (wish->std)
		raise_std(run, wish->std, &plan);
	if (!plan.units.n)
		return run_fail(run, "%s has no .cu, .cpp, .cc or .cxx that a build would compile",
				wish->compile_commands ? wish->compile_commands : plan.dir);
	say_left_out(run, &plan);
	if (files.n) {
		plan.from = str_format(&run->arena, "as named; flags: %s", plan.from);
		plan.dir = NULL;
	}
	*out = plan;
	return true;
}
