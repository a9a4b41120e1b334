/*
 * Packages of the Python at hand that make a build or an import fail: mmcv without its compiled part, a setuptools without
 * pkg_resources, which setup.py of mmcv, apex and others import, one that is too old for torch to compare versions: torches up
 * to 2.3 take pkg_resources' own packaging for it (read in 1.13.1, 2.0.1, 2.1.2); 2.5.1 has one of its own.
 */
#include "base/package.h"

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"
#include "know/acquire.h"

static bool
has_ext(struct run *run, const char *folder)
{
	struct strings names = { 0 };

	world_list(run, folder, &names);
	for (size_t i = 0; i < names.n; i++)
		if (str_starts(names.item[i], "_ext.") && str_ends(names.item[i], ".so"))
			return true;
	return false;
}

static void
mmcv(struct run *run, const struct machine *machine, struct findings *out)
{
	static const char *const names[] = { "mmcv", "mmcv-full", "mmcv-lite" };
	const struct package *p = NULL;
	const char *folder;
	bool lite;

	for (size_t i = 0; !p && i < 3; i++)
		p = package_find(&machine->packages, names[i]);
	if (!p)
		return;
	folder = path_join(&run->arena, path_parent(&run->arena, p->info), "mmcv");
	if (!world_is_dir(run, folder) || has_ext(run, folder))
		return;
	lite = package_same(p->name, "mmcv-lite") || (package_same(p->name, "mmcv") && p->version[0] == '1');
	say(run, out, "CE804", lite ? SEVERITY_NOTE : SEVERITY_WARN,
	    lite ? "mmcv is here without compiled ops, as mmcv-lite is meant to be; mmcv.ops cannot be imported"
		 : "mmcv was built without its compiled ops: import mmcv.ops fails",
	    str_format(&run->arena, "MMCV_WITH_OPS=1 %s", acquire_rebuild(run, machine->python, machine->torch,
							       str_format(&run->arena, "%s==%s", p->name, p->version))),
	    str_format(&run->arena, "%s: no _ext.*.so", folder), p->info, NULL);
}

static void
setuptools(struct run *run, const struct machine *machine, struct findings *out)
{
	static const struct version last = { 1, { 82, 0, 0, 0 } }, oldest = { 3, { 49, 4, 0, 0 } };
	const struct package *p = package_find(&machine->packages, "setuptools");
	const char *file;
	struct version version;
	struct blob text;

	if (!p || !wants_extension(machine) || !version_parse(p->version, &version, NULL))
		return;
	file = path_join(&run->arena, machine->torch->dir, "utils/cpp_extension.py");
	if (version_compare(&version, &last) >= 0)
		say(run, out, "CE805", SEVERITY_NOTE,
		    str_format(&run->arena, "setuptools %s has no pkg_resources: a setup.py that imports it (mmcv) fails",
			       p->version),
		    acquired_text(acquire_packages(run, machine->python, machine->torch, "'setuptools<82'")), p->info, NULL);
	if (version_compare(&version, &oldest) < 0 && world_read(run, file, 1 << 20, &text) &&
	    blob_find(&text, "pkg_resources import packaging"))
		say(run, out, "CE309", SEVERITY_WARN,
		    str_format(&run->arena, "setuptools %s is too old for torch to compare CUDA versions with: it refuses minor "
			       "differences, or says \"setuptools>=49.4.0 is required\"", p->version),
		    acquired_text(acquire_packages(run, machine->python, machine->torch, "'setuptools>=49.4,<82'")),
		    p->info, file, NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	mmcv(run, machine, out);
	setuptools(run, machine, out);
}

const struct check check_packages = {
	"packages", "mmcv without ops, setuptools without pkg_resources", NEED_PACKAGES | NEED_TORCH, look,
};
