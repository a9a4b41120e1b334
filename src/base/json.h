/*
 * json.h: JSON in and out through cJSON.
 * Text that is not UTF-8 (paths may be anything) is written with U+FFFD in place of each bad byte. All memory is the arena's.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/run.h"
#include "base/str.h"

struct cJSON;

/* A file of at most 1 MB, or false (not there, not JSON, nested too deep). */
bool json_read(struct run *run, const char *path, struct cJSON **out);
bool json_parse(struct run *run, const struct blob *text, struct cJSON **out);

/* NULL when the key or index is not there or of another kind; json may be NULL. */
struct cJSON *json_get(const struct cJSON *object, const char *key);
const char *json_text(const struct cJSON *value);
int json_number(const struct cJSON *value);	/* 0 for what is none */
const char *json_get_text(const struct cJSON *object, const char *key);
struct cJSON *json_at(const struct cJSON *array, int index);
int json_count(const struct cJSON *array);
struct cJSON *json_child(const struct cJSON *container);	/* first element of an object or array */
struct cJSON *json_next(const struct cJSON *element);
const char *json_key(const struct cJSON *element);

struct cJSON *json_object(struct run *run);		/* a document to print; NULL, with run->error, when cJSON is not installed */
struct cJSON *json_put_object(struct cJSON *in, const char *key);	/* key NULL: in is an array */
struct cJSON *json_put_array(struct cJSON *in, const char *key);
void json_put_text(struct run *run, struct cJSON *in, const char *key, const char *text);	/* NULL text: null */
void json_put_number(struct cJSON *in, const char *key, double number);
void json_put_bool(struct cJSON *in, const char *key, bool value);
void json_put_strings(struct run *run, struct cJSON *in, const char *key, const struct strings *list);
const char *json_print(const struct cJSON *document);	/* indented, with a newline at the end */

#endif
