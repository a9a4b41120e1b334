#include "base/str.h"
#include "cli/show.h"
#include "select/rank.h"

static const struct { enum ability ability; const char *name; } abilities[] = {
	{ CAN_COMPILE, "compile" }, { CAN_LINK, "link" }, { CAN_EXTEND, "extend" },
};

static void
put_version(struct run *run, struct cJSON *in, const char *key, const struct version *version)
{
	json_put_text(run, in, key, version->n ? version_text(&run->arena, version, 0) : NULL);
}

static void
put_number(struct run *run, struct cJSON *in, const char *key, bool known, int number)
{
	if (known)
		json_put_number(in, key, number);
	else
		json_put_text(run, in, key, NULL);
}

/* The object that tells of noun; a null, and NULL, where there is none. */
static struct cJSON *
put_noun(struct run *run, struct cJSON *in, const char *key, const void *noun)
{
	if (noun)
		return json_put_object(in, key);
	json_put_text(run, in, key, NULL);
	return NULL;
}

const char *
show_state(const struct toolkit *toolkit)
{
	static const char *const names[] = {
		[STATE_BUILDS] = "builds", [STATE_RUNTIME_ONLY] = "runtime-only", [STATE_BROKEN] = "broken",
	};

	return names[toolkit->state];
}

const char *
show_match(const struct toolkit *toolkit, const struct torch *torch)
{
	if (!torch || torch->cuda.n < 2 || toolkit->version.n < 2)
		return NULL;
	switch (rank_suits(&toolkit->version, &torch->cuda)) {
	case SUITS_MINOR:
		return "same";
	case SUITS_MAJOR:
		return "minor";
	default:
		return "major";
	}
}

static void
put_claims(struct run *run, struct cJSON *in, const struct claims *claims)
{
	struct cJSON *array = json_put_array(in, "claims");

	for (size_t i = 0; i < claims->n; i++) {
		struct cJSON *claim = json_put_object(array, NULL);

		json_put_text(run, claim, "about", claims->item[i].about);
		json_put_text(run, claim, "version", version_text(&run->arena, &claims->item[i].version, 0));
		json_put_text(run, claim, "file", claims->item[i].file);
	}
}

static void
put_abilities(struct run *run, struct cJSON *in, unsigned can)
{
	struct cJSON *array = json_put_array(in, "abilities");

	for (size_t i = 0; i < sizeof(abilities) / sizeof(abilities[0]); i++)
		if (can & abilities[i].ability)
			json_put_text(run, array, NULL, abilities[i].name);
}

void
show_toolkit(struct run *run, struct cJSON *in, const char *key, const struct toolkit *toolkit,
	     const struct torch *torch)
{
	struct cJSON *object = put_noun(run, in, key, toolkit);

	if (!object)
		return;
	json_put_text(run, object, "root", toolkit->root);
	put_version(run, object, "version", &toolkit->version);
	json_put_text(run, object, "state", show_state(toolkit));
	json_put_bool(object, "active", toolkit->active);
	json_put_text(run, object, "match", show_match(toolkit, torch));
	put_abilities(run, object, toolkit->abilities);
	json_put_strings(run, object, "missing", &toolkit->missing);
	json_put_text(run, object, "gap", toolkit->gap);
	json_put_text(run, object, "remedy", toolkit->remedy);
	json_put_text(run, object, "layout", toolkit->layout);
	json_put_text(run, object, "nvcc", toolkit->nvcc);
	json_put_strings(run, object, "include_dirs", &toolkit->include_dirs);
	json_put_strings(run, object, "lib_dirs", &toolkit->lib_dirs);
	put_number(run, object, "gcc_max", toolkit->gcc_max > 0, toolkit->gcc_max);
	put_number(run, object, "clang_max", toolkit->clang_max > 0, toolkit->clang_max);
	put_claims(run, object, &toolkit->claims);
	json_put_text(run, object, "contradiction", toolkit->contradiction);
	json_put_strings(run, object, "found_by", &toolkit->found_by);
}

void
show_torch(struct run *run, struct cJSON *in, const struct torch *torch)
{
	struct cJSON *object = put_noun(run, in, "torch", torch);

	if (!object)
		return;
	json_put_text(run, object, "dir", torch->dir);
	json_put_text(run, object, "version", torch->version);
	json_put_text(run, object, "origin", torch->origin);
	json_put_text(run, object, "origin_from", torch->origin_from);
	put_version(run, object, "cuda", &torch->cuda);
	json_put_text(run, object, "hip", torch->hip);
	json_put_text(run, object, "cudnn", torch->cudnn);
	json_put_text(run, object, "cudnn_from", torch->cudnn_from);
	put_number(run, object, "cxx11_abi", torch->cxx11_abi >= 0, torch->cxx11_abi);
	json_put_text(run, object, "cxx11_abi_from", torch->cxx11_abi_from);
	json_put_strings(run, object, "archs", &torch->archs);
	json_put_text(run, object, "archs_from", torch->archs_from);
	put_number(run, object, "cxx_std", torch->cxx_std > 0, torch->cxx_std);
	json_put_text(run, object, "cxx_std_from", torch->cxx_std_from);
	json_put_text(run, object, "cudart_soname", torch->cudart_soname);
	json_put_text(run, object, "cudart_from", torch->cudart_from);
	json_put_text(run, object, "cudart_file", torch->cudart_file);
	json_put_strings(run, object, "include_dirs", &torch->include_dirs);
	json_put_text(run, object, "lib_dir", torch->lib_dir);
}

void
show_python(struct run *run, struct cJSON *in, const struct python *python)
{
	struct cJSON *object = put_noun(run, in, "python", python);

	if (!object)
		return;
	json_put_text(run, object, "executable", python->executable);
	json_put_text(run, object, "real", python->real);
	json_put_text(run, object, "prefix", python->prefix);
	json_put_text(run, object, "base_prefix", python->base_prefix);
	json_put_text(run, object, "tag", python->tag);
	put_version(run, object, "version", &python->version);
	json_put_text(run, object, "include_dir", python->include_dir);
	json_put_strings(run, object, "site_dirs", &python->site_dirs);
	json_put_text(run, object, "chosen_by", python->chosen_by);
}

void
show_driver(struct run *run, struct cJSON *in, const struct driver *driver)
{
	struct cJSON *object = put_noun(run, in, "driver", driver);

	if (!object)
		return;
	json_put_text(run, object, "version", driver->version);
	put_version(run, object, "cuda", &driver->cuda);
}

void
show_compiler(struct run *run, struct cJSON *in, const char *key, const struct compiler *compiler)
{
	struct cJSON *object = put_noun(run, in, key, compiler);

	if (!object)
		return;
	json_put_text(run, object, "path", compiler->path);
	json_put_text(run, object, "kind", compiler->is_clang ? "clang" : "gcc");
	put_version(run, object, "version", &compiler->version);
}

void
show_facts(struct run *run, struct cJSON *in, const struct facts *facts)
{
	struct cJSON *list = json_put_array(in, "facts"), *row;

	for (size_t i = 0; i < facts->n; i++) {
		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", facts->item[i].name);
		json_put_text(run, row, "value", facts->item[i].value);
	}
}
