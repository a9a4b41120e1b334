#include "cli/check_file.h"

bool
check_file(struct run *run, const struct machine *machine, const char *path, struct said *out)
{
	(void)machine, (void)out;
	return run_fail(run, "%s is neither an ELF file nor a wheel", path);
}
