/*
 * data.h: the tables of data/, for what no file of a toolkit, a driver or a torch says. Embedded when cuenv is built; a file
 * NAME.json in $CUENV_DATA, else in ${XDG_CONFIG_HOME:-~/.config}/cuenv/data, takes a table's place.
 */
#ifndef BASE_DATA_H
#define BASE_DATA_H

#include "base/json.h"
#include "base/run.h"
#include "base/version.h"

/* A table's document; NULL with run->error when a file in its place is no JSON, or cJSON is not installed. */
struct cJSON *data_table(struct run *run, const char *name);

/* The first row of a list whose key has that text, or NULL. */
struct cJSON *data_row(const struct cJSON *list, const char *key, const char *text);

/* A text of a row as version; n == 0 where there is none. */
struct version data_version(const struct cJSON *row, const char *key);

#endif
