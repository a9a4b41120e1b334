/* What a cursor is called and where it stands, as a line for the other process. */
#include "abi/reader.h"

#include <string.h>

#include "base/path.h"

const char *
abi_spelling(struct abi_reader *r, struct clang_type type)
{
	const char *text = clang_text(r->run, r->of->clang, r->of->clang->getTypeSpelling(type)), *from, *to;

	/* "struct (unnamed struct at /path/file.h:12:3)": the place is no part of what it is. */
	while ((from = strstr(text, " at /")) && (to = strchr(from, ')')))
		text = str_format(&r->run->arena, "%.*s%s", (int)(from - text), text, to);
	return text;
}

const char *
abi_tag(struct abi_reader *r, struct clang_cursor cursor)
{
	const char *text = abi_spelling(r, r->of->clang->getCursorType(cursor)), *blank = strchr(text, ' ');

	if (strchr(text, '('))
		return NULL;
	return blank ? blank + 1 : text;
}

const char *
abi_place(struct abi_reader *r, struct clang_cursor cursor, unsigned *line)
{
	const struct clang *clang = r->of->clang;
	unsigned column, offset;
	const char *name;
	void *file = NULL;

	clang->getFileLocation(clang->getCursorLocation(cursor), &file, line, &column, &offset);
	if (!file)
		return NULL;
	name = clang_text(r->run, clang, clang->getFileName(file));
	for (size_t i = 0; i < r->of->include_dirs->n; i++)
		if (path_below(name, r->of->include_dirs->item[i]))
			return name + strlen(r->of->include_dirs->item[i]) + 1;
	return NULL;
}

void
abi_say(struct abi_reader *r, struct clang_cursor cursor, struct abi_item item)
{
	unsigned line = 0;
	const char *header = abi_place(r, cursor, &line);

	if (header)
		strings_add(&r->run->arena, &r->lines,
			    str_format(&r->run->arena, "%d\t%s\t%s\t%s\t%u\t%lld\t%lld\t%d\t%s\t%s\n", (int)item.kind,
				       item.name, item.of ? item.of : "", header, line, item.number, item.size, item.local,
				       item.type ? item.type : "", item.shown ? item.shown : ""));
}
