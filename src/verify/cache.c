/*
 * Verdicts that still hold. One file for each question (what was asked, of which toolkit and torch, in which
 * environment), in ${XDG_CACHE_HOME:-~/.cache}/cuenv/verify; it lists every file that the verdict rests on with inode,
 * size and time, and counts only while all of them are the same. A file that is damaged is as good as none.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/remember.h"
#include "base/trust.h"
#include "base/world.h"
#include "verify/plan.h"
#include "verify/sample.h"

#define FORMAT "cuenv verdict 1"
#define KEPT 50		/* verdicts, of up to 200 kB each */

/* What changes a build or an import without changing a file. */
static const char *const variables[] = {
	"PATH", "CXX", "CC", "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH", "GCC_EXEC_PREFIX",
	"COMPILER_PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "NVCC_PREPEND_FLAGS", "NVCC_APPEND_FLAGS", "NVCC_CCBIN",
	"PYTORCH_NVCC", "CUDA_HOME", "CUDA_PATH",
	"TORCH_CUDA_ARCH_LIST", "CUDA_INC_PATH", "CUDNN_HOME", "CUDNN_PATH", "PYTHONPATH", "PYTHONHOME",
	"CUDA_VISIBLE_DEVICES", "TORCH_DONT_CHECK_COMPILER_ABI",
};

static const char *
cache_file(struct run *run, const struct plan *plan)
{
	const char *folder = remember_dir(run, "verify");
	const struct wish *w = plan->wish;
	struct hash hash = HASH_START;
	struct stat st;

	if (!folder)
		return NULL;
	hash_text(&hash, FORMAT " " CUENV_VERSION);
	for (size_t i = 0; i < sample_count; i++)
		hash_add(&hash, samples[i].text, (size_t)(samples[i].end - samples[i].text));
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		hash_text(&hash, run_env(run, variables[i]));
	hash_text(&hash, plan->toolkit->root);
	hash_text(&hash, plan->toolkit->nvcc);
	hash_text(&hash, plan->torch->dir);
	hash_text(&hash, plan->python->executable);
	hash_text(&hash, plan->python->include_dir);
	hash_text(&hash, plan->toolkit->gap);
	hash_text(&hash, w->cxx);
	hash_text(&hash, w->archs);
	hash_text(&hash, str_format(&run->arena, "%d %d %d", w->probe, w->no_load, world_stat(run, "/dev/nvidiactl", &st)));
	return path_join(&run->arena, folder, hash_name(run, &hash));
}

/* Tabs and line ends inside a value become blanks. */
static void
put(struct run *run, struct strings *lines, const char *kind, const char *a, const char *b, const char *c, const char *d)
{
	const char *const values[] = { a, b, c, d };
	struct strings row = { 0 };

	strings_add(&run->arena, &row, kind);
	for (int i = 0; i < 4; i++) {
		char *copy = (char *)(values[i] ? str_copy(&run->arena, values[i], strlen(values[i])) : "\1");

		for (char *at = copy; *at; at++)
			if (*at == '\t' || *at == '\n')
				*at = ' ';
		strings_add(&run->arena, &row, copy);
	}
	strings_add(&run->arena, lines, strings_join(&run->arena, &row, "\t"));
}

static void
put_verdict(struct run *run, const struct verdict *v, struct strings *lines)
{
	put(run, lines, "answer", str_format(&run->arena, "%d", v->answer), v->headline, "", "");
	for (size_t i = 0; i < v->steps.n; i++)
		put(run, lines, "step", v->steps.item[i].name, v->steps.item[i].said,
		    str_format(&run->arena, "%.3f", v->steps.item[i].seconds), "");
	for (size_t i = 0; i < v->facts.n; i++)
		put(run, lines, "fact", v->facts.item[i].name, v->facts.item[i].value, "", "");
	for (size_t i = 0; i < v->findings.n; i++) {
		const struct finding *f = &v->findings.item[i];

		put(run, lines, "finding", f->code, str_format(&run->arena, "%d", f->severity), f->what, f->remedy);
		for (size_t k = 0; k < f->evidence.n; k++)
			put(run, lines, "evidence", f->evidence.item[k], "", "", "");
	}
	strings_add(&run->arena, lines, "end");
}

/* The folders in which a new file would be taken before those that were, or what a no misses would be put. */
static void
rest_on_folders(struct run *run, const struct plan *plan, struct strings *files)
{
	const struct strings *const own[] = { &plan->toolkit->include_dirs, &plan->toolkit->lib_dirs,
					      &plan->python->site_dirs };
	static const char *const lists[] = { "PATH", "CPATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH", "LD_LIBRARY_PATH" };

	words_add(run, files, "/usr/local/include", "/usr/local/lib", "/etc/ld.so.cache", plan->torch->lib_dir, NULL);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		for (size_t k = 0; k < own[i]->n; k++)
			strings_add(&run->arena, files, own[i]->item[k]);
	for (size_t k = 0; k < plan->python->site_dirs.n; k++)	/* the wheels of CUDA's parts */
		strings_add(&run->arena, files, path_join(&run->arena, plan->python->site_dirs.item[k], "nvidia"));
	if (plan->python->prefix)
		strings_add(&run->arena, files, path_join(&run->arena, plan->python->prefix, "lib"));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct strings folders = str_split(&run->arena, run_env(run, lists[i]) ? run_env(run, lists[i]) : "", ':');

		for (size_t k = 0; k < folders.n; k++)
			if (folders.item[k][0] == '/')
				strings_add_once(&run->arena, files, folders.item[k]);
	}
}

static void
rest_on_files(struct run *run, const struct plan *plan, struct strings *files)
{
	const char *const torch_lib = plan->torch->lib_dir;
	struct strings names = { 0 };

	words_add(run, files, "/proc/self/exe", path_join(&run->arena, plan->torch->dir, "version.py"), plan->python->real,
		  path_join(&run->arena, plan->toolkit->root, "include"), path_join(&run->arena, plan->toolkit->root, "lib64"),
		  NULL);
	for (int i = 0; i < PART_COUNT; i++)
		if (plan->toolkit->part[i])
			strings_add(&run->arena, files, plan->toolkit->part[i]);
	if (world_list(run, torch_lib, &names))
		for (size_t i = 0; i < names.n; i++)
			strings_add(&run->arena, files, path_join(&run->arena, torch_lib, names.item[i]));
	if (plan->recipe.file)
		strings_add(&run->arena, files, plan->recipe.file);
	words_add(run, files, plan->torch->cudart_file, plan->cxx.path, plan->nvcc_host.path, plan->cc1plus);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
cache_keep(struct run *run, const struct plan *plan, const struct verdict *verdict)
{
	const char *path = cache_file(run, plan), *text, *why;
	struct strings lines = { 0 }, files = plan->rests_on;

	if (!path || !trust_path(run, path, &why))
		return;
	rest_on_files(run, plan, &files);
	rest_on_folders(run, plan, &files);
	qsort(files.item, files.n, sizeof(files.item[0]), by_text);
	strings_add(&run->arena, &lines, FORMAT);
	for (size_t i = 0; i < files.n; i++)
		if (i == 0 || strcmp(files.item[i], files.item[i - 1]) != 0)
			put(run, &lines, "file", remember_identity(run, files.item[i]), files.item[i], "", "");
	put_verdict(run, verdict, &lines);
	text = strings_join(&run->arena, &lines, "\n");
	if (world_write(run, path, text, strlen(text)))	/* a cache that cannot be written is no news */
		remember_prune(run, path_parent(&run->arena, path), "", KEPT);
}

/* A digit that stands alone; 10 for anything else. */
static int
digit(const char *text)
{
	return text && *text >= '0' && *text <= '9' && !text[1] ? *text - '0' : 10;
}

/* Reads one line into a verdict; false when it is none of ours or a file has changed. */
static bool
take(struct run *run, char *line, struct verdict *v)
{
	const char *field[5] = { 0 };
	int number;

	for (int i = 0; i < 5 && line; i++) {
		char *tab = strchr(line, '\t');

		if (tab)
			*tab = '\0';
		field[i] = strcmp(line, "\1") == 0 ? NULL : line;
		line = tab ? tab + 1 : NULL;
	}
	if (!field[1])
		return false;
	if (str_same(field[0], "file"))
		return field[2] && strcmp(remember_identity(run, field[2]), field[1]) == 0;
	number = digit(str_same(field[0], "finding") ? field[2] : field[1]);
	if (str_same(field[0], "answer") && number <= ANSWER_NO) {
		v->answer = (enum answer)number;
		v->headline = field[2];
	} else if (str_same(field[0], "step") && field[3]) {
		*(struct step *)list_add(&run->arena, &v->steps) = (struct step){ field[1], field[2], strtod(field[3], NULL) };
	} else if (str_same(field[0], "fact")) {
		fact_add(run, &v->facts, field[1], field[2]);
	} else if (str_same(field[0], "finding") && number <= SEVERITY_FAIL && field[3]) {
		finding_add(run, &v->findings, field[1], (enum severity)number, field[3], field[4]);
	} else if (str_same(field[0], "evidence") && v->findings.n) {
		strings_add(&run->arena, &v->findings.item[v->findings.n - 1].evidence, field[1]);
	} else {
		return false;
	}
	return true;
}

bool
cache_find(struct run *run, const struct plan *plan, struct verdict *out)
{
	const char *path = cache_file(run, plan);
	struct verdict verdict = { .answer = ANSWER_UNKNOWN, .remembered = true };
	struct blob text;

	if (!path || !trust_read(run, "verify", path, 4 << 20, &text) || !str_starts(text.data, FORMAT "\n") ||
	    !str_ends(text.data, "\nend"))
		return false;
	for (char *at = text.data + strlen(FORMAT) + 1; at;) {
		char *end = strchr(at, '\n');

		if (end)
			*end = '\0';
		if (strcmp(at, "end") != 0 && !take(run, at, &verdict))
			return false;
		at = end ? end + 1 : NULL;
	}
	if (!verdict.headline || verdict.answer == ANSWER_UNKNOWN)
		return false;
	*out = verdict;
	remember_used(path);
	return true;
}
