/*
 * A version file comes from whoever made the folder, a cloned project or a stranger in /tmp: it holds one SPEC that is no
 * path, and nothing else. What is not a version may be a private file that a link leads to, so nothing of it is quoted. (rbenv
 * and pyenv ran a foreign binary for a path in such a file, CVE-2022-35861; git acted on a parent folder of another owner,
 * CVE-2022-24765.)
 */
#define _GNU_SOURCE
#include "select/choice.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/remember.h"
#include "base/spec.h"
#include "base/str.h"
#include "base/trust.h"
#include "base/world.h"
#include "select/select.h"

#define LONGEST 1024	/* bytes of a version file */

/* PWD, where it is the working directory: a shell's name for it may go through links, and its hook looks along that name. */
static const char *
here(struct run *run)
{
	const char *name = run_env(run, "PWD");
	struct stat named, real;

	if (run->root[0] || !name || name[0] != '/' || strstr(name, "/..") || !world_stat(run, name, &named) ||
	    !world_stat(run, run->cwd, &real) || named.st_dev != real.st_dev || named.st_ino != real.st_ino)
		return run->cwd;
	return path_clean(&run->arena, run->cwd, name);
}

const char *
choice_local(struct run *run)
{
	return path_join(&run->arena, here(run), CHOICE_FILE);
}

const char *
choice_global(struct run *run)
{
	return config_file(run, "version");
}

const char *
choice_nearest(struct run *run)
{
	const char *folder = here(run);
	struct stat st;

	for (;; folder = path_parent(&run->arena, folder)) {
		const char *file = path_join(&run->arena, folder, CHOICE_FILE);

		if (world_stat(run, file, &st) || (errno != ENOENT && errno != ENOTDIR && errno != EACCES))
			return file;
		if (folder[0] != '/' || !folder[1])
			return NULL;
	}
}

static const char *
trimmed(struct arena *arena, const struct blob *blob)
{
	static const char blanks[] = " \t\r\n";
	const char *text = blob->data + strspn(blob->data, blanks);
	size_t length = strlen(text);

	while (length && strchr(blanks, text[length - 1]))
		length--;
	return str_copy(arena, text, length);
}

/* One SPEC between blanks and ends of lines, as written under Windows too. */
static bool
read_spec(struct run *run, const char *file, const char **out)
{
	struct blob blob;
	struct spec spec;
	struct stat st;
	const char *text, *why;

	if (!world_stat(run, file, &st))
		return run_fail(run, "cannot read %s: %s", file, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return run_fail(run, "%s is %s, not a file with a version", file,
				S_ISDIR(st.st_mode) ? "a directory" : "a pipe or device");
	if (!trust_path(run, file, &why))
		return run_fail(run, "%s, so %s is not heeded; say the version yourself: CUENV_VERSION=12.4", why,
				str_starts(why, file) ? "it" : str_format(&run->arena, "%s below it", path_name(file)));
	if (st.st_size > LONGEST)
		return run_fail(run, "%s has %lld bytes: it should hold one version and nothing else", file, (long long)st.st_size);
	if (!world_read(run, file, LONGEST, &blob))
		return run_fail(run, "cannot read %s: %s", file, strerror(errno));
	if (strlen(blob.data) != blob.size)
		return run_fail(run, "%s is binary: it should hold one version and nothing else", file);
	text = trimmed(&run->arena, &blob);
	if (!spec_parse(text, &spec) || spec.kind == SPEC_PATH)
		return run_fail(run, "%s holds no version; " SPEC_GRAMMAR, file);
	*out = text;
	return true;
}

bool
choice_read(struct run *run, const char *file, struct chosen *out)
{
	struct chosen chosen = { NULL, file };
	struct stat st;

	if (!world_stat(run, file, &st) && (errno == ENOENT || errno == ENOTDIR)) {
		*out = (struct chosen){ 0 };
		return true;
	}
	if (!read_spec(run, file, &chosen.spec))
		return false;
	*out = chosen;
	return true;
}

bool
choice_make(struct run *run, struct chosen *out)
{
	const char *text = run_env(run, "CUENV_VERSION"), *file;
	struct chosen chosen = { 0 };
	struct spec spec;

	if (text) {
		if (!spec_parse(text, &spec) || (spec.kind == SPEC_PATH && text[0] != '/'))
			return run_fail(run, "CUENV_VERSION: '%.60s' is no version; " SPEC_GRAMMAR, text);
		*out = (struct chosen){ text, "CUENV_VERSION" };
		return true;
	}
	file = choice_nearest(run);
	if (!file)
		file = choice_global(run);
	if (file && !choice_read(run, file, &chosen))
		return false;
	*out = chosen.spec ? chosen : (struct chosen){ "system", NULL };
	return true;
}

static const char *
differs(struct run *run, const struct machine *machine, const struct choice_state *c, const char *why)
{
	const char *taken = "finds no toolkit";

	if (c->taken)
		taken = str_format(&run->arena, "takes %s (%s)", version_text(&run->arena, &c->taken->version, 0),
				   machine->active_by);
	if (!c->chosen)
		return str_format(&run->arena, "chosen here: %s, by %s, which is not to be had (%s); a build started now %s",
				  c->spec, c->origin, why, taken);
	return str_format(&run->arena, "chosen here: %s, by %s; a build started now %s",
			  version_text(&run->arena, &c->chosen->version, 0), c->origin, taken);
}

struct choice_state
choice_here(struct run *run, const struct machine *machine)
{
	struct choice_state out = { 0 };
	struct selection selection;
	struct chosen chosen;

	for (size_t i = 0; i < machine->toolkits.n; i++)
		if (machine->toolkits.item[i].active)
			out.taken = &machine->toolkits.item[i];
	if (!choice_make(run, &chosen)) {
		out.differs = run->error;
		run->error = NULL;
		return out;
	}
	out.spec = chosen.spec;
	out.origin = chosen.origin;
	selection = select_toolkit(&run->arena, machine, chosen.spec, false);
	out.chosen = selection.toolkit;
	if (chosen.origin && !(out.chosen && out.chosen == out.taken))
		out.differs = differs(run, machine, &out, selection.why);
	return out;
}
