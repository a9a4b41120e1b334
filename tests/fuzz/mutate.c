/*
 * What libFuzzer does, in small and without clang: each seed of a folder as it is, then some thousand changed ones, always
 * the same. A crash, a sanitizer's complaint or 5 seconds of the processor for one input end it with a message; the input
 * is left in the working folder.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "fuzz.h"


static struct { uint8_t data[64 << 10]; size_t size; } seed[64], input;
static size_t seeds;
static uint64_t state = 88172645463325252u;

static size_t
below(size_t limit)
{
	state ^= state << 13, state ^= state >> 7, state ^= state << 17;
	return limit ? (size_t)(state % limit) : 0;
}

/* Text that some parser takes for more than letters. */
static const char *const words[] = {
	"\n", "\r\n", "\\\n", "\\", "\"", "'", "`", "(", ")", "((((((((", "[", "]", "{", "}", "$(", "${", "/*", "*/", "//", "#if ", "#else\n",
	"#endif\n", "#error\n", "#define ", "defined(", "||", "&&", "!", "==", "<", ">=", ">", ",", "=", "+=", "=+", ":", "..", ".", "~", "0x",
	"99999999999999999999", "-1", "0", "11.8", "\t", "  ", "$(TOP)", "$(_HERE_)", "__GNUC__", "__clang_major__", "__version__", "cuda",
	"None", "setenv ", "prepend-path ", "local ", "pathJoin(", "\xff", "\xc3", "\xef\xbb\xbf",
};

static void
replace(size_t at, size_t gone, const void *with, size_t size)
{
	if (at > input.size || gone > input.size - at || input.size - gone + size > sizeof(input.data))
		return;
	memmove(input.data + at + size, input.data + at + gone, input.size - at - gone);
	memmove(input.data + at, with, size);
	input.size += size - gone;
}

static void
change(void)
{
	size_t at = below(input.size + 1), length = below(input.size - at + 1), other = below(seeds);
	const char *word = words[below(sizeof(words) / sizeof(words[0]))];
	uint8_t byte = (uint8_t)below(256), copy[256];

	switch (below(6)) {
	case 0: replace(at, at < input.size, &byte, 1); break;
	case 1: replace(at, 0, word, strlen(word)); break;
	case 2: replace(at, length < 40 ? length : below(40), "", 0); break;
	case 3:
		length = length < sizeof(copy) ? length : sizeof(copy);
		memcpy(copy, input.data + at, length);
		replace(below(input.size + 1), 0, copy, length);
		break;
	case 4:
		length = below(seed[other].size + 1);
		replace(at, 0, seed[other].data + seed[other].size - length, length < 200 ? length : 200);
		break;
	default:
		if (!below(4))
			input.size = at;
	}
}

static void
report(int number)
{
	int fd = open("fuzz-crash", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	static const char said[] = "mutate: failed; the input is in fuzz-crash\n";
	ssize_t ignored = write(fd, input.data, input.size) + write(2, said, sizeof(said) - 1);

	(void)ignored;
	signal(number, SIG_DFL);
	raise(number);
}

static void
load(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[4096];

	while (dir && (entry = readdir(dir)) && seeds < sizeof(seed) / sizeof(seed[0])) {
		FILE *file;

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || !(file = fopen(path, "r")))
			continue;
		seed[seeds].size = fread(seed[seeds].data, 1, sizeof(seed[0].data), file);
		fclose(file);
		seeds++;
	}
	if (dir)
		closedir(dir);
}

int
main(int argc, char **argv)
{
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGPROF };
	static const struct itimerval limit = { .it_value.tv_sec = 5 };	/* of the processor, for one input */

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], report);
	load(argc > 1 ? argv[1] : ".");
	if (!seeds)
		return fprintf(stderr, "mutate: no seeds in %s\n", argc > 1 ? argv[1] : "."), 1;
	for (size_t i = 0; i < 4000; i++) {
		input = seed[i % seeds];
		for (size_t n = i < seeds ? 0 : 1 + below(8); n > 0; n--)
			change();
		setitimer(ITIMER_PROF, &limit, NULL);
		LLVMFuzzerTestOneInput(input.data, input.size);
	}
	return 0;
}
