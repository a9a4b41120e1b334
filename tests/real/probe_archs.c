/* For archs.test: prints the GPU code that base/elf reads in files, a line for each file. */
#include <stdio.h>

#include "base/elf.h"

int
main(int argc, char **argv)
{
	struct run run = { .root = "" };

	for (int i = 1; i < argc; i++) {
		struct elf elf;

		if (!elf_read(&run, argv[i], ELF_FATBIN, &elf)) {
			fprintf(stderr, "cannot read %s\n", argv[i]);
			return 1;
		}
		puts(strings_join(&run.arena, &elf.archs, " "));
	}
	return 0;
}
