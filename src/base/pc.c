#define _GNU_SOURCE
#include "base/pc.h"

#include <libpkgconf/libpkgconf.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/world.h"

#define FILE_MAX 65536

/* libpkgconf closes the stream. */
static pkgconf_pkg_t *
parse(pkgconf_client_t *client, const char *file, struct blob *text)
{
	FILE *stream = text->size ? fmemopen(text->data, text->size, "r") : NULL;

	if (!stream)
		return NULL;
#if LIBPKGCONF_VERSION >= 10900
	return pkgconf_pkg_new_from_file(client, file, stream, 0);
#else
	return pkgconf_pkg_new_from_file(client, file, stream);
#endif
}

static bool
ignore(const char *message, const pkgconf_client_t *client, const void *data)
{
	(void)message;
	(void)client;
	(void)data;
	return true;
}

static void
take_words(struct run *run, const pkgconf_list_t *fragments, struct pc *out)
{
	const pkgconf_node_t *node;

	PKGCONF_FOREACH_LIST_ENTRY(fragments->head, node) {
		const pkgconf_fragment_t *fragment = node->data;
		char type[] = { '-', fragment->type, '\0' };

		strings_add(&run->arena, &out->words, str_format(&run->arena, "%s%s", fragment->type ? type : "",
								 fragment->data ? fragment->data : ""));
	}
}

static void
take(struct run *run, const pkgconf_pkg_t *package, struct pc *out)
{
	const pkgconf_node_t *node;

	PKGCONF_FOREACH_LIST_ENTRY(package->vars.head, node) {
		const pkgconf_tuple_t *tuple = node->data;

		strings_add(&run->arena, &out->names, str_copy(&run->arena, tuple->key, strlen(tuple->key)));
		strings_add(&run->arena, &out->values, str_copy(&run->arena, tuple->value, strlen(tuple->value)));
	}
	take_words(run, &package->cflags, out);
	take_words(run, &package->libs, out);
}

bool
pc_read(struct run *run, const char *file, struct pc *out)
{
	pkgconf_cross_personality_t nowhere = { .name = "cuenv" };
	struct pc pc = { 0 };
	pkgconf_client_t *client;
	pkgconf_pkg_t *package;
	struct blob text;

	if (!world_read(run, file, FILE_MAX, &text) || !(client = pkgconf_client_new(ignore, NULL, &nowhere)))
		return false;
	package = parse(client, file, &text);
	if (package) {
		take(run, package, &pc);
		pkgconf_pkg_unref(client, package);
		*out = pc;
	}
	pkgconf_client_free(client);
	return package != NULL;
}

const char *
pc_value(const struct pc *pc, const char *name)
{
	for (size_t i = 0; i < pc->names.n; i++)
		if (str_same(pc->names.item[i], name))
			return pc->values.item[i];
	return NULL;
}
