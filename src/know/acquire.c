#include "know/acquire.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "know/acquire_parts.h"

static const struct {
	enum distribution system;
	enum thing thing;
	const char *command;
} rows[] = {
#define ACQUIRE(system, thing, known, command, source) { SYSTEM_##system, THING_##thing, command },
#include "know/acquire.def"
#undef ACQUIRE
};

static const struct {
	enum distribution system;
	int release, first, last;
} compilers[] = {
#define OWN(system, release, cuda)
#define GXX(system, release, first, last) { SYSTEM_##system, release, first, last },
#define REPO(system, release, name, first, last)
#include "know/versions.def"
#undef OWN
#undef GXX
#undef REPO
};

struct acquired
acquire_by(const char *command)
{
	return (struct acquired){ command, NULL };
}

struct acquired
acquire_said(const char *words)
{
	return (struct acquired){ NULL, words };
}

const char *
acquired_text(struct acquired acquired)
{
	return acquired.command ? acquired.command : acquired.words;
}

static const char *
replaced(struct run *run, const char *text, char from, char to)
{
	char *copy = text ? arena_alloc(&run->arena, strlen(text) + 1) : NULL;

	for (size_t i = 0; copy && (copy[i] = text[i]); i++)
		if (copy[i] == from)
			copy[i] = to;
	return copy;
}

static const char *
without_dots(struct run *run, const char *text)
{
	struct strings parts = str_split(&run->arena, text ? text : "", '.');

	return strings_join(&run->arena, &parts, "");
}

static const char *
word(struct run *run, const struct system *s, const struct blanks *b, const char *name)
{
	struct arena *arena = &run->arena;
	const struct {
		const char *name, *value;
	} words[] = {
		{ "sudo", s->sudo },
		{ "arch", s->arch },
		{ "conda", s->conda },
		{ "cuda", b->cuda },
		{ "repo", b->repo },
		{ "gcc", b->gcc },
		{ "python", b->python },
		{ "py", b->py },
		{ "what", b->what },
		{ "prefix", b->prefix },
		{ "cuda-", replaced(run, b->cuda, '.', '-') },
		{ "py0", without_dots(run, b->py) },
		{ "release", version_text(arena, &s->version, 1) },
		{ "conda_arch", strcmp(s->arch, "x86_64") ? "aarch64" : "64" },
		{ "apt", str_format(arena, "%s%s%sapt install", s->unlisted ? s->sudo : "",
				    s->unlisted ? "apt update && " : "", s->sudo) },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].value;
	return NULL;
}

static const char *
fill(struct run *run, const struct system *s, const struct blanks *b, const char *text)
{
	struct strings pieces = { 0 };
	const char *open, *close;

	while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		const char *value =
		    word(run, s, b, str_copy(&run->arena, open + 1, (size_t)(close - open - 1)));

		if (!value)
			return NULL;
		strings_add(&run->arena, &pieces, str_copy(&run->arena, text, (size_t)(open - text)));
		strings_add(&run->arena, &pieces, value);
		text = close + 1;
	}
	strings_add(&run->arena, &pieces, text);
	return strings_join(&run->arena, &pieces, "");
}

static const char *
row_of(struct run *run, const struct system *s, enum distribution of, enum thing thing,
       const struct blanks *b)
{
	static const struct blanks none = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].system == of && rows[i].thing == thing)
			return fill(run, s, b ? b : &none, rows[i].command);
	return NULL;
}

const char *
acquire_row(struct run *run, const struct system *system, enum thing thing, const struct blanks *blanks)
{
	return system->is && system->installs ? row_of(run, system, system->is, thing, blanks) : NULL;
}

const char *
acquire_any(struct run *run, const struct system *system, enum thing thing, const struct blanks *blanks)
{
	return row_of(run, system, SYSTEM_OTHER, thing, blanks);
}

/* pixi has an environment in a folder of its own below prefix, and says so to cuenv. */
const char *
acquire_conda_create(struct run *run, const struct system *system, const char *prefix, const char *what)
{
	struct blanks b = { .prefix = prefix, .what = what };
	const char *packages = strstr(what, "-c conda-forge ");

	if (system->conda)
		return acquire_any(run, system, THING_CONDA_CREATE, &b);
	if (!system->pixi || !packages)
		return acquire_any(run, system, THING_GET_MICROMAMBA, &b);
	b.what = packages + strlen("-c conda-forge ");
	return acquire_any(run, system, THING_PIXI, &b);
}

struct acquired
acquire_compiler_with_libc(struct run *run, const struct machine *machine, int gcc_max)
{
	struct system system;
	const char *n = gcc_max ? str_format(&run->arena, "=%d", gcc_max) : "", *create;
	const char *dir = gcc_max ? str_format(&run->arena, "~/gxx-%d", gcc_max) : "~/gxx";

	(void)machine;
	system_read(run, &system);
	create = acquire_conda_create(run, &system, dir,
				      str_format(&run->arena, "-c conda-forge gxx%s sysroot_linux-%s=2.28",
						 n, strcmp(system.arch, "x86_64") ? "aarch64" : "64"));
	if (!create || strstr(create, "pixi "))
		return acquire_by(create);
	return acquire_by(str_format(&run->arena, "%s && export PATH=%s/bin:\"$PATH\"", create, dir));
}

/* The newest major that the distribution has and the toolkit takes; 0: none. */
static int
gcc_here(const struct system *s, int gcc_max)
{
	for (size_t i = 0; i < sizeof(compilers) / sizeof(compilers[0]); i++)
		if (compilers[i].system == s->is &&
		    (!compilers[i].release || compilers[i].release == s->version.part[0]))
			return gcc_max < compilers[i].first  ? 0
			       : gcc_max < compilers[i].last ? gcc_max
							     : compilers[i].last;
	return 0;
}

struct acquired
acquire_compiler(struct run *run, const struct machine *machine, int gcc_max)
{
	struct system system;
	struct blanks b = { 0 };
	const char *command = NULL;
	int n;

	system_read(run, &system);
	if (system.is == SYSTEM_NIXOS || system.is == SYSTEM_GUIX)
		return acquire_said(
		    system.is == SYSTEM_NIXOS
			? "take a gcc into your shell.nix or flake that the toolkit accepts"
			: "guix shell gcc-toolchain, in a version that the toolkit accepts");
	if (!gcc_max)
		command = acquire_row(run, &system, THING_GXX, NULL);
	else if ((n = gcc_here(&system, gcc_max))) {
		b.gcc = str_format(&run->arena, "%d", n);
		command = acquire_row(run, &system, THING_GXX_N, &b);
	}
	return command ? acquire_by(command) : acquire_compiler_with_libc(run, machine, gcc_max);
}

struct acquired
acquire_conda(struct run *run, const struct python *python, const char *packages)
{
	struct blanks b = { .what = str_format(&run->arena, "-c conda-forge %s", packages) };
	struct system system;

	system_read(run, &system);
	if (!python || !python->prefix ||
	    !world_is_dir(run, path_join(&run->arena, python->prefix, "conda-meta")))
		return acquire_said(str_format(
		    &run->arena, "a Python of conda is needed for it, with %s of conda-forge", packages));
	if (strstr(python->prefix, "/.pixi/envs/"))
		return acquire_said(
		    str_format(&run->arena, "pixi add %s, in that project's folder", packages));
	b.prefix = str_quote(&run->arena, python->prefix);
	if (!system.conda && world_is_program(run, path_join(&run->arena, python->prefix, "bin/conda")))
		system.conda = str_quote(&run->arena, path_join(&run->arena, python->prefix, "bin/conda"));
	return system.conda
		   ? acquire_by(acquire_any(run, &system, THING_CONDA_INSTALL, &b))
		   : acquire_said(str_format(&run->arena,
					     "%s of conda-forge is needed in %s, and no conda is here",
					     packages, python->prefix));
}

struct acquired
acquire_libclang(struct run *run)
{
	struct system system;
	const char *command;

	system_read(run, &system);
	command = acquire_row(run, &system, THING_LIBCLANG, NULL);
	return command ? acquire_by(command)
		       : acquire_said("install libclang 14 or newer with clang's own headers");
}

/* Debian has its driver, and its CUDA, in non-free, which not every machine asks for. */
const char *
acquire_with_non_free(struct run *run, const struct system *s, const char *command)
{
	if (!s->main_only || !command)
		return command;
	return str_format(
	    &run->arena,
	    "%ssed -i -E '/^(deb|Components:)/s/ main( |$)/ main contrib non-free\\1/' %s && %sapt update && %s",
	    s->sudo, s->main_only, s->sudo, s->unlisted ? strstr(command, "&& ") + 3 : command);
}

static const char *
no_driver_of_its_own(const struct system *s)
{
	if (s->wsl)
		return "WSL takes the driver of Windows: install or update NVIDIA's driver there";
	if (s->colab)
		return "Colab: Runtime, Change runtime type, a GPU";
	if (s->l4t)
		return "a Jetson's driver is part of its JetPack: a newer JetPack has a newer one";
	if (s->container)
		return "a container takes its host's driver: docker run --gpus all, with nvidia-container-toolkit on the host";
	if (s->is == SYSTEM_NIXOS)
		return "in configuration.nix: services.xserver.videoDrivers = [ \"nvidia\" ];";
	if (s->is == SYSTEM_GUIX)
		return "NVIDIA's driver is in the channel nonguix";
	return NULL;
}

/* What a release of Debian or Ubuntu has stays as old as it is; NVIDIA's repository has the newest. */
static const char *
newest_driver(struct run *run, const struct system *s, const struct blanks *b)
{
	const char *repo = s->nvidia || !b->repo ? NULL : acquire_row(run, s, THING_REPO, b);

	if (!s->installs || (!s->nvidia && !repo))
		return NULL;
	return str_format(&run->arena, "%s%s%sapt install cuda-drivers", repo ? repo : "",
			  repo ? " && " : "", s->sudo);
}

struct acquired
acquire_driver(struct run *run, const struct version *floor)
{
	const char *words,
	    *newer = floor && floor->n ? str_format(&run->arena, " %d or newer", floor->part[0]) : "";
	const char *command;
	struct blanks b = { 0 };
	struct system system;

	system_read(run, &system);
	words = no_driver_of_its_own(&system);
	if (words)
		return acquire_said(words);
	b.repo = acquire_repo(&system, NULL);
	if (floor && floor->n && (system.is == SYSTEM_DEBIAN || system.is == SYSTEM_UBUNTU))
		command = newest_driver(run, &system, &b);
	else
		command = acquire_with_non_free(run, &system, acquire_row(run, &system, THING_DRIVER, &b));
	return command ? acquire_by(command)
		       : acquire_said(str_format(
			     &run->arena, "install NVIDIA's driver%s, see nvidia.com/drivers", newer));
}
