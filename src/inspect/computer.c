/*
 * CPU, C library, cores and memory. glibc says its version in its own text ("stable release version 2.36."); before 2.34 the
 * file is called libc-2.31.so, too. The CPU is the one that libc is for, so that an image is seen as what it is.
 */
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static const char *const places[] = {
	"/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6", "/lib64/libc.so.6", "/lib/libc.so.6",
	"/usr/lib/libc.so.6",
};

static const char *
cpu_of(struct run *run, const char *file)
{
	struct blob half;

	if (!world_read_at(run, file, 18, 2, &half) || half.size < 2)
		return "unknown CPU";
	switch ((unsigned char)half.data[0]) {
	case 62:
		return "x86_64";
	case 183:
		return "aarch64";
	case 21:
		return "ppc64le";
	default:
		return "unknown CPU";
	}
}

void
inspect_computer(struct run *run, struct computer *out)
{
	struct computer computer = { .cpu = "unknown CPU" };
	struct version version;
	char text[16];

	for (size_t i = 0; !computer.libc && i < sizeof(places) / sizeof(places[0]); i++) {
		const char *end;

		if (!world_find(run, places[i], 0, SIZE_MAX, "stable release version ", text, sizeof(text)) ||
		    !version_parse(text, &version, &end))
			continue;
		computer.libc = version_text(&run->arena, &version, 2);
		computer.libc_from = places[i];
		computer.cpu = cpu_of(run, places[i]);
	}
	computer.cores = run->root[0] ? 0 : memory_cores();
	computer.memory = memory_free(run, &computer.memory_from);
	*out = computer;
}
