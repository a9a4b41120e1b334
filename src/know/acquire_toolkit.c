/*
 * Toolkits. PyPI has whole ones from 13.0 on, in packages whose parts must be told to be of one release, and without the links
 * that -lcudart and nvcc look for; conda-forge has them from 12.0 on; NVIDIA's conda channel a label for each release from 11.3
 * on. NVIDIA's repositories have a package for each release of the distributions that versions.def names.
 */
#include <string.h>

#include "base/data.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "know/acquire_parts.h"

#define PARTS "cuda-toolkit[nvcc,cudart,cccl,cublas,cusparse,cusolver]"

static const struct {
	enum distribution system;
	int release;
	const char *cuda;
} own[] = {
#define OWN(system, release, cuda) { SYSTEM_##system, release, cuda },
#define GXX(system, release, first, last)
#define REPO(system, release, name, first, last)
#include "know/versions.def"
#undef OWN
#undef GXX
#undef REPO
};

static const struct {
	enum distribution system;
	int release;
	const char *name, *first, *last;
} repos[] = {
#define OWN(system, release, cuda)
#define GXX(system, release, first, last)
#define REPO(system, release, name, first, last) { SYSTEM_##system, release, name, first, last },
#include "know/versions.def"
#undef OWN
#undef GXX
#undef REPO
};

/* What is asked for, and on what. exact: another minor of it will not do. */
struct order {
	struct run *run;
	const struct machine *machine;
	struct system system;
	struct version cuda;
	const char *dotted;
	bool exact;
};

static struct version
minor_of(const struct version *v)
{
	return (struct version){ v->n < 2 ? v->n : 2, { v->part[0], v->part[1], 0, 0 } };
}

/* Whether this driver runs that CUDA, and it compiles for the GPUs here. A major runs on the drivers of its first release. */
static bool
suits(struct run *run, const struct machine *machine, const struct version *cuda)
{
	struct cJSON *row;

	if (machine->driver && machine->driver->cuda.n && cuda->part[0] > machine->driver->cuda.part[0])
		return false;
	if (!machine->gpus.n)
		return true;
	row = data_row(json_get(data_table(run, "toolkits"), "releases"), "version",
		       version_text(&run->arena, cuda, 2));
	for (size_t i = 0; row && i < machine->gpus.n; i++) {
		bool has = !machine->gpus.item[i].arch;

		for (struct cJSON *a = json_child(json_get(row, "archs")); a; a = json_next(a))
			has |= str_same(json_text(a), machine->gpus.item[i].arch);
		if (!has)
			return false;
	}
	return true;
}

struct version
acquire_newest(struct run *run, const struct machine *machine)
{
	struct cJSON *row = json_child(json_get(data_table(run, "toolkits"), "releases"));
	struct version newest = { 0 };

	for (; row; row = json_next(row)) {
		struct version v = data_version(row, "version");

		if (v.n && version_compare(&v, &newest) > 0 && suits(run, machine, &v))
			newest = v;
	}
	return newest;
}

/* One that is here already and lacks something: to get another of the same kind would end where this one is. */
static const char *
unfinished(const struct order *o)
{
	for (size_t i = 0; i < o->machine->toolkits.n; i++) {
		const struct toolkit *t = &o->machine->toolkits.item[i];

		if (t->remedy && !(t->abilities & CAN_EXTEND) && t->version.n &&
		    t->version.part[0] == o->cuda.part[0] &&
		    (!o->exact || version_same_minor(&t->version, &o->cuda)))
			return t->remedy;
	}
	return NULL;
}

/* "cuda/12.4.1" of a modulefile in a folder of MODULEPATH, or NULL. */
static const char *
module_name(struct run *run, const char *file)
{
	const char *path = run_env(run, "MODULEPATH");
	struct strings dirs = str_split(&run->arena, path ? path : "", ':');

	for (size_t i = 0; i < dirs.n; i++)
		if (dirs.item[i][0] == '/' && path_below(file, dirs.item[i]) &&
		    strlen(file) > strlen(dirs.item[i])) {
			const char *name = file + strlen(dirs.item[i]);

			name += strspn(name, "/");
			return str_ends(name, ".lua") ? str_copy(&run->arena, name, strlen(name) - 4)
						      : name;
		}
	return NULL;
}

static bool
module_fits(const struct order *o, const char *name)
{
	struct version v;

	return version_parse(path_name(name), &v, NULL) && v.n > 1 && v.part[0] == o->cuda.part[0] &&
	       (!o->exact || version_same_minor(&v, &o->cuda));
}

/* The modulefile that suits best: of the same minor before the same major. */
static const char *
module_in(const struct order *o, const char *folder)
{
	struct arena *arena = &o->run->arena;
	const char *best = NULL;
	struct strings names = { 0 };

	world_list(o->run, folder, &names);
	for (size_t i = 0; i < names.n; i++) {
		struct version v;

		if (!module_fits(o, names.item[i]))
			continue;
		version_parse(names.item[i], &v, NULL);
		if (!best || version_same_minor(&v, &o->cuda))
			best = path_join(arena, folder, names.item[i]);
	}
	return best;
}

static const char *
by_module(const struct order *o)
{
	static const char *const names[] = { "cuda", "CUDA", "cudatoolkit", "cuda-toolkit" };
	struct arena *arena = &o->run->arena;
	const char *path = run_env(o->run, "MODULEPATH"), *found;
	struct strings dirs = str_split(arena, path ? path : "", ':');

	for (size_t i = 0; i < dirs.n; i++)
		for (size_t n = 0; dirs.item[i][0] == '/' && n < sizeof(names) / sizeof(names[0]); n++)
			if ((found = module_in(o, path_join(arena, dirs.item[i], names[n]))))
				return str_format(arena, "module load %s",
						  str_quote(arena, module_name(o->run, found)));
	return NULL;
}

const char *
acquire_shell(struct run *run, const struct toolkit *toolkit)
{
	for (size_t i = 0; i < toolkit->found_by.n; i++) {
		const char *by = toolkit->found_by.item[i], *name;

		if (str_starts(by, "modules: /") && (name = module_name(run, by + strlen("modules: "))))
			return str_format(&run->arena, "module load %s", str_quote(&run->arena, name));
	}
	return str_format(&run->arena, "eval \"$(cuenv env %s)\"",
			  version_text(&run->arena, &toolkit->version, toolkit->version.n > 2 ? 3 : 2));
}

static struct acquired
by_jetpack(const struct order *o)
{
	const struct driver *d = o->machine->driver;
	struct blanks b = { .cuda = o->dotted };
	const char *command = acquire_row(o->run, &o->system, THING_PACKAGE, &b);

	if (command && (!d || !d->cuda.n || version_same_minor(&d->cuda, &o->cuda)))
		return acquire_by(command);
	return acquire_said(
	    str_format(&o->run->arena,
		       "this JetPack's CUDA is %s, and so must torch's be; for another one flash a JetPack "
		       "that has it",
		       d ? version_text(&o->run->arena, &d->cuda, 2) : "of its own"));
}

/* Where pip puts things: into the environment of a torch of that very CUDA, which has most of it; else into one of its own. */
static const char *
by_pip(const struct order *o)
{
	const struct python *python = o->machine->python;
	const struct torch *torch = o->machine->torch;
	struct arena *arena = &o->run->arena;
	bool beside = python && torch && version_same_minor(&torch->cuda, &o->cuda) &&
		      !str_same(python->prefix, python->base_prefix);
	const char *home = str_format(arena, "~/cuda-%s", o->dotted), *make, *site, *add = "", *links,
		   *install;
	struct installer by;

	if (!python || o->cuda.part[0] < 13)
		return NULL;
	if (beside) {
		by = acquire_installer(o->run, python, torch);
		site = str_quote(arena,
				 str_format(arena, "%s/lib/%s/site-packages/nvidia/cu%d", python->prefix,
					    acquire_py_name(o->run, python), o->cuda.part[0]));
		install = by.install;
	} else {
		make = acquire_new_venv(o->run, &o->system, python, home);
		if (!make)
			return NULL;
		site = str_format(arena, "%s/lib/%s/site-packages/nvidia/cu%d", home,
				  acquire_py_name(o->run, python), o->cuda.part[0]);
		by.first = str_format(arena, "%s && ", make);
		install = strstr(make, " -m venv ")
			      ? str_format(arena, "%s/bin/python -m pip install", home)
			      : str_format(arena, "%s pip install --python %s", o->system.uv, home);
		add = str_format(arena, " && cuenv add %s", site);
	}
	links = str_format(arena, "ln -sf libcudart.so.%d %s/lib/libcudart.so && ln -sfn lib %s/lib64",
			   o->cuda.part[0], site, site);
	return install ? str_format(arena,
				    "%s%s '" PARTS "==%s.*' 'nvidia-nvvm==%s.*' 'nvidia-cuda-crt==%s.*' && %s%s",
				    by.first, install, o->dotted, o->dotted, o->dotted, links, add)
		       : NULL;
}

/* conda-forge from 12.0 on, NVIDIA's labels from 11.3 on; what to give to conda, or NULL. */
static const char *
conda_packages(const struct order *o)
{
	static const struct version labels = { 2, { 11, 3, 0, 0 } };

	if (o->cuda.part[0] >= 12)
		return str_format(&o->run->arena, "-c conda-forge cuda-toolkit=%s gxx", o->dotted);
	return version_compare(&o->cuda, &labels) < 0
		   ? NULL
		   : str_format(&o->run->arena, "-c nvidia/label/cuda-%s.0 cuda-toolkit", o->dotted);
}

static const char *
by_conda(const struct order *o)
{
	const char *what = conda_packages(o);

	return what ? acquire_conda_create(o->run, &o->system,
					   str_format(&o->run->arena, "~/cuda-%s", o->dotted), what)
		    : NULL;
}

static bool
is_own(const struct order *o, const char *text)
{
	struct version v;

	return version_parse(text, &v, NULL) && v.part[0] == o->cuda.part[0] &&
	       (!o->exact || version_same_minor(&v, &o->cuda)) && suits(o->run, o->machine, &v);
}

/* Debian keeps it in non-free. */
static const char *
by_distribution(const struct order *o)
{
	struct blanks b = { .cuda = o->dotted };
	bool fits = o->system.is == SYSTEM_GENTOO ||
		    (o->system.is == SYSTEM_ARCH && o->cuda.part[0] >= 13 && !o->exact);
	const char *command;

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		fits |= own[i].system == o->system.is && own[i].release == o->system.version.part[0] &&
			is_own(o, own[i].cuda);
	command = fits ? acquire_row(o->run, &o->system, THING_TOOLKIT, &b) : NULL;
	return acquire_with_non_free(o->run, &o->system, command);
}

const char *
acquire_repo(const struct system *system, const struct version *cuda)
{
	struct version first, last;

	for (size_t i = 0; i < sizeof(repos) / sizeof(repos[0]); i++) {
		if (repos[i].system != system->is || repos[i].release != system->version.part[0])
			continue;
		if (!cuda ||
		    (version_parse(repos[i].first, &first, NULL) && version_compare(cuda, &first) >= 0 &&
		     (!repos[i].last ||
		      (version_parse(repos[i].last, &last, NULL) && version_compare(cuda, &last) <= 0))))
			return repos[i].name;
	}
	return NULL;
}

/* Out of NVIDIA's repository; add: which is not among the package manager's yet. */
static const char *
by_repository(const struct order *o, bool add)
{
	struct blanks b = { .cuda = o->dotted, .repo = acquire_repo(&o->system, &o->cuda) };
	struct system listed = o->system;
	const char *package, *repo;

	listed.unlisted &= !add;
	package = acquire_row(o->run, &listed, THING_PACKAGE, &b);
	if (!package || !add)
		return package;
	repo = b.repo ? acquire_row(o->run, &o->system, THING_REPO, &b) : NULL;
	return repo ? str_format(&o->run->arena, "%s && %s", repo, package) : NULL;
}

/* What nobody can type as it is. */
static struct acquired
in_words(const struct order *o)
{
	struct arena *arena = &o->run->arena;

	if (o->system.is == SYSTEM_NIXOS)
		return acquire_said(
		    str_format(arena,
			       "take cudaPackages_%d_%d.cudatoolkit into your shell.nix or flake, with "
			       "config.allowUnfree",
			       o->cuda.part[0], o->cuda.part[1]));
	if (o->system.is == SYSTEM_GUIX)
		return acquire_said(str_format(
		    arena,
		    "guix shell cuda-toolkit@%s, from a channel that has it (nonguix, guix-hpc-non-free)",
		    o->dotted));
	return acquire_said(str_format(
	    arena,
	    "CUDA %s is in no repository that is known here: developer.nvidia.com/cuda-toolkit-archive "
	    "has its runfile",
	    o->dotted));
}

/* An image of the same CUDA that has a compiler: a container is made again sooner than changed. */
static const char *
by_command(const struct order *o)
{
	const char *command = by_module(o);

	if (!command)
		command = by_pip(o);
	if (!command && o->system.conda)
		command = by_conda(o);
	if (!command && o->system.nvidia)
		command = by_repository(o, false);
	if (!command)
		command = by_distribution(o);
	if (!command)
		command = by_repository(o, true);
	return command ? command : by_conda(o);
}

struct acquired
acquire_toolkit(struct run *run, const struct machine *machine, const struct version *cuda)
{
	bool torch = machine->torch && machine->torch->cuda.n;
	struct order o = { .run = run, .machine = machine, .exact = cuda };
	const char *command;

	o.cuda = cuda    ? minor_of(cuda)
		 : torch ? minor_of(&machine->torch->cuda)
			 : acquire_newest(run, machine);
	if (!o.cuda.n)
		return acquire_said("no CUDA is known that this driver and these GPUs take");
	o.dotted = version_text(&run->arena, &o.cuda, 2);
	system_read(run, &o.system);
	command = unfinished(&o);
	if (command)
		return acquire_by(command);
	if (o.system.l4t)
		return by_jetpack(&o);
	if (o.system.is == SYSTEM_NIXOS || o.system.is == SYSTEM_GUIX)
		return in_words(&o);
	command = by_command(&o);
	return command ? acquire_by(command) : in_words(&o);
}

/* A Python by the folder of its packages: PREFIX/lib/python3.12/site-packages/nvidia/cu13. */
static const char *
pip_of(struct run *run, const char *root)
{
	const char *lib = strstr(root, "/lib/python"), *python;

	python = lib ? str_format(&run->arena, "%s/bin/python",
				  str_copy(&run->arena, root, (size_t)(lib - root)))
		     : NULL;
	return python && world_is_program(run, python) ? str_quote(&run->arena, python) : NULL;
}

static struct acquired
rest_of_wheels(struct run *run, const struct toolkit *t, const struct system *system, const char *dotted)
{
	const char *python = pip_of(run, t->root);
	struct blanks b = { .python = python };

	b.what = str_format(&run->arena, "'" PARTS "==%s.*' 'nvidia-nvvm==%s.*' 'nvidia-cuda-crt==%s.*'",
			    dotted, dotted, dotted);
	if (t->version.part[0] < 13)
		return (struct acquired){ 0 };
	return python ? acquire_by(acquire_any(run, system, system->uv ? THING_UV : THING_PIP, &b))
		      : acquire_said(str_format(
			    &run->arena, "install %s beside it, with the pip that brought it", b.what));
}

struct acquired
acquire_rest(struct run *run, const struct toolkit *t)
{
	struct machine none = { 0 };
	struct version cuda = minor_of(&t->version);
	struct order o = {
		.run = run, .machine = &none, .cuda = cuda, .dotted = version_text(&run->arena, &cuda, 2)
	};
	struct blanks b = { .prefix = str_quote(&run->arena, t->root), .what = conda_packages(&o) };
	const char *command = NULL;

	system_read(run, &o.system);
	if (strcmp(t->layout, "wheels") == 0)
		return rest_of_wheels(run, t, &o.system, o.dotted);
	if (strcmp(t->layout, "debian") == 0)
		command =
		    acquire_with_non_free(run, &o.system, acquire_row(run, &o.system, THING_TOOLKIT, &b));
	else if (strcmp(t->layout, "conda") == 0 && o.system.conda && b.what)
		command = acquire_any(run, &o.system, THING_CONDA_INSTALL, &b);
	else if (strcmp(t->layout, "conda") == 0 && b.what)
		return acquire_said(
		    str_format(&run->arena, "%s is missing in %s, and no conda is here", b.what, t->root));
	else if (strcmp(t->layout, "nvidia") == 0 && path_below(t->root, "/usr/local"))
		command = by_repository(&o, false);
	return acquire_by(command);
}
