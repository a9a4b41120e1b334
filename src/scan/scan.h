/*
 * scan.h: an extension's sources, read and judged before anything is compiled.
 *
 * plan says which files a build would compile, and with what flags; text reads them as text (includes, #error, names that
 * are gone); the engine has libclang read them in child processes, and judges what it says. Nothing of the package is run.
 */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "base/run.h"
#include "cuenv.h"

/* How a build would call a compiler; shared by the units that are compiled alike. */
struct scan_flags {
	bool cuda;			/* nvcc, else the C++ compiler */
	int std;			/* 17; 0: none is given */
	const char *std_by;		/* who gives it: "setup.py:88", "torch's own build", "--repair" */
	struct strings include_dirs;	/* -I, in the build's order */
	struct strings system_dirs;	/* -isystem: torch, the toolkit, Python, in the build's order */
	struct strings defines;		/* "NAME", "NAME=value" */
	struct strings undefines;	/* names, after the defines */
	struct strings forced;		/* -include; a path, or the name of a header of the compiler's own */
	struct strings macros;		/* -imacros, likewise: read before those, and only their macros stay */
	struct strings others;		/* what matters to a compiler only: --expt-extended-lambda, -fopenmp */
	struct strings left_out;	/* what the package gives and is not passed on: it may load or run code */
};

/* A file that a build would compile. */
struct scan_unit { const char *file; const struct scan_flags *flags; };
struct scan_units { struct scan_unit *item; size_t n; };

struct scan_plan {
	const struct machine *machine;	/* its toolkit, torch and python are those of the build */
	const char *name;		/* "mmcv-full 1.4.0"; NULL: nobody knows the name of these sources */
	const char *dir;		/* of the package; paths are shown relative to it; NULL: files were named */
	const char *commands_dir;	/* where its compile_commands.json lies: files there are the package's too; or NULL */
	const char *from;		/* "profile mmcv 2.1.0 to 2.2.0", "compile_commands.json", "setup.py, read as text" */
	bool guessed;			/* from does not tell all include directories for certain */
	bool flagless;			/* nobody tells what a build passes: then nothing is sure but what the compiler itself says */
	struct scan_units units;
	struct findings findings;	/* about the plan: a command that was passed over, a file that is not there */
	struct scan_texts *texts;	/* what was read as text, so that a header is read once for all units; NULL: for each unit anew */
};

/* One place in a source that a compiler would stop at, or that nobody but the compiler can judge. */
struct scan_hit {
	bool sure;		/* nvcc or g++ would refuse it; else only they can tell */
	const char *code;	/* as in base/codes.def */
	const char *cause;	/* one sentence, the same for all places with this cause: "THC/THC.h left torch in 1.11" */
	const char *remedy;	/* or NULL */
	const char *file;	/* where: the unit's file, or a header of the package */
	int line, column;	/* from 1; 0: the file as a whole */
	const char *says;	/* the compiler's words, or the line of the source */
	const char *of, *name;	/* the name that is not there, as api_find knows it; NULL: it is not about one */
};
struct scan_hits { struct scan_hit *item; size_t n; };

struct scan_result {
	const struct scan_unit *unit;
	enum { SCAN_BY_CLANG, SCAN_BY_TEXT, SCAN_NOT_READ, SCAN_BY_COMPILER } how;
	const char *why;	/* why it was not read by libclang: "libclang crashed", "took longer than 60 s"; else NULL */
	bool special;		/* it is, or includes, no regular file: no program is given it */
	bool cached;
	struct scan_hits hits;	/* none: it compiles, as far as this way of reading can tell */
};
struct scan_results { struct scan_result *item; size_t n; };

/* What a person asked for. */
struct scan_wish {
	struct strings paths;			/* one folder, or files */
	const char *compile_commands, *profile;	/* or NULL */
	int jobs;				/* 0: one for each processor */
	int seconds;				/* for one file; 0: 60 */
	bool text_only;
	int std;				/* a -std that is lower is raised to it, as --repair does; 0: as the build gives it */
	void (*progress)(struct run *run, size_t done, size_t all);	/* called now and then; or NULL */
};

/* What a build of these sources would compile. False with run->error when there is nothing to compile there. */
bool scan_plan(struct run *run, const struct machine *machine, const struct scan_wish *wish, struct scan_plan *out);

/* An empty one, for a plan. */
struct scan_texts *scan_texts(struct run *run);

/* Adds to result what the text alone tells. */
void scan_text(struct run *run, const struct scan_plan *plan, struct scan_result *result);

/* What a unit includes, unless a condition surely leaves it out: own: paths of the package's headers, through one another;
 * others: headers of torch, CUDA and the system that these name, as written between < >. */
void scan_text_closure(struct run *run, const struct scan_plan *plan, const struct scan_unit *unit, struct strings *own,
		       struct strings *others);

/* A name of CUDA's or torch's headers (a header's path, a macro, a function, a type) that not all releases have. */
struct api {
	const char *name, *of;		/* "THC/THC.h", "at::cuda::x", "cudaDeviceProp::clockRate", and "torch" or "CUDA" */
	const char *kind;		/* "header", "macro", "function", "type", "member" */
	struct version since, until;	/* first release known to have it, first known to have it no more; n == 0: before, or after, all */
	struct version lacked, had;	/* the newest known without it before since, with it before until; n == 0: since, until are exact */
	const char *instead;		/* what takes its place, or NULL */
	const char *source;
};

/* False when the facts know no such name: then all releases have it, or none. */
bool api_find(struct run *run, const char *of, const char *name, struct api *out);

/* Whether that release has it: 1, 0; -1: the facts do not tell. */
int api_has(const struct api *api, const struct version *release);

/* "THC/THC.h left torch in 1.11", as it matters to that release. */
const char *api_says(struct run *run, const struct api *api, const struct version *release);

/* Judges every unit: by libclang where one can be loaded, else as text; results in the order of the units. clang says which
 * libclang read them ("libclang 19.1.7, /usr/lib/…"), or why none did. */
bool scan_units(struct run *run, const struct scan_plan *plan, const struct scan_wish *wish, struct scan_results *out,
		const char **clang);

#endif
