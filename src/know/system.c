/*
 * os-release(5) names the distribution and what it is made from (ID_LIKE). In a container there is mostly no sudo, and no
 * apt list either; root needs none. All of it is read from files, so that it can be asked of a recorded machine.
 */
#include "know/system.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/world.h"

/* A value of os-release, without its quotes; "" where it has none. */
static const char *
value(struct run *run, const struct blob *text, const char *key)
{
	const char *line;
	size_t at = 0, length, n = strlen(key);

	while (blob_line(text, &at, &line, &length))
		if (length > n && strncmp(line, key, n) == 0 && line[n] == '=') {
			const char *found = str_trim(&run->arena, line + n + 1, length - n - 1);

			if (*found == '"' || *found == '\'')
				found = str_copy(&run->arena, found + 1, strcspn(found + 1, "\"'"));
			return found;
		}
	return "";
}

static enum distribution
of_id(const char *id)
{
	static const struct {
		const char *id;
		enum distribution is;
	} rows[] = {
		{ "debian", SYSTEM_DEBIAN },      { "ubuntu", SYSTEM_UBUNTU },
		{ "fedora", SYSTEM_FEDORA },      { "rhel", SYSTEM_RHEL },
		{ "centos", SYSTEM_RHEL },        { "rocky", SYSTEM_RHEL },
		{ "almalinux", SYSTEM_RHEL },     { "ol", SYSTEM_RHEL },
		{ "suse", SYSTEM_SUSE },          { "opensuse", SYSTEM_SUSE },
		{ "opensuse-leap", SYSTEM_SUSE }, { "opensuse-tumbleweed", SYSTEM_SUSE },
		{ "sles", SYSTEM_SUSE },          { "arch", SYSTEM_ARCH },
		{ "gentoo", SYSTEM_GENTOO },      { "nixos", SYSTEM_NIXOS },
		{ "guix", SYSTEM_GUIX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_same(rows[i].id, id))
			return rows[i].is;
	return SYSTEM_OTHER;
}

/* The releases that others are made from, by the codename that they keep. */
static const char *
release_of(const char *codename)
{
	static const char *const rows[][2] = {
		{ "focal", "20.04" }, { "jammy", "22.04" }, { "noble", "24.04" },
		{ "bullseye", "11" }, { "bookworm", "12" }, { "trixie", "13" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_same(rows[i][0], codename))
			return rows[i][1];
	return NULL;
}

static bool
os_release(struct run *run, struct blob *out)
{
	return world_read(run, "/etc/os-release", 1 << 16, out) ||
	       world_read(run, "/usr/lib/os-release", 1 << 16, out);
}

static void
read_distribution(struct run *run, struct system *out)
{
	const char *id, *version;
	struct strings like;
	struct blob text;

	if (!os_release(run, &text))
		return;
	out->is = of_id(value(run, &text, "ID"));
	version = value(run, &text, "VERSION_ID");
	like = str_split(&run->arena, value(run, &text, "ID_LIKE"), ' ');
	for (size_t i = 0; !out->is && i < like.n; i++) {
		out->is = of_id(like.item[i]);
		id = value(run, &text, out->is == SYSTEM_UBUNTU ? "UBUNTU_CODENAME" : "VERSION_CODENAME");
		if (out->is == SYSTEM_DEBIAN || out->is == SYSTEM_UBUNTU)
			version = release_of(id) ? release_of(id) : "";
	}
	version_parse(version, &out->version, NULL);
}

static bool
is_there(struct run *run, const char *path)
{
	struct stat st;

	return world_stat(run, path, &st);
}

static bool
in_container(struct run *run)
{
	return is_there(run, "/.dockerenv") || is_there(run, "/run/.containerenv") ||
	       is_there(run, "/NGC-DL-CONTAINER-LICENSE") || is_there(run, "/.singularity.d") ||
	       run_env(run, "container") || run_env(run, "KUBERNETES_SERVICE_HOST");
}

static void
read_place(struct run *run, struct system *out)
{
	struct blob text;
	const char *at;

	out->container = in_container(run);
	out->wsl = run_env(run, "WSL_DISTRO_NAME") || is_there(run, "/usr/lib/wsl/lib");
	out->colab = run_env(run, "COLAB_RELEASE_TAG") || run_env(run, "COLAB_GPU");
	if (world_read(run, "/etc/nv_tegra_release", 256, &text) && str_starts(text.data, "# R")) {
		out->l4t = atoi(text.data + 3);
		at = strstr(text.data, "REVISION: ");
		out->l4t_minor = at ? atoi(at + 10) : 0;
	}
	out->arch =
	    is_there(run, "/lib/ld-linux-aarch64.so.1") || is_there(run, "/usr/lib/aarch64-linux-gnu")
		? "sbsa"
		: "x86_64";
	if (out->l4t)
		out->arch = "aarch64";
}

/* A recorded machine has no user; its HOME tells. */
static bool
is_root(struct run *run)
{
	return run->root[0] ? str_same(run_env(run, "HOME"), "/root") : geteuid() == 0;
}

static bool
says(struct run *run, const char *file, const char *text)
{
	struct blob blob;

	return world_read(run, file, 1 << 16, &blob) && blob_find(&blob, text);
}

/* The first file of a folder that has that text. */
static const char *
file_that_says(struct run *run, const char *folder, const char *text)
{
	struct strings names = { 0 };

	world_list(run, folder, &names);
	for (size_t i = 0; i < names.n; i++)
		if (says(run, path_join(&run->arena, folder, names.item[i]), text))
			return path_join(&run->arena, folder, names.item[i]);
	return NULL;
}

/* One line or stanza of Debian's archive: has it non-free? */
static bool
lacks_non_free(struct run *run, const char *file)
{
	struct blob text;
	const char *line;
	size_t at = 0, length;
	bool lacks = false;

	if (!world_read(run, file, 1 << 16, &text))
		return false;
	while (blob_line(&text, &at, &line, &length)) {
		const char *words = str_format(&run->arena, "%s ", str_trim(&run->arena, line, length));

		if (!str_starts(words, "deb ") && !str_starts(words, "Components:"))
			continue;
		if (strstr(words, " non-free "))
			return false;
		lacks |= strstr(words, " main ") && (words[0] == 'C' || strstr(words, "debian"));
	}
	return lacks;
}

static void
read_apt(struct run *run, struct system *out)
{
	static const char *const usual[] = { "/etc/apt/sources.list",
					     "/etc/apt/sources.list.d/debian.sources" };
	struct strings lists = { 0 };

	out->unlisted = world_list(run, "/var/lib/apt/lists", &lists);
	for (size_t i = 0; i < lists.n; i++)
		out->unlisted &=
		    !strstr(lists.item[i], "_Packages") && !str_ends(lists.item[i], "_InRelease");
	for (size_t i = 0; out->is == SYSTEM_DEBIAN && !out->main_only && i < 2; i++)
		out->main_only = lacks_non_free(run, usual[i]) ? usual[i] : NULL;
}

/* The word that calls a program: its name where PATH has it, else its path in one of the places where people keep it. */
static const char *
program(struct run *run, const char *name, const char *const *places)
{
	const char *home = run_env(run, "HOME");

	if (world_on_path(run, name, 0))
		return name;
	for (; *places; places++) {
		const char *path = (*places)[0] == '/' ? *places
				   : home              ? path_join(&run->arena, home, *places)
						       : NULL;

		if (path && world_is_program(run, path))
			return str_quote(&run->arena, path);
	}
	return NULL;
}

static void
read_tools(struct run *run, struct system *out)
{
	static const char *const mambas[] = { NULL }, *const pixis[] = { ".pixi/bin/pixi", NULL };
	static const char *const condas[] = { "miniforge3/bin/conda", "mambaforge/bin/conda",
					      "miniconda3/bin/conda", "anaconda3/bin/conda",
					      "/opt/conda/bin/conda", NULL };
	static const char *const micros[] = { ".local/bin/micromamba", "bin/micromamba", NULL };
	static const char *const uvs[] = { ".local/bin/uv", ".cargo/bin/uv", NULL };
	const char *named = run_env(run, "CONDA_EXE");

	out->conda = program(run, "mamba", mambas);
	if (!out->conda)
		out->conda = program(run, "conda", condas);
	if (!out->conda)
		out->conda = program(run, "micromamba", micros);
	if (!out->conda && named && world_is_program(run, named))
		out->conda = str_quote(&run->arena, named);
	named = run_env(run, "MAMBA_EXE");
	if (!out->conda && named && world_is_program(run, named))
		out->conda = str_quote(&run->arena, named);
	out->pixi = program(run, "pixi", pixis);
	out->uv = program(run, "uv", uvs);
}

void
system_read(struct run *run, struct system *out)
{
	bool root = is_root(run), sudo = world_on_path(run, "sudo", 0);

	*out = (struct system){ 0 };
	read_distribution(run, out);
	read_place(run, out);
	out->sudo = root ? "" : "sudo ";
	out->installs = root || sudo || !out->container;
	if (out->is == SYSTEM_DEBIAN || out->is == SYSTEM_UBUNTU)
		read_apt(run, out);
	read_tools(run, out);
	out->nvidia = file_that_says(run, "/etc/apt/sources.list.d", "nvidia.com/compute/cuda/repos");
	if (!out->nvidia)
		out->nvidia = file_that_says(run, "/etc/yum.repos.d", "nvidia.com/compute/cuda/repos");
	if (!out->nvidia)
		out->nvidia = file_that_says(run, "/etc/zypp/repos.d", "nvidia.com/compute/cuda/repos");
}

/* A file's first line; NULL where it has none. */
static const char *
first_line(struct run *run, const char *file)
{
	struct blob text;
	const char *line;

	if (!world_read(run, file, 1 << 10, &text))
		return NULL;
	line = str_trim(&run->arena, text.data, strcspn(text.data, "\n"));
	return *line ? line : NULL;
}

void
system_identity(struct run *run, struct identity *out)
{
	struct blob text;
	const char *os = os_release(run, &text) ? value(run, &text, "PRETTY_NAME") : "";

	*out = (struct identity){
		.host = first_line(run, "/proc/sys/kernel/hostname"),
		.os = *os ? os : NULL,
		.kernel = first_line(run, "/proc/sys/kernel/osrelease"),
		.container = in_container(run),
	};
	if (!out->host)
		out->host = first_line(run, "/etc/hostname");
}
