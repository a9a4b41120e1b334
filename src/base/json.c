#include "base/json.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/utf8.h"
#include "base/world.h"

#define FILE_MAX ((size_t)1 << 20)

/* The arena that cJSON's hooks take memory from: the one state of this process besides the run. */
static struct arena *memory;

static void *
take(size_t size)
{
	return arena_alloc(memory, size);
}

static void
leave(void *taken)
{
	(void)taken;
}

/* From now on what cJSON allocates is this run's. */
static void
use_arena(struct run *run)
{
	cJSON_Hooks hooks = { take, leave };

	if (memory != &run->arena)
		cJSON_InitHooks(&hooks);
	memory = &run->arena;
}

bool
json_parse(struct run *run, const struct blob *text, struct cJSON **out)
{
	struct cJSON *parsed;

	if (!text->data)
		return false;
	use_arena(run);
	parsed = cJSON_ParseWithLengthOpts(text->data, text->size + 1, NULL, true);	/* with the NUL: nothing may follow the value */
	if (!parsed)
		return false;
	*out = parsed;
	return true;
}

bool
json_read(struct run *run, const char *path, struct cJSON **out)
{
	struct blob text;
	struct stat st;

	if (!world_stat(run, path, &st))
		return false;
	if (S_ISREG(st.st_mode) && (size_t)st.st_size > FILE_MAX) {
		run_left_out(run, path, str_format(&run->arena, "JSON of up to %s is read", str_size(&run->arena, FILE_MAX)));
		return false;
	}
	return world_read(run, path, FILE_MAX, &text) && json_parse(run, &text, out);
}

struct cJSON *
json_get(const struct cJSON *object, const char *key)
{
	if (!object || (object->type & 0xff) != cJSON_Object)
		return NULL;
	for (struct cJSON *at = object->child; at; at = at->next)
		if (at->string && strcmp(at->string, key) == 0)
			return at;
	return NULL;
}

const char *
json_text(const struct cJSON *value)
{
	return value && (value->type & 0xff) == cJSON_String ? value->valuestring : NULL;
}

int
json_number(const struct cJSON *value)
{
	return value && (value->type & 0xff) == cJSON_Number ? value->valueint : 0;
}

const char *
json_get_text(const struct cJSON *object, const char *key)
{
	return json_text(json_get(object, key));
}

struct cJSON *
json_at(const struct cJSON *array, int index)
{
	struct cJSON *at;

	if (!array || (array->type & 0xff) != cJSON_Array || index < 0)
		return NULL;
	for (at = array->child; at && index > 0; index--)
		at = at->next;
	return at;
}

int
json_count(const struct cJSON *array)
{
	int n = 0;

	for (const struct cJSON *at = json_child(array); at; at = at->next)
		n++;
	return n;
}

struct cJSON *
json_child(const struct cJSON *container)
{
	return container ? container->child : NULL;
}

struct cJSON *
json_next(const struct cJSON *element)
{
	return element ? element->next : NULL;
}

const char *
json_key(const struct cJSON *element)
{
	return element ? element->string : NULL;
}

struct cJSON *
json_object(struct run *run)
{
	use_arena(run);
	return cJSON_CreateObject();
}

static struct cJSON *
put(struct cJSON *in, const char *key, struct cJSON *item)
{
	if (key)
		cJSON_AddItemToObject(in, utf8_mended(memory, key), item);
	else
		cJSON_AddItemToArray(in, item);
	return item;
}

struct cJSON *
json_put_object(struct cJSON *in, const char *key)
{
	return put(in, key, cJSON_CreateObject());
}

struct cJSON *
json_put_array(struct cJSON *in, const char *key)
{
	return put(in, key, cJSON_CreateArray());
}

void
json_put_text(struct run *run, struct cJSON *in, const char *key, const char *text)
{
	put(in, key, text ? cJSON_CreateString(utf8_mended(&run->arena, text)) : cJSON_CreateNull());
}

void
json_put_number(struct cJSON *in, const char *key, double number)
{
	put(in, key, cJSON_CreateNumber(number));
}

void
json_put_bool(struct cJSON *in, const char *key, bool value)
{
	put(in, key, cJSON_CreateBool(value));
}

void
json_put_strings(struct run *run, struct cJSON *in, const char *key, const struct strings *list)
{
	struct cJSON *array = json_put_array(in, key);

	for (size_t i = 0; i < list->n; i++)
		json_put_text(run, array, NULL, list->item[i]);
}

/* cJSON indents with tabs, also behind colons; a tab inside a string is always escaped, so all of them are layout. */
const char *
json_print(const struct cJSON *document)
{
	const char *from = cJSON_Print(document);
	char *text, *to;

	to = text = arena_alloc(memory, 2 * strlen(from) + 2);
	for (char before = '\0'; *from; before = *from++) {
		*to++ = *from == '\t' ? ' ' : *from;
		if (*from == '\t' && before != ':')
			*to++ = ' ';
	}
	*to = '\n';
	return text;
}
