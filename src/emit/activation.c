/*
 * What switching means. Consumers look in six places and each in another order (torch: CUDA_HOME; CMake: CUDAToolkit_ROOT,
 * CUDACXX, PATH; FindCUDA: CUDA_PATH, CUDA_ROOT), so all are set together. LIBRARY_PATH, CPATH and MANPATH are left alone:
 * nvcc.profile leads nvcc to its own headers and libraries, and CPATH would beat every -isystem.
 *
 * For each variable NAME that it changes, an activation leaves CUENV_NAME_SAVED: the length of what it set, a blank, what it
 * set, and then "-" (NAME was unset), "=" and the old value, or "+" (a list that had elements, which are still there). The name
 * does not end in PATH, which fish and xonsh would take for a list. Leaving gives a variable back only while it still is
 * what an activation set.
 *
 * Two more variables are the shell's own, and are handed over by the functions of `cuenv init` only: what a venv's deactivate
 * will make PATH again, and what an activation once put on PATH and took out again, which deactivating may bring back.
 */
#include "emit/activation.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/emit.h"
#include "emit/list.h"

struct memory { const char *ours; char mark; const char *old; };

static void
change_add(struct run *run, struct changes *to, enum change_kind kind, const char *name, const char *value)
{
	*list_add(&run->arena, to) = (struct change){ kind, name, value };
}

static const char *
memory_name(struct run *run, const char *name)
{
	return str_format(&run->arena, "CUENV_%s_SAVED", name);
}

/* False for a text that no activation wrote. */
static bool
memory_read(struct run *run, const char *name, struct memory *out)
{
	const char *text = list_env(run->environ, memory_name(run, name));
	char *end;
	unsigned long length;

	if (!text || *text < '0' || *text > '9')
		return false;
	length = strtoul(text, &end, 10);
	if (*end != ' ' || strlen(end + 1) <= length || !strchr("-=+", end[1 + length]))
		return false;
	*out = (struct memory){ str_copy(&run->arena, end + 1, length), end[1 + length], end + 2 + length };
	return true;
}

static void
memory_write(struct run *run, struct changes *to, const char *name, const char *ours, char mark, const char *old)
{
	change_add(run, to, CHANGE_SET, memory_name(run, name),
		   str_format(&run->arena, "%zu %s%c%s", strlen(ours), ours, mark, old));
}

/* A variable of one value: wanted, or NULL to give back what was there. */
static void
scalar(struct run *run, struct changes *to, const char *name, const char *wanted)
{
	const char *now = list_env(run->environ, name);
	struct memory memory;
	bool known = memory_read(run, name, &memory), ours = known && str_same(now, memory.ours);
	const char *before = !ours ? now : memory.mark == '=' ? memory.old : NULL;

	if (wanted) {
		change_add(run, to, CHANGE_SET, name, wanted);
		memory_write(run, to, name, wanted, before ? '=' : '-', before ? before : "");
	} else if (known) {
		if (ours)
			change_add(run, to, before ? CHANGE_SET : CHANGE_UNSET, name, before);
		change_add(run, to, CHANGE_UNSET, memory_name(run, name), NULL);
	}
}

/* Adds the elements so that they stand in their order. */
static void
prepend_all(struct run *run, struct changes *to, const char *name, const struct strings *elements)
{
	for (size_t i = elements->n; i-- > 0;)
		change_add(run, to, CHANGE_PREPEND, name, elements->item[i]);
}

/* Takes out what an activation put in; says what the list then is. */
static const char *
remove_all(struct run *run, struct changes *to, const char *name, const char *list, const struct strings *elements)
{
	for (size_t i = 0; i < elements->n; i++)
		if (list_has(list, elements->item[i])) {
			change_add(run, to, CHANGE_REMOVE, name, elements->item[i]);
			list = list_remove(&run->arena, list, elements->item[i]);
		}
	return list;
}

static void
list_change(struct run *run, struct changes *to, const char *name, const struct strings *wanted)
{
	const char *before = list_env(run->environ, name);
	struct memory memory;
	bool known = memory_read(run, name, &memory);

	if (known && before && *before) {
		const struct strings ours = str_split(&run->arena, memory.ours, ':');

		before = remove_all(run, to, name, before, &ours);
		if (!before && memory.mark == '=') {
			change_add(run, to, CHANGE_SET, name, "");
			before = "";
		}
	}
	prepend_all(run, to, name, wanted);
	if (wanted->n)
		memory_write(run, to, name, strings_join(&run->arena, wanted, ":"), !before ? '-' : *before ? '+' : '=', "");
	else if (known)
		change_add(run, to, CHANGE_UNSET, memory_name(run, name), NULL);
}

/* Elements that an activation put on PATH and took out again, where the shell's function says them. */
static struct strings
left_elements(struct run *run)
{
	const char *text = list_env(run->environ, ACTIVATION_LEFT);
	struct strings all = str_split(&run->arena, text ? text : "", ':'), left = { 0 };
	struct memory memory = { .ours = "" };

	memory_read(run, "PATH", &memory);
	for (size_t i = 0; i < all.n; i++)
		if (*all.item[i] && !list_has(memory.ours, all.item[i]))
			strings_add(&run->arena, &left, all.item[i]);
	return left;
}

/* What is on PATH by the last activation. */
static void
add_ours(struct run *run, struct strings *to)
{
	struct memory memory;
	struct strings ours = { 0 };

	if (memory_read(run, "PATH", &memory))
		ours = str_split(&run->arena, memory.ours, ':');
	for (size_t i = 0; i < ours.n; i++)
		strings_add_once(&run->arena, to, ours.item[i]);
}

/* A venv that was activated keeps the PATH that it found: leaving it would bring back what we took out, or lose what we put in. */
static void
venv(struct run *run, struct changes *to, const struct strings *wanted)
{
	const char *kept = list_env(run->environ, ACTIVATION_VENV);
	struct strings old = left_elements(run);

	if (!kept || !*kept)
		return;
	add_ours(run, &old);
	remove_all(run, to, ACTIVATION_VENV, kept, &old);
	prepend_all(run, to, ACTIVATION_VENV, wanted);
}

/* Takes out what came back, and writes down what should not: all that was ours and now is not there. */
static void
path_change(struct run *run, struct changes *to, const struct strings *wanted)
{
	struct strings left = left_elements(run), gone = { 0 };
	const char *path;

	remove_all(run, to, "PATH", list_env(run->environ, "PATH"), &left);
	list_change(run, to, "PATH", wanted);
	if (!list_env(run->environ, ACTIVATION_LEFT))
		return;
	add_ours(run, &left);
	path = changes_value(run, to, "PATH");
	for (size_t i = 0; i < left.n; i++)
		if (!list_has(path, left.item[i]))
			strings_add_once(&run->arena, &gone, left.item[i]);
	change_add(run, to, CHANGE_SET, ACTIVATION_LEFT, strings_join(&run->arena, &gone, ":"));
}

struct changes
activation_changes(struct run *run, const struct toolkit *toolkit, const struct extras *extras)
{
	struct wanted wanted;
	struct changes to = { 0 };

	if (!activation_wanted(run, toolkit, extras, &wanted))
		return to;
	path_change(run, &to, &wanted.path);
	venv(run, &to, &wanted.path);
	list_change(run, &to, "LD_LIBRARY_PATH", &wanted.libraries);
	for (size_t i = 0; i < WANTED_SCALARS; i++)
		scalar(run, &to, wanted.scalar[i].name, wanted.scalar[i].value);
	return to;
}

struct changes
activation_plain(struct run *run, const struct toolkit *toolkit, const struct extras *extras)
{
	struct wanted wanted;
	struct changes to = { 0 };

	if (!activation_wanted(run, toolkit, extras, &wanted))
		return to;
	prepend_all(run, &to, "PATH", &wanted.path);
	prepend_all(run, &to, "LD_LIBRARY_PATH", &wanted.libraries);
	for (size_t i = 0; i < WANTED_SCALARS; i++)
		if (wanted.scalar[i].value)
			change_add(run, &to, CHANGE_SET, wanted.scalar[i].name, wanted.scalar[i].value);
	return to;
}

const char *
activation_root(struct run *run)
{
	struct memory memory;

	return memory_read(run, "CUDA_HOME", &memory) ? memory.ours : NULL;
}

/* What PATH has done to ours; NULL: nothing. An nvcc before ours is the one that CMake and a person would get. */
static const char *
path_drift(struct run *run, const char *path, const char *ours)
{
	struct strings elements = str_split(&run->arena, path ? path : "", ':');

	if (!list_has(path, ours))
		return str_format(&run->arena, "PATH has lost %s, as when a venv or conda environment is left", ours);
	for (size_t i = 0; i < elements.n && !str_same(elements.item[i], ours); i++)
		if (elements.item[i][0] == '/' && world_is_program(run, path_join(&run->arena, elements.item[i], "nvcc")))
			return str_format(&run->arena, "PATH has %s, with an nvcc, before %s, as when a conda environment is "
					  "activated", elements.item[i], ours);
	return NULL;
}

static const char *
came_back(struct run *run, const char *path)
{
	struct strings left = left_elements(run);

	for (size_t i = 0; i < left.n; i++)
		if (list_has(path, left.item[i]))
			return str_format(&run->arena, "PATH has %s again, as when a venv or conda environment is left",
					  left.item[i]);
	return NULL;
}

const char *
activation_drift(struct run *run)
{
	static const char *const names[] = { "CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT", "CUDACXX" };
	const char *path = list_env(run->environ, "PATH"), *said = came_back(run, path);
	struct memory memory;

	if (!said && memory_read(run, "PATH", &memory))
		said = path_drift(run, path, memory.ours);
	for (size_t i = 0; !said && i < sizeof(names) / sizeof(names[0]); i++)
		if (memory_read(run, names[i], &memory) && !str_same(list_env(run->environ, names[i]), memory.ours))
			said = str_format(&run->arena, "%s is no longer %s, as when a module or conda environment sets it",
					  names[i], memory.ours);
	return said;
}

const char *
activation_unreached(struct run *run)
{
	return list_env(run->environ, ACTIVATION_VENV) ? NULL : run_env(run, "VIRTUAL_ENV");
}

char *const *
activation_apply(struct run *run, const struct changes *changes)
{
	struct strings names = { 0 };
	struct { char **item; size_t n; } out = { 0 };

	for (size_t i = 0; i < changes->n; i++)
		strings_add_once(&run->arena, &names, changes->item[i].name);
	for (char *const *at = run->environ; at && *at; at++) {
		const char *end = strchr(*at, '=');

		if (!end || !strings_has(&names, str_copy(&run->arena, *at, (size_t)(end - *at))))
			*list_add(&run->arena, &out) = *at;
	}
	for (size_t i = 0; i < names.n; i++) {
		const char *value = changes_value(run, changes, names.item[i]);

		if (value)
			*list_add(&run->arena, &out) = (char *)str_format(&run->arena, "%s=%s", names.item[i], value);
	}
	*list_add(&run->arena, &out) = NULL;
	return out.item;
}
