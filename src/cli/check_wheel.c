/*
 * A wheel's name is NAME-VERSION(-BUILD)-PYTHON-ABI-PLATFORM.whl, each tag a list with dots between (packaging.python.org,
 * "Binary distribution format"); manylinux_2_28 asks for glibc 2.28. Its METADATA may name the torch that it was built with.
 */
#include "cli/check_wheel.h"

#include <stdio.h>
#include <string.h>

#include "base/finding.h"
#include "base/path.h"
#include "base/str.h"
#include "check/say.h"
#include "cli/print.h"
#include "know/acquire.h"

#define METADATA_MAX ((size_t)1 << 20)

/* "mmcv==2.2.0": what a wheel is of, without the local version that names its CUDA. */
static const char *
package_of(struct run *run, const char *path)
{
	struct strings parts = str_split(&run->arena, visible(&run->arena, path_name(path)), '-');

	return str_quote(&run->arena, str_format(&run->arena, "%s==%.*s", parts.item[0], (int)strcspn(parts.item[1], "+"),
						 parts.item[1]));
}

static const char *
pip(struct run *run, const struct machine *machine, const char *option, const char *what)
{
	what = str_format(&run->arena, "%s %s", option, what);
	return acquired_text(acquire_packages(run, machine->python, machine->torch, what));
}

void
wheel_rebuild(struct run *run, const struct machine *machine, const char *path, struct said *out)
{
	const char *any = acquire_rebuild(run, machine->python, machine->torch, NULL), *package = package_of(run, path);

	package = acquire_rebuild(run, machine->python, machine->torch, str_format(&run->arena, "--no-binary :all: %s", package));
	for (size_t i = 0; i < out->findings.n; i++)
		if (str_same(out->findings.item[i].remedy, any))
			out->findings.item[i].remedy = package;
}

static void
refuse(struct run *run, const struct machine *machine, const char *what, const char *evidence, struct said *out)
{
	struct finding *f = finding_add(run, &out->findings, "CE812", SEVERITY_FAIL, what,
					pip(run, machine, "--no-build-isolation", package_of(run, evidence)));

	strings_add(&run->arena, &f->evidence, evidence);
}

/* Whether a Python of tag cp311 takes one of "cp310.cp311", "py3", or an older one's abi3. */
static bool
takes_python(struct run *run, const struct python *python, const char *tags, const char *abi)
{
	struct strings list = str_split(&run->arena, tags, '.');

	for (size_t i = 0; i < list.n; i++) {
		int minor = 0;

		if (str_starts(list.item[i], "py3") || str_same(list.item[i], python->tag))
			return true;
		if (strstr(abi, "abi3") && sscanf(list.item[i], "cp3%d", &minor) == 1 && minor <= python->version.part[1])
			return true;
	}
	return false;
}

static void
judge_platform(struct run *run, const struct machine *machine, const char *platform, const char *name, struct said *out)
{
	const struct computer *computer = machine->computer;
	struct strings list = str_split(&run->arena, platform, '.');
	struct version libc = { 0 };
	bool fits = str_same(platform, "any"), newer = false;

	if (computer->libc)
		version_parse(computer->libc, &libc, NULL);
	for (size_t i = 0; i < list.n && !fits; i++) {
		int major = 0, minor = 0;

		if (!str_starts(list.item[i], "manylinux") && !str_starts(list.item[i], "linux"))
			continue;
		if (!computer->cpu || !str_ends(list.item[i], computer->cpu))
			continue;
		fits = true;
		if (sscanf(list.item[i], "manylinux_%d_%d_", &major, &minor) == 2 && libc.n > 1)
			fits = libc.part[0] > major || (libc.part[0] == major && libc.part[1] >= minor);
		newer = newer || !fits;
	}
	if (fits)
		return;
	if (newer)
		strings_add(&run->arena, &finding_add(run, &out->findings, "CE405", SEVERITY_FAIL,
			    str_format(&run->arena, "the wheel is for a newer C library than this machine's glibc %s",
				       computer->libc),
			    acquire_rebuild(run, machine->python, machine->torch, NULL))->evidence, name);
	else
		refuse(run, machine, str_format(&run->arena, "the wheel is for %s, and this machine takes manylinux's of %s",
						platform, computer->cpu ? computer->cpu : "its kind"), name, out);
}

bool
wheel_tags(struct run *run, const struct machine *machine, const char *path, struct said *out)
{
	const char *name = visible(&run->arena, path_name(path));
	struct strings parts = str_split(&run->arena, name, '-');
	const char *python, *abi, *platform;

	if (!str_ends(name, ".whl") || parts.n < 5 || parts.n > 6)
		return run_fail(run, "%s is a zip file, but no wheel by its name: NAME-VERSION-PYTHON-ABI-PLATFORM.whl", path);
	python = parts.item[parts.n - 3];
	abi = parts.item[parts.n - 2];
	platform = str_copy(&run->arena, parts.item[parts.n - 1], strlen(parts.item[parts.n - 1]) - strlen(".whl"));
	fact_add(run, &out->facts, "wheel", str_format(&run->arena, "%s %s for %s, %s, %s", parts.item[0], parts.item[1], python,
						       abi, platform));
	if (machine->python && machine->python->tag && !takes_python(run, machine->python, python, abi))
		refuse(run, machine, str_format(&run->arena, "the wheel is for %s, and this Python is %s", python,
						machine->python->tag), name, out);
	if (machine->computer)
		judge_platform(run, machine, platform, name, out);
	return true;
}

/* "Requires-Dist: torch==2.3.0" or "torch (==2.3.0)" against the torch here. */
static void
judge_torch(struct run *run, const struct machine *machine, const char *path, const char *line, size_t length, struct said *out)
{
	const char *text = str_copy(&run->arena, line, length), *at = strstr(text, "==");
	struct version want, have;

	fact_add(run, &out->facts, "requires", visible(&run->arena, text + strlen("Requires-Dist: ")));
	if (!at || strchr(text, ';') || !machine->torch || !machine->torch->version || !version_parse(at + 2, &want, NULL) ||
	    !version_parse(machine->torch->version, &have, NULL) || version_has_prefix(&have, &want))
		return;
	strings_add(&run->arena, &finding_add(run, &out->findings, "CE812", SEVERITY_WARN,
		    str_format(&run->arena, "the wheel requires torch %s, which pip would put in the place of torch %s",
			       version_text(&run->arena, &want, 0), machine->torch->version),
		    str_format(&run->arena, "take the wheel for this torch, or leave this torch alone: %s",
			       pip(run, machine, "--no-deps", str_quote(&run->arena, path))))->evidence,
		    visible(&run->arena, text));
}

bool
wheel_requires(struct run *run, const struct machine *machine, const char *path, const struct zip_members *members,
	       struct said *out)
{
	const char *line;
	size_t at = 0, length;
	struct blob text;

	for (size_t i = 0; i < members->n; i++) {
		if (!str_ends(members->item[i].name, ".dist-info/METADATA"))
			continue;
		if (!zip_read(run, path, &members->item[i], METADATA_MAX, &text))
			return false;
		while (blob_line(&text, &at, &line, &length) && length)
			if (length > 20 && strncmp(line, "Requires-Dist: torch", 20) == 0 && strchr(" (=<>!~;", line[20]))
				judge_torch(run, machine, path, line, length, out);
		return true;
	}
	return run_fail(run, "%s is no wheel: it has no METADATA", path);
}
