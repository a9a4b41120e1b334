/* A small library with all that base/elf reads: symbols, versions, a run path, a fat binary with two entries. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

struct entry {
	uint16_t kind, version;
	uint32_t header_size;
	uint64_t size;
	uint32_t compressed, options, minor_major, arch, name, name_size;
	uint64_t flags, zero[2];
	char code[16];
};

__attribute__((section(".nv_fatbin"), used)) static const struct {
	uint32_t magic;
	uint16_t version, header_size;
	uint64_t size;
	struct entry entry[2];
} fatbin = {
	0xba55ed50, 1, 16, 2 * sizeof(struct entry), {
		{ .kind = 2, .version = 0x101, .header_size = 64, .size = 16, .arch = 90, .flags = 0x100011 },
		{ .kind = 1, .version = 0x101, .header_size = 64, .size = 16, .arch = 80, .flags = 0x11 },
	},
};

double victim_root(double x) { return sqrt(x) + cos(x); }
int victim_say(const char *text) { return printf("%s\n", text); }
int second_one(void) { return fflush(stdout); }
