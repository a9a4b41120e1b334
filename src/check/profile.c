/* Profiles of packages, by name and version: rows of data/packages.json, each with its source. */
#include "check/profile.h"

#include "base/data.h"
#include "base/package.h"
#include "base/str.h"

static void
read_list(struct run *run, const struct cJSON *row, const char *key, struct strings *out)
{
	for (struct cJSON *at = json_child(json_get(row, key)); at; at = json_next(at))
		if (json_text(at))
			strings_add(&run->arena, out, json_text(at));
}

static void
read_pins(struct run *run, const struct cJSON *row, struct profile *out)
{
	for (struct cJSON *at = json_child(json_get(row, "cxx")); at; at = json_next(at))
		*list_add(&run->arena, &out->pins) =
			(struct pin){ data_version(at, "torch_max"), json_number(json_get(at, "std")) };
}

static bool
holds(const struct cJSON *row, const char *text)
{
	struct version from = data_version(row, "from"), to = data_version(row, "to"), version;

	if (!text || !version_parse(text, &version, NULL))
		return true;
	return (!from.n || version_compare(&version, &from) >= 0) && (!to.n || version_compare(&version, &to) <= 0);
}

/* Whether a version is beyond all that a row is of. */
static bool
is_newer(const struct cJSON *row, const char *text)
{
	struct version to = data_version(row, "to"), version;

	return to.n && version_parse(text, &version, NULL) && version_compare(&version, &to) > 0;
}

/* "mmcv 2.1.0 to 2.2.0" */
static const char *
covers(struct run *run, const struct cJSON *row)
{
	const char *name = json_get_text(row, "name"), *from = json_get_text(row, "from"), *to = json_get_text(row, "to");

	return str_format(&run->arena, "%s%s%s%s%s", name, from ? " " : "", from ? from : "",
			  from && to && !str_same(from, to) ? " to " : from && !to ? " and later" : "",
			  to && !str_same(from, to) ? to : "");
}

static void
read_row(struct run *run, const struct cJSON *row, const char *version, struct profile *out)
{
	const char *name = json_get_text(row, "name"), *target = json_get_text(row, "target"), *tag = json_get_text(row, "tag");

	*out = (struct profile){ .name = name, .version = version, .covers = covers(run, row), .target = target,
		.source = json_get_text(row, "source"), .plain = json_get_text(row, "plain"), .note = json_get_text(row, "note"),
		.uses_from = json_get_text(row, "uses_from"),
		.instead = json_get_text(row, "instead"),
		.exact = json_number(json_get(row, "exact")),
		.exact_from = json_number(json_get(row, "exact_from")), .cuda_min = data_version(row, "cuda_min"),
		.torch_min = data_version(row, "torch_min"), .torch_max = data_version(row, "torch_max"),
		.python_max = data_version(row, "python_max"), .python_max_why = json_get_text(row, "python_max_why"),
		.torch_max_why = json_get_text(row, "torch_max_why"), .memory = json_number(json_get(row, "memory")),
		.index = json_get_text(row, "index") };
	if (target && version)
		out->target = str_format(&run->arena, "%s@%s%s", target, tag ? tag : "", version);
	else if (!target)
		out->target = version ? str_format(&run->arena, "%s==%s", name, version) : name;
	read_pins(run, row, out);
	read_list(run, row, "imports", &out->imports);
	read_list(run, row, "env", &out->env);
	read_list(run, row, "env_no_gpu", &out->env_no_gpu);
	read_list(run, row, "archs", &out->archs);
	read_list(run, row, "uses", &out->uses);
	read_list(run, row, "headers", &out->headers);
}

bool
profile_find(struct run *run, const char *name, const char *version, struct profile *out)
{
	struct cJSON *table = data_table(run, "packages"), *nearest = NULL;

	for (struct cJSON *row = json_child(json_get(table, "packages")); row; row = json_next(row)) {
		const char *known = json_get_text(row, "name");

		if (!known || !package_same(known, name))
			continue;
		if (holds(row, version)) {
			read_row(run, row, version, out);
			return true;
		}
		if (!nearest || !is_newer(nearest, version))	/* newest first: the next older one, else the oldest */
			nearest = row;
	}
	if (!nearest)
		return false;
	read_row(run, nearest, version, out);
	out->assumed = true;
	return true;
}

const char *
profile_names(struct run *run)
{
	struct cJSON *table = data_table(run, "packages");
	struct strings names = { 0 };

	for (struct cJSON *row = json_child(json_get(table, "packages")); row; row = json_next(row))
		if (json_get_text(row, "name"))
			strings_add_once(&run->arena, &names, json_get_text(row, "name"));
	return strings_join(&run->arena, &names, ", ");
}

int
profile_pin(const struct profile *profile, const struct version *torch)
{
	for (size_t i = 0; i < profile->pins.n; i++) {
		const struct pin *pin = &profile->pins.item[i];

		if (!pin->torch_max.n || version_compare(torch, &pin->torch_max) <= 0)
			return pin->std;
	}
	return 0;
}
