/* show.h: the nouns in JSON and in words, the same ones wherever they appear. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "base/json.h"
#include "base/run.h"
#include "cuenv.h"

/*
 * A document with its head: schema_version, the answer that the exit code gives (0 yes, 1 no, 2 unknown), whose it is and
 * when it was given. NULL with run->error.
 */
struct cJSON *show_document(struct run *run, int code);

/* Why there is no answer, for --json: {"error": {"what", "remedy"}} on stdout; people find the words on standard error. */
void show_refusal(struct run *run, int code);

/* Adds a toolkit under key (NULL: to an array) and how it matches torch, which may be NULL; a null where there is none. */
void show_toolkit(struct run *run, struct cJSON *in, const char *key, const struct toolkit *toolkit,
		  const struct torch *torch);

/* "torch", "python", "driver", or a compiler under key: a null where there is none. */
void show_torch(struct run *run, struct cJSON *in, const struct torch *torch);
void show_python(struct run *run, struct cJSON *in, const struct python *python);
void show_driver(struct run *run, struct cJSON *in, const struct driver *driver);
void show_compiler(struct run *run, struct cJSON *in, const char *key, const struct compiler *compiler);

/* The list "facts". */
void show_facts(struct run *run, struct cJSON *in, const struct facts *facts);

/* How well a toolkit's CUDA suits torch's: "same", "minor", "major"; NULL when there is nothing to compare. */
const char *show_match(const struct toolkit *toolkit, const struct torch *torch);

/* "builds", "runtime-only", "broken". */
const char *show_state(const struct toolkit *toolkit);

/* What was too large to be read, on stderr. */
void show_left_out(struct run *run);

/* A line on stdout that programs read, as a path: each byte of it; on a terminal as out shows it. */
void show_line(struct run *run, const char *text);

/* "choice": what is chosen here and what a build takes; see choice_here. */
void show_choice(struct run *run, struct cJSON *in, const struct machine *machine);

/* Of a torch without CUDA and ROCm: "CPU only", or "XPU" by the version of Intel's builds. */
const char *show_other_device(const struct torch *torch);

#endif
