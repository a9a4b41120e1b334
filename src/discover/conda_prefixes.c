/*
 * Where a user's conda environments are: CONDA_PREFIX, ~/.conda/environments.txt, envs/ of each
 * installation, the envs_dirs that a .condarc or a variable names, micromamba's root and pixi's
 * project folders (documentation of conda, micromamba, pixi).
 */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/trust.h"
#include "base/world.h"
#include "discover/source.h"

static void
add(struct run *run, struct strings *out, const char *prefix)
{
	strings_add(&run->arena, out, path_clean(&run->arena, run->cwd, prefix));
}

/* Every environment in a folder of environments. */
static void
add_envs(struct run *run, struct strings *out, const char *directory)
{
	struct strings names = { 0 };

	if (!directory)
		return;
	world_list(run, directory, &names);
	for (size_t i = 0; i < names.n; i++)
		if (names.item[i][0] != '.')
			add(run, out, path_join(&run->arena, directory, names.item[i]));
}

static void
add_installation(struct run *run, struct strings *out, const char *base)
{
	if (!base || base[0] != '/' || !world_is_dir(run, base))
		return;
	add(run, out, base);
	add_envs(run, out, path_join(&run->arena, base, "envs"));
}

static void
add_listed(struct run *run, struct strings *out)
{
	const char *file = home_path(run, ".conda/environments.txt"), *line;
	struct blob text;
	size_t at = 0, length;

	if (!file || !trust_read(run, "conda", file, 1024 * 1024, &text))
		return;
	while (blob_line(&text, &at, &line, &length)) {
		const char *prefix = str_trim(&run->arena, line, length);

		if (prefix[0] == '/')
			add(run, out, prefix);
	}
}

/* One word of envs_dirs, perhaps quoted, perhaps with "~". */
static void
add_envs_dir(struct run *run, struct strings *out, const char *text, size_t length)
{
	const char *directory;

	while (length && strchr(" \t\"'", *text))
		text++, length--;
	while (length && strchr(" \t\"'", text[length - 1]))
		length--;
	directory = str_copy(&run->arena, text, length);
	if (str_starts(directory, "~/"))
		directory = home_path(run, directory + 2);
	if (directory && directory[0] == '/')
		add_envs(run, out, directory);
}

/* The words between "[" and "]". */
static void
add_flow(struct run *run, struct strings *out, const char *text)
{
	for (text = strchr(text, '['); text && (*text == '[' || *text == ',');) {
		size_t n = strcspn(++text, ",]");

		add_envs_dir(run, out, text, n);
		text += n;
	}
}

/* "envs_dirs: [a, b]", or one "- a" on each line below it. */
static void
add_condarc(struct run *run, struct strings *out, const char *file)
{
	struct blob text;
	const char *line;
	size_t at = 0, length;
	bool inside = false;

	if (!file || !trust_read(run, "conda", file, 65536, &text))
		return;
	while (blob_line(&text, &at, &line, &length)) {
		const char *word = str_trim(&run->arena, line, length);

		if (str_starts(word, "envs_dirs:") || str_starts(word, "envs_path:")) {
			inside = true;
			add_flow(run, out, word);
		} else if (inside && str_starts(word, "- ")) {
			add_envs_dir(run, out, word + 1, strlen(word) - 1);
		} else if (*word && *word != '#') {
			inside = false;
		}
	}
}

/* pixi: .pixi/envs/NAME of the project that is active, or that the working directory is in. */
static void
add_pixi(struct run *run, struct strings *out)
{
	const char *project = run_env(run, "PIXI_PROJECT_ROOT"), *directory = run->cwd;

	if (project && project[0] == '/')
		add_envs(run, out, path_join(&run->arena, project, ".pixi/envs"));
	for (int depth = 0; depth < 16 && strcmp(directory, "/") != 0; depth++) {
		add_envs(run, out, path_join(&run->arena, directory, ".pixi/envs"));
		directory = path_parent(&run->arena, directory);
	}
}

static void
add_by_variables(struct run *run, struct strings *out)
{
	static const char *const lists[] = { "CONDA_ENVS_DIRS", "CONDA_ENVS_PATH" };
	const char *prefix = run_env(run, "CONDA_PREFIX"), *program = run_env(run, "CONDA_EXE");

	if (prefix && prefix[0] == '/')
		add(run, out, prefix);
	if (program)
		add_installation(run, out,
				 path_parent(&run->arena, path_parent(&run->arena, program)));
	add_installation(run, out, run_env(run, "MAMBA_ROOT_PREFIX"));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const char *list = run_env(run, lists[i]);
		struct strings dirs = str_split(&run->arena, list ? list : "", ':');

		for (size_t j = 0; j < dirs.n; j++)
			add_envs_dir(run, out, dirs.item[j], strlen(dirs.item[j]));
	}
}

struct strings
conda_prefixes(struct run *run)
{
	static const char *const own[] = { "miniconda3", "anaconda3",  "miniforge3",
					   "mambaforge", "micromamba", ".local/share/mamba",
					   "miniconda",  "anaconda" };
	static const char *const shared[] = { "/opt/conda", "/opt/miniconda3", "/opt/anaconda3",
					      "/opt/miniforge3" };
	struct strings out = { 0 };

	add_by_variables(run, &out);
	add_listed(run, &out);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		add_installation(run, &out, home_path(run, own[i]));
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		add_installation(run, &out, shared[i]);
	add_condarc(run, &out, home_path(run, ".condarc"));
	add_condarc(run, &out, "/etc/conda/.condarc");
	add_envs(run, &out, home_path(run, ".conda/envs"));
	add_pixi(run, &out);
	strings_sort(&out);
	return out;
}
