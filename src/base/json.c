#include "base/json.h"

#include <cjson/cJSON.h>
#include <dlfcn.h>
#include <string.h>

#include "base/utf8.h"
#include "base/world.h"

#define FILE_MAX ((size_t)1 << 20)

/* cJSON's functions and the arena that its hooks take memory from: the one state of this process besides the run. */
static struct {
	bool ready;
	struct arena *arena;
	void (*hooks)(cJSON_Hooks *hooks);
	cJSON *(*parse)(const char *text, size_t size, const char **end, cJSON_bool whole);
	char *(*print)(const cJSON *document);
	cJSON *(*object)(void), *(*array)(void), *(*null)(void);
	cJSON *(*string)(const char *text);
	cJSON *(*number)(double number);
	cJSON *(*boolean)(cJSON_bool value);
	cJSON_bool (*append)(cJSON *array, cJSON *item);
	cJSON_bool (*insert)(cJSON *object, const char *key, cJSON *item);
} cjson;

static const struct { const char *name; void *to; } functions[] = {
	{ "cJSON_InitHooks", &cjson.hooks },
	{ "cJSON_ParseWithLengthOpts", &cjson.parse },
	{ "cJSON_Print", &cjson.print },
	{ "cJSON_CreateObject", &cjson.object },
	{ "cJSON_CreateArray", &cjson.array },
	{ "cJSON_CreateNull", &cjson.null },
	{ "cJSON_CreateString", &cjson.string },
	{ "cJSON_CreateNumber", &cjson.number },
	{ "cJSON_CreateBool", &cjson.boolean },
	{ "cJSON_AddItemToArray", &cjson.append },
	{ "cJSON_AddItemToObject", &cjson.insert },
};

static void *
take(size_t size)
{
	return arena_alloc(cjson.arena, size);
}

static void
leave(void *memory)
{
	(void)memory;
}

/* Loads cJSON at first use; from then on its memory is this run's. */
static bool
load(struct run *run)
{
	cJSON_Hooks hooks = { take, leave };
	void *library;

	cjson.arena = &run->arena;
	if (cjson.ready)
		return true;
	library = dlopen("libcjson.so.1", RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return run_fail(run, "cannot load libcjson.so.1, which JSON needs; type: sudo apt install libcjson1");
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = dlsym(library, functions[i].name);

		if (!function)
			return run_fail(run, "libcjson.so.1 has no %s: cJSON 1.7.14 or newer is needed",
					functions[i].name);
		memcpy(functions[i].to, &function, sizeof(function));
	}
	cjson.hooks(&hooks);
	cjson.ready = true;
	return true;
}

bool
json_parse(struct run *run, const struct blob *text, struct cJSON **out)
{
	struct cJSON *parsed;

	if (!load(run) || !text->data)
		return false;
	parsed = cjson.parse(text->data, text->size + 1, NULL, true);	/* with the NUL: nothing may follow the value */
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
	return load(run) ? cjson.object() : NULL;
}

static struct cJSON *
put(struct cJSON *in, const char *key, struct cJSON *item)
{
	if (key)
		cjson.insert(in, utf8_mended(cjson.arena, key), item);
	else
		cjson.append(in, item);
	return item;
}

struct cJSON *
json_put_object(struct cJSON *in, const char *key)
{
	return put(in, key, cjson.object());
}

struct cJSON *
json_put_array(struct cJSON *in, const char *key)
{
	return put(in, key, cjson.array());
}

void
json_put_text(struct run *run, struct cJSON *in, const char *key, const char *text)
{
	put(in, key, text ? cjson.string(utf8_mended(&run->arena, text)) : cjson.null());
}

void
json_put_number(struct cJSON *in, const char *key, double number)
{
	put(in, key, cjson.number(number));
}

void
json_put_bool(struct cJSON *in, const char *key, bool value)
{
	put(in, key, cjson.boolean(value));
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
	const char *from = cjson.print(document);
	char *text, *to;

	to = text = arena_alloc(cjson.arena, 2 * strlen(from) + 2);
	for (char before = '\0'; *from; before = *from++) {
		*to++ = *from == '\t' ? ' ' : *from;
		if (*from == '\t' && before != ':')
			*to++ = ' ';
	}
	*to = '\n';
	return text;
}
