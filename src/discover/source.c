#include "discover/source.h"

#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/trust.h"
#include "base/world.h"

#define NEAR 8 /* how far back a repeated lead is noticed here; machine.c joins the others */
#define LINES_MAX (1024 * 1024) /* lists are text that people write; more is no list */

#define SOURCE(id) extern const struct source source_##id;
#include "discover/sources.def"
#undef SOURCE

const struct source *const sources[] = {
#define SOURCE(id) &source_##id,
#include "discover/sources.def"
#undef SOURCE
};
const int source_count = (int)(sizeof(sources) / sizeof(sources[0]));

static void
add(struct run *run, struct leads *leads, struct lead lead)
{
	lead.path = path_clean(&run->arena, run->cwd, lead.path);
	for (size_t i = leads->n; i > 0 && leads->n - i < NEAR; i--)
		if (leads->item[i - 1].source == lead.source &&
		    leads->item[i - 1].is_nvcc == lead.is_nvcc &&
		    strcmp(leads->item[i - 1].path, lead.path) == 0)
			return;
	*list_add(&run->arena, leads) = lead;
}

void
lead_root(struct run *run, struct leads *leads, const struct source *source, const char *path,
	  const char *saw)
{
	add(run, leads, (struct lead){ path, source->name, saw, false });
}

void
lead_nvcc(struct run *run, struct leads *leads, const struct source *source, const char *path,
	  const char *saw)
{
	add(run, leads, (struct lead){ path, source->name, saw, true });
}

void
lead_children(struct run *run, struct leads *leads, const struct source *source,
	      const char *directory, const char *prefix)
{
	struct strings names = { 0 };

	if (!world_list(run, directory, &names))
		return;
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], prefix)) {
			const char *path = path_join(&run->arena, directory, names.item[i]);

			lead_root(run, leads, source, path, path);
		}
}

void
lead_versions(struct run *run, struct leads *leads, const struct source *source,
	      const char *directory)
{
	struct strings names = { 0 };

	if (!world_list(run, directory, &names))
		return;
	for (size_t i = 0; i < names.n; i++)
		if (isdigit((unsigned char)names.item[i][0])) {
			const char *path = path_join(&run->arena, directory, names.item[i]);

			lead_root(run, leads, source, path, path);
		}
}

void
lead_lines(struct run *run, struct leads *leads, const struct source *source, const char *file)
{
	struct blob text;
	const char *line;
	size_t at = 0, length;

	if (!trust_read(run, source->name, file, LINES_MAX, &text))
		return;
	while (blob_line(&text, &at, &line, &length)) {
		const char *path = str_trim(&run->arena, line, length);

		if (path[0] == '/')
			lead_root(run, leads, source, path, file);
	}
}

struct strings
programs_on_path(struct run *run, const char *name)
{
	const char *path = run_env(run, "PATH");
	struct strings dirs = str_split(&run->arena, path ? path : "", ':'), out = { 0 };

	for (size_t i = 0; i < dirs.n; i++) {
		const char *program = path_join(&run->arena, dirs.item[i], name);

		if (program[0] == '/' && world_is_program(run, program))
			strings_add_once(&run->arena, &out, program);
	}
	return out;
}

const char *
home_path(struct run *run, const char *name)
{
	const char *home = run_env(run, "HOME");

	return home && home[0] == '/' ? path_join(&run->arena, home, name) : NULL;
}
