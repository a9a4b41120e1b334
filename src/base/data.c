#include "base/data.h"

#include <string.h>

#include "base/path.h"
#include "base/world.h"

#define TABLES(X) X(apis, "apis") X(cudnn, "cudnn") X(forward_compat, "forward-compat") X(gpus, "gpus") X(mmcv, "mmcv") \
	X(packages, "packages") X(tensorflow, "tensorflow") X(toolkits, "toolkits") X(torch, "torch")
#define DECLARE(id, name) extern const char data_##id[], data_##id##_end[];
TABLES(DECLARE)
#define ROW(id, name) { name, data_##id, data_##id##_end },
static const struct { const char *name, *text, *end; } tables[] = { TABLES(ROW) };

/* Where the user keeps tables of his own, or NULL. */
static const char *
folder(struct run *run)
{
	const char *data = run_env(run, "CUENV_DATA"), *config = run_env(run, "XDG_CONFIG_HOME"), *home = run_env(run, "HOME");

	if (data)
		return path_clean(&run->arena, run->cwd, data);
	if (config && config[0] == '/')
		return path_join(&run->arena, config, "cuenv/data");
	return home && home[0] == '/' ? path_join(&run->arena, home, ".config/cuenv/data") : NULL;
}

struct cJSON *
data_table(struct run *run, const char *name)
{
	const char *own = folder(run), *file = own ? str_format(&run->arena, "%s/%s.json", own, name) : NULL;
	struct cJSON *table = NULL;
	struct blob text;

	if (file && world_is_file(run, file)) {
		if (!json_read(run, file, &table))
			run_fail(run, "%s is no table: it is not JSON, or larger than 1 MB", file);
		return table;
	}
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(tables[i].name, name) == 0) {
			text = (struct blob){ (char *)tables[i].text, (size_t)(tables[i].end - tables[i].text) };
			json_parse(run, &text, &table);
		}
	return table;
}

struct cJSON *
data_row(const struct cJSON *list, const char *key, const char *text)
{
	for (struct cJSON *row = json_child(list); row; row = json_next(row))
		if (str_same(json_get_text(row, key), text))
			return row;
	return NULL;
}

struct version
data_version(const struct cJSON *row, const char *key)
{
	const char *text = json_get_text(row, key);
	struct version version = { 0 };

	if (text)
		version_parse(text, &version, NULL);
	return version;
}
