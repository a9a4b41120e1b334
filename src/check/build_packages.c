/*
 * What setup.py imports. With pip's build isolation it sees nothing of this Python's packages, torch neither; without it
 * nobody installs what is missing, and setuptools is this Python's own, whatever its age.
 */
#include "base/package.h"
#include "base/path.h"
#include "base/world.h"
#include "check/build.h"
#include "check/say.h"
#include "know/acquire.h"

/* The project that brings a module. */
static const char *
project_of(const char *module)
{
	return str_same(module, "pkg_resources") ? "setuptools" : str_same(module, "skbuild") ? "scikit-build" : module;
}

static const char *
import_evidence(struct run *run, const struct profile *profile, const char *module)
{
	for (size_t i = 0; i < profile->imports.n && i < profile->imported_by.n; i++)
		if (str_same(profile->imports.item[i], module))
			return profile->imported_by.item[i];
	return str_format(&run->arena, "%s: imports %s", profile->source, module);
}

/*
 * Sources without a pyproject.toml were built by this Python's own setuptools, in no isolation, as long as it had wheel, until
 * pip 25.3 (pip's news; seen with 23.0.1 and 26.3).
 */
static bool
is_legacy(struct run *run, const struct build *build)
{
	static const struct version last = { 2, { 25, 3, 0, 0 } };
	const struct package *pip = package_find(&build->machine->packages, "pip");
	const char *dir = build->profile->dir;
	struct version version = { 0 };

	return dir && pip && version_parse(pip->version, &version, NULL) && version_compare(&version, &last) < 0 &&
	       package_find(&build->machine->packages, "wheel") &&
	       !world_is_file(run, path_join(&run->arena, dir, "pyproject.toml"));
}

static void
setuptools(struct run *run, struct build *build, bool isolated)
{
	static const struct version last = { 1, { 82, 0, 0, 0 } };
	const struct package *p = package_find(&build->machine->packages, "setuptools");
	struct version version = { 0 };

	if (!strings_has(&build->profile->imports, "pkg_resources"))
		return;
	if (!isolated && (!p || !version_parse(p->version, &version, NULL) || version_compare(&version, &last) < 0))
		return;
	say(run, &build->findings, "CE805", SEVERITY_WARN,
	    isolated ? "setup.py imports pkg_resources, which the setuptools that pip fetches for the build has no more; "
		       "--repair holds it below 82"
		     : str_format(&run->arena, "setup.py imports pkg_resources, and setuptools %s has it no more", p->version),
	    isolated ? NULL : acquired_text(acquire_packages(run, build->machine->python, build->machine->torch,
							     "'setuptools<82'")),
	    import_evidence(run, build->profile, "pkg_resources"), isolated ? NULL : p->info, NULL);
	if (!isolated)
		strings_add(&run->arena, &build->first, "setuptools<82");
}

/* What pip would bring as a package, and any program of that name does as well. */
static bool
is_program(struct run *run, const char *project)
{
	return (str_same(project, "cmake") || str_same(project, "ninja")) && world_on_path(run, project, 0);
}

static void
missing(struct run *run, struct build *build)
{
	const struct profile *profile = build->profile;

	for (size_t i = 0; i < profile->imports.n; i++) {
		const char *module = profile->imports.item[i], *project = project_of(module);

		if (str_same(project, "torch") || package_find(&build->machine->packages, project) ||
		    is_program(run, project))
			continue;
		say(run, &build->findings, "CE811", SEVERITY_WARN,
		    str_format(&run->arena, "the build needs %s, which is not installed, and without build isolation nobody "
			       "installs it", module),
		    NULL, import_evidence(run, profile, module), NULL);
		strings_add_once(&run->arena, &build->first, str_same(project, "setuptools") ? "setuptools<82" : project);
	}
}

/*
 * What is built and cannot be imported is of no use. torch stands beside it, at its own version: without that pip takes the
 * newest torchvision, and with it another torch.
 */
static void
used(struct run *run, struct build *build)
{
	const struct profile *profile = build->profile;
	const struct package *torch = package_find(&build->machine->packages, "torch");

	for (size_t i = 0; i < profile->uses.n; i++) {
		const char *module = profile->uses.item[i];

		if (package_find(&build->machine->packages, module))
			continue;
		say(run, &build->findings, "CE816", SEVERITY_WARN,
		    str_format(&run->arena, "%s imports %s when it is used, and does not have pip install it", profile->name,
			       module),
		    NULL, str_format(&run->arena, "%s: import %s", profile->uses_from, module), NULL);
		strings_add_once(&run->arena, &build->first, module);
		if (torch)
			strings_add_once(&run->arena, &build->first, str_format(&run->arena, "torch==%s", torch->version));
	}
}

void
build_packages(struct run *run, struct build *build)
{
	const struct profile *profile = build->profile;
	bool torch = strings_has(&profile->imports, "torch");

	setuptools(run, build, !torch && !is_legacy(run, build));
	if (!torch)
		return;
	missing(run, build);
	used(run, build);
	say(run, &build->findings, "CE803", SEVERITY_NOTE,
	    "the build needs torch, and pip's build isolation would hide this one: built with --no-build-isolation", NULL,
	    import_evidence(run, profile, "torch"), NULL);
	if (profile->env_no_gpu.n && !build->machine->gpus.n)
		say(run, &build->findings, "CE806", SEVERITY_NOTE,
		    str_format(&run->arena, "no GPU is here, and setup.py leaves the CUDA part out then: %s asks for it",
			       strings_join(&run->arena, &profile->env_no_gpu, " ")),
		    NULL, "/proc/driver/nvidia/gpus: no GPU", NULL);
}
