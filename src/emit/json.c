/* One object: what each variable shall be, null where it shall not be; wrappers/cuenv.nu reads it, and programs. */
#include <string.h>

#include "base/str.h"
#include "emit/text.h"

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	struct changes list = text_resolve(run, changes, true);
	struct strings rows = { 0 };

	if (!text_check(run, "json", &list, true))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		const struct change *c = &list.item[i];

		strings_add(&run->arena, &rows, str_format(&run->arena, "\n    \"%s\": %s", c->name, c->kind == CHANGE_UNSET ? "null"
			    : text_enclose(&run->arena, c->value, "\"", "\"\\", "\\")));
	}
	*out = str_format(&run->arena, "{\n  \"environment\": {%s%s}\n}\n",
			  strings_join(&run->arena, &rows, ","), rows.n ? "\n  " : "");
	return true;
}

const struct emitter emitter_json = { "json", "JSON, for nushell and for programs", false, render };
