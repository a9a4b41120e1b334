/* damage FILE: gives the parser FILE, FILE cut short at every 64th byte, and FILE with each byte changed in four ways. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t file[1 << 20];

int
main(int argc, char **argv)
{
	static const uint8_t change[] = { 0xff, 0x01, 0x80, 0x55 };
	FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t size = in ? fread(file, 1, sizeof(file), in) : 0, inputs = 0;

	if (!size) {
		fprintf(stderr, "usage: damage FILE\n");
		return 2;
	}
	fclose(in);
	for (size_t cut = 0; cut <= size; cut += 64, inputs++)
		LLVMFuzzerTestOneInput(file, cut);
	for (size_t at = 0; at < size; at++) {
		for (size_t i = 0; i < sizeof(change); i++, inputs++) {
			uint8_t old = file[at];

			if (at % 512 >= 64 && i)	/* one way is enough for most bytes */
				break;
			file[at] ^= change[i];
			LLVMFuzzerTestOneInput(file, size);
			file[at] = old;
		}
	}
	printf("%zu inputs of %zu bytes\n", inputs, size);
	return 0;
}
