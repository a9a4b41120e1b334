/* check_wheel.h: what a wheel says of itself. */
#ifndef CLI_CHECK_WHEEL_H
#define CLI_CHECK_WHEEL_H

#include "base/zip.h"
#include "cli/check_file.h"

/* The tags of its name against this Python and machine; false with run->error when the name is no wheel's. */
bool wheel_tags(struct run *run, const struct machine *machine, const char *path, struct said *out);

/* What its METADATA says of torch; false with run->error when that cannot be read. */
bool wheel_requires(struct run *run, const struct machine *machine, const char *path, const struct zip_members *members,
		    struct said *out);

/* Where a finding's remedy is to build something again, it becomes to build this wheel's package. */
void wheel_rebuild(struct run *run, const struct machine *machine, const char *path, struct said *out);

#endif
