/* Any bytes as an ELF file: every reader of base/elf.h comes to an end and stays within its bounds. */
#define _GNU_SOURCE
#include "base/elf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

static void
read_all(struct run *run, const char *path)
{
	unsigned all = ELF_DYNAMIC | ELF_UNDEFINED | ELF_VERSIONS | ELF_FATBIN;
	struct elf_symbol want[] = {
		{ .name = "victim_root", .version = "VICTIM_1" }, { .name = "second_one" }, { .name = "not_there" },
	};
	struct elf_symbols symbols = { want, 3 };
	struct elf elf;
	struct blob blob;

	elf_read(run, path, all, &elf);
	elf_resolve(run, path, &symbols);
	elf_nearest(run, path, "victim_roof", 7);
	elf_section(run, path, ".rodata", 4096, &blob);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .root = "" };
	int fd = memfd_create("elf", MFD_CLOEXEC);
	char path[64];

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	read_all(&run, path);
	close(fd);
	fuzz_end();
	return 0;
}
