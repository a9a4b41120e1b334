/* gen_write.h: the files of cuenv gen onto the disk, and what is said of them. */
#ifndef CLI_GEN_WRITE_H
#define CLI_GEN_WRITE_H

#include "cli/command.h"
#include "emit/generator.h"

/* What one kind makes, and where; then whether its files were tried (--check), and what is wrong with them. */
struct job {
	const struct generator *generator;
	struct blueprint from;
	struct sheets sheets;
	bool tried;
	struct strings problems;
};
struct jobs { struct job *item; size_t n; };

/*
 * Writes all files, or none when one that is there is the user's; says what was written and how it is used; tries it where
 * --check asks for that. The exit code.
 */
int gen_write(struct run *run, const struct request *request, struct jobs *jobs);

/* The one file of a kind that is one, on standard output. The exit code. */
int gen_print(struct run *run, const struct request *request, const struct jobs *jobs);

#endif
