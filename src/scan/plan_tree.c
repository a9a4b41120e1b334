/*
 * Where nothing says what is built: every source below a folder, tests and build folders apart, with every folder that holds
 * headers, and those above it, as include directory. Links are not followed, so there are no loops.
 */
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/tree.h"
#include "scan/plan.h"

#define DEPTH_MAX 24
#define NAMES_MAX 200000
#define DIRS_MAX 100
#define SOURCES_MAX 4000	/* of one package; more is a whole machine, by mistake */

struct walk {
	struct run *run;
	struct scan_plan *plan;
	struct strings sources, dirs;
	int left;
	bool headers;		/* in the folder that was walked last, or below it */
};

bool
plan_is_source(const char *name, bool *cuda)
{
	*cuda = str_ends(name, ".cu");
	return *cuda || str_ends(name, ".cpp") || str_ends(name, ".cc") || str_ends(name, ".cxx");
}

static bool
is_header(const char *name)
{
	return str_ends(name, ".h") || str_ends(name, ".hpp") || str_ends(name, ".cuh") || str_ends(name, ".hh") ||
	       str_ends(name, ".inl");
}

static bool
is_apart(const char *name)
{
	static const char *const names[] = {
		"test", "tests", "testing", "unittest", "benchmark", "benchmarks", "example", "examples", "sample", "samples",
		"doc", "docs", "build", "CMakeFiles", "node_modules", "__pycache__",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_same(name, names[i]))
			return true;
	return name[0] == '.';
}

static void
look_at_file(struct walk *walk, const char *path, bool *headers)
{
	struct stat st;
	bool cuda;

	*headers = *headers || is_header(path);
	if (!plan_is_source(path, &cuda) || !world_stat(walk->run, path, &st))
		return;
	if (S_ISREG(st.st_mode))
		strings_add(&walk->run->arena, &walk->sources, path);
	else if (!S_ISDIR(st.st_mode))
		strings_add(&walk->run->arena,
			    &finding_add(walk->run, &walk->plan->findings, "CE815", SEVERITY_WARN,
					 "what is named like a source is no regular file, and is not read", NULL)->evidence, path);
}

static void
walk_dir(struct walk *walk, const char *dir, int depth)
{
	struct strings names = { 0 };
	struct arena *arena = &walk->run->arena;
	bool headers = false;
	const char *link;

	if (!world_list(walk->run, dir, &names))
		strings_add(arena, &finding_add(walk->run, &walk->plan->findings, "CE815", SEVERITY_WARN,
						"a folder of the sources cannot be read", NULL)->evidence,
			    str_format(arena, "%s: %s", dir, strerror(errno)));
	for (size_t i = 0; i < names.n && walk->left > 0 && walk->sources.n <= SOURCES_MAX; i++) {
		const char *path = path_join(arena, dir, names.item[i]);

		walk->left--;
		if (names.item[i][0] == '.' || world_readlink(walk->run, path, &link))
			continue;
		if (!world_is_dir(walk->run, path)) {
			look_at_file(walk, path, &headers);
		} else if (depth < DEPTH_MAX && !is_apart(names.item[i])) {
			walk->headers = false;
			walk_dir(walk, path, depth + 1);
			headers = headers || walk->headers;
		}
	}
	walk->headers = headers;
	if (headers && walk->dirs.n < DIRS_MAX)
		strings_add(arena, &walk->dirs, dir);
}

/* What check reads of the same files: the -std and the -D that their text names. */
static void
read_flags(struct run *run, const struct profile *text, struct scan_flags *flags)
{
	if (text->pins.n) {
		flags->std = text->pins.item[0].std;
		flags->std_by = text->pinned_by;
	}
	for (size_t i = 0; i < text->defines.n; i++)
		strings_add_once(&run->arena, &flags->defines, text->defines.item[i]);
}

bool
plan_tree(struct run *run, struct scan_plan *plan, struct plan_pair *pair)
{
	struct walk walk = { .run = run, .plan = plan, .left = NAMES_MAX };
	struct profile text = { 0 };
	const struct scan_flags *shared[2];
	bool cuda;

	walk_dir(&walk, plan->dir, 0);
	if (walk.sources.n > SOURCES_MAX || walk.left <= 0)
		return run_fail(run, "%s: too much lies there to be one package's sources; name the package's folder: "
				"cuenv scan DIR", plan->dir);
	tree_read(run, plan->dir, &text);
	run->error = NULL;	/* a setup.py that is none tells nothing */
	for (int i = PLAN_CXX; i <= PLAN_CUDA; i++) {
		read_flags(run, &text, &pair->flags[i]);
		for (size_t k = walk.dirs.n; k-- > 0;)	/* the folder itself first */
			strings_add_once(&run->arena, &pair->flags[i].include_dirs, walk.dirs.item[k]);
		shared[i] = plan_share(run, plan, &pair->flags[i]);
	}
	for (size_t i = 0; i < walk.sources.n; i++) {
		plan_is_source(walk.sources.item[i], &cuda);
		plan_add(run, plan, walk.sources.item[i], shared[cuda ? PLAN_CUDA : PLAN_CXX]);
	}
	plan->from = "all sources that lie there; flags and include directories as far as setup.py's text tells, not certain";
	plan->guessed = plan->flagless = true;
	return walk.sources.n > 0;
}
