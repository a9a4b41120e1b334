/*
 * The kernel module says its version in /proc/driver/nvidia/version: "… Kernel Module  535.129.03  Thu Oct …", or for the
 * open one "… Open Kernel Module for x86_64  560.35.03  Release Build". In a container the host's is seen.
 */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

static const struct { int branch; struct version cuda; } rows[] = {
#define DRIVER(branch, major, minor) { branch, { 2, { major, minor, 0, 0 } } },
#include "inspect/drivers.def"
#undef DRIVER
};

bool
inspect_driver(struct run *run, struct driver *out)
{
	struct version version = { 0 };
	struct blob blob;
	const char *at, *end;

	if (!world_read(run, "/proc/driver/nvidia/version", 4096, &blob) || !(at = blob_find(&blob, "Kernel Module")))
		return false;
	while (*at && *at != '\n' && !(isdigit((unsigned char)*at) && at[-1] == ' '))
		at++;
	if (!version_parse(at, &version, &end))
		return false;
	*out = (struct driver){ str_copy(&run->arena, at, (size_t)(end - at)), { 0 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].branch <= version.part[0])
			out->cuda = rows[i].cuda;
	return true;
}
