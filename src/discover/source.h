/* source.h: one place that toolkits come from. A source only names places; inspect/toolkit.c says
 * what they are. */
#ifndef DISCOVER_SOURCE_H
#define DISCOVER_SOURCE_H

#include "base/run.h"
#include "cuenv.h"

struct source {
	const char *name;  /* as printed in found_by and by --why: "CUDA_HOME", "conda", "pip" */
	const char *knows; /* one line on what it looks at */
	void (*find)(struct run *run, const struct source *source, struct leads *leads);
};

/* Every source of sources.def, in its order; the order is that of "found by" and of preference
 * among equals. */
extern const struct source *const sources[];
extern const int source_count;
extern const struct source source_named;

/* Adds a lead to a root (a directory that may be a toolkit); saw says what was seen. Repeated paths
 * of one source are dropped. */
void lead_root(struct run *run, struct leads *leads, const struct source *source, const char *path,
	       const char *saw);

/* Adds a lead to an nvcc: an ELF program, a link or a script. */
void lead_nvcc(struct run *run, struct leads *leads, const struct source *source, const char *path,
	       const char *saw);

/* Calls lead_root for each name in directory that starts with prefix ("cuda" in "/opt":
 * /opt/cuda*). */
void lead_children(struct run *run, struct leads *leads, const struct source *source,
		   const char *directory, const char *prefix);

/* Calls lead_root for each name in directory that starts with a digit: /opt/cuda/11.8. */
void lead_versions(struct run *run, struct leads *leads, const struct source *source,
		   const char *directory);

/* Calls lead_root for each line of a text file that is an absolute path; another user's file is passed over. */
void lead_lines(struct run *run, struct leads *leads, const struct source *source,
		const char *file);

/* Leads to NVIDIA's wheels in a site-packages or dist-packages directory (discover/pip.c). */
void lead_wheels(struct run *run, struct leads *leads, const char *site);

/* The user's conda environments, sorted; some may be named twice, or be gone
 * (discover/conda_prefixes.c). */
struct strings conda_prefixes(struct run *run);

/* The directories that a modulefile gives to CUDA_HOME and its like, and .../bin that it puts on
 * PATH (discover/modulefile.c). */
struct strings modulefile_roots(struct run *run, const char *file);

/* Every program of this name in the directories of PATH, in their order. */
struct strings programs_on_path(struct run *run, const char *name);

/* What is wrong with the value of a variable that must be one directory; NULL when nothing is. */
const char *environment_fault(struct run *run, const char *value);

/* HOME/name, or NULL where HOME is unset or no absolute path. */
const char *home_path(struct run *run, const char *name);

#endif
