#include "emit/text.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "emit/activation.h"
#include "emit/list.h"

const char *
text_enclose(struct arena *arena, const char *value, const char *quote, const char *these, const char *before)
{
	size_t n = 0, length = strlen(before);
	char *text = arena_alloc(arena, strlen(value) * (length + 1) + 2 * strlen(quote) + 1);

	for (const char *at = quote; *at; at++)
		text[n++] = *at;
	for (; *value; value++) {
		if (strchr(these, *value)) {
			memcpy(text + n, before, length);
			n += length;
		}
		text[n++] = *value;
	}
	memcpy(text + n, quote, strlen(quote));
	return text;
}

/* A value that cannot be written is a folder's name, or what a variable held and is to get back. */
static const char *
remedy(struct run *run, const char *name)
{
	static const char before[] = "CUENV_", behind[] = "_SAVED";

	if (!str_starts(name, before) || !str_ends(name, behind))
		return "rename that folder";
	name += sizeof(before) - 1;
	return str_format(&run->arena, "type first: unset %.*s", (int)(strlen(name) - sizeof(behind) + 1), name);
}

bool
text_check(struct run *run, const char *format, const struct changes *changes, bool unicode)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = &changes->item[i];

		for (const char *at = c->value ? c->value : ""; *at; at++)
			if ((unsigned char)*at < ' ' || *at == 0x7f)
				return run_fail(run, "%s: %s would hold a control character, %s; %s", format, c->name,
						c->value, remedy(run, c->name));
		if (unicode && c->value && !utf8_valid(c->value))
			return run_fail(run, "%s: %s would hold %s, which is not UTF-8, as %s demands; %s", format,
					c->name, c->value, format, remedy(run, c->name));
	}
	return true;
}

/* Whether the list's whole value must be said: elements are taken out, or it becomes the empty text, or it is not exported. */
static bool
is_rewritten(const struct changes *changes, const char *name)
{
	if (strcmp(name, ACTIVATION_VENV) == 0)
		return true;
	for (size_t i = 0; i < changes->n; i++)
		if (changes->item[i].kind == CHANGE_REMOVE && strcmp(changes->item[i].name, name) == 0)
			return true;
	return false;
}

struct changes
text_resolve(struct run *run, const struct changes *changes, bool all)
{
	struct changes out = { 0 };
	struct strings done = { 0 };

	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = &changes->item[i];
		const char *value;

		if (c->kind == CHANGE_SET || c->kind == CHANGE_UNSET ? !is_rewritten(changes, c->name)
								     : !all && !is_rewritten(changes, c->name)) {
			*list_add(&run->arena, &out) = *c;
			continue;
		}
		if (strings_has(&done, c->name))
			continue;
		strings_add(&run->arena, &done, c->name);
		value = changes_value(run, changes, c->name);
		*list_add(&run->arena, &out) = (struct change){ value ? CHANGE_SET : CHANGE_UNSET, c->name, value };
	}
	return out;
}

const char *
text_quote_sh(struct arena *arena, const char *value)
{
	struct strings parts = str_split(arena, value, '\'');

	return str_format(arena, "'%s'", strings_join(arena, &parts, "'\\''"));
}

const char *
text_fill(struct arena *arena, const char *template, const char *name, const char *word, const char *memory)
{
	const char *text = "", *at;

	while ((at = strchr(template, '@'))) {
		text = str_format(arena, "%s%.*s%s", text, (int)(at - template), template,
				  at[1] == 'N' ? name : at[1] == 'M' ? memory : word);
		template = at + 2;
	}
	return str_format(arena, "%s%s\n", text, template);
}

static const char *
template_of(const struct dialect *dialect, const struct change *change)
{
	if (strcmp(change->name, ACTIVATION_LEFT) == 0)
		return dialect->left;
	if (strcmp(change->name, ACTIVATION_VENV) == 0 && dialect->venv)
		return dialect->venv;
	switch (change->kind) {
	case CHANGE_UNSET:
		return dialect->unset;
	case CHANGE_PREPEND:
		return strcmp(change->name, "PATH") == 0 && dialect->prepend_path ? dialect->prepend_path : dialect->prepend;
	case CHANGE_REMOVE:
	case CHANGE_SET:
		break;
	}
	return dialect->set;
}

/* What the activation will remember of a list that it adds to, which tells later that it did; NULL: nothing is remembered. */
static const char *
memory_of(struct run *run, const struct dialect *dialect, const struct changes *changes, const struct change *change)
{
	const char *name = str_format(&run->arena, "CUENV_%s_SAVED", change->name);

	for (size_t i = 0; change->kind == CHANGE_PREPEND && dialect->once && i < changes->n; i++)
		if (str_same(changes->item[i].name, name) && changes->item[i].value)
			return dialect->quote(&run->arena, changes->item[i].value);
	return NULL;
}

/* A list that this format cannot prepend to is said whole. */
static struct changes
said_whole(struct run *run, const struct dialect *dialect, const struct changes *changes)
{
	struct changes lists = text_resolve(run, changes, !dialect->prepend && !dialect->prepend_path), out = { 0 };

	for (size_t i = 0; i < lists.n; i++) {
		const struct change *c = &lists.item[i];
		bool whole = c->kind == CHANGE_PREPEND && !template_of(dialect, c);

		if (!whole)
			*list_add(&run->arena, &out) = *c;
		else if (!i || strcmp(c[-1].name, c->name) != 0)
			*list_add(&run->arena, &out) =
				(struct change){ CHANGE_SET, c->name, changes_value(run, changes, c->name) };
	}
	return out;
}

bool
text_render(struct run *run, const char *format, const struct dialect *dialect, const struct changes *changes,
	    const char **out)
{
	struct changes list = said_whole(run, dialect, changes);
	struct strings lines = { 0 };

	if (!text_check(run, format, &list, dialect->unicode))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		const struct change *c = &list.item[i];
		const char *memory = memory_of(run, dialect, changes, c);
		const char *template = memory ? dialect->once : template_of(dialect, c);
		const char *word = c->value ? dialect->quote(&run->arena, c->value) : "";

		if (!word)
			return run_fail(run, "%s has no way to write %s in %s; take another --format", format, c->value, c->name);
		if (!template && strcmp(c->name, ACTIVATION_LEFT) != 0)
			return run_fail(run, "%s cannot unset %s; take another --format", format, c->name);
		if (template)
			strings_add(&run->arena, &lines, text_fill(&run->arena, template, c->name, word, memory));
	}
	*out = strings_join(&run->arena, &lines, "");
	return true;
}
