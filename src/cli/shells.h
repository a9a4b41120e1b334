/* shells.h: the shells that cuenv can switch; rows in shells.def, texts in wrappers/. */
#ifndef CLI_SHELLS_H
#define CLI_SHELLS_H

#include "base/run.h"

struct shell {
	const char *name;
	const char *wrapper, *hook, *complete;	/* code, "" where there is none; @CUENV@ is the program, as a whole word, @CUENV_QUOTED@ as one of an alias */
	const char *format;		/* the emitter that writes for it */
	const char *rc, *line;		/* what to add to which file; %s: more options */
};

const struct shell *shell_find(const char *name);

/* The rows in their order; NULL behind the last. */
const struct shell *shell_at(int index);

/* The shell that runs cuenv: the parent process, else SHELL; NULL: none that is known. A restricted one cannot change PATH. */
const struct shell *shell_parent(struct run *run, bool *restricted);

/* The line for the rc file. */
const char *shell_line(struct run *run, const struct shell *shell, bool hook);

/* The code that `cuenv init` prints. */
const char *shell_code(struct run *run, const struct shell *shell, bool hook);

/* Text as one word for the shell. */
const char *shell_word(struct run *run, const struct shell *shell, const char *text);

const char *shell_names(struct run *run);

#endif
