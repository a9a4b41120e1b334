/*
 * The cuDNN that torch was built with: pinned in the wheel's METADATA (Requires-Dist: nvidia-cudnn-cu12 (==9.1.0.70);
 * marker), in conda a package of its own or in the build string (cudnn8.7.0); else only the major, as DT_NEEDED has it.
 * The wheels of CPU-only machines carry the pins of x86_64, too, so the marker counts.
 */
#include <string.h>

#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

/* platform_machine of the Python that loads this torch: e_machine of its libraries (elf.h), where that can be read. */
static const char *
machine_of(struct run *run, const struct torch *torch)
{
	struct blob half;

	if (!world_read_at(run, path_join(&run->arena, torch->lib_dir, "libc10.so"), 18, 2, &half) || half.size < 2)
		return "x86_64";
	return (unsigned char)half.data[0] == 183 ? "aarch64" : "x86_64";
}

/* One clause of a marker; what is not about the platform is taken as true, but for extras. */
static bool
clause_holds(const char *clause, const char *machine)
{
	const char *value = strpbrk(clause, "'\""), *is = NULL;
	bool equal;

	if (strstr(clause, "platform_system"))
		is = "Linux";
	else if (strstr(clause, "sys_platform"))
		is = "linux";
	else if (strstr(clause, "platform_machine"))
		is = machine;
	else if (strstr(clause, "extra"))
		return false;
	if (!is || !value)
		return true;
	equal = strncmp(value + 1, is, strlen(is)) == 0 && value[1 + strlen(is)] == *value;
	return strstr(clause, "!=") ? !equal : equal;
}

/* "A and B or C": and binds tighter; parentheses do not change that in any torch so far. */
static bool
marker_holds(struct run *run, const char *marker, const char *machine)
{
	char *at = (char *)str_copy(&run->arena, marker, strlen(marker)), *next;
	bool holds = true;

	for (; at; at = next) {
		char *and = strstr(at, " and "), *or = strstr(at, " or ");
		bool ends = or && (!and || or < and);

		next = ends ? or : and;
		if (next)
			*next = '\0';
		next = next ? next + (ends ? 4 : 5) : NULL;
		holds = holds && clause_holds(at, machine);
		if (!ends)
			continue;
		if (holds)
			return true;
		holds = true;
	}
	return holds;
}

/* "Requires-Dist: nvidia-cudnn-cu12 (==9.1.0.70) ; …", and without the parentheses in newer metadata. */
static const char *
pin(struct run *run, const char *line, const char *machine)
{
	const char *version, *marker = strchr(line, ';');
	struct version ignored;

	if (!str_starts(line, "Requires-Dist: nvidia-cudnn-cu") || !(version = strstr(line, "==")) ||
	    (marker && (version > marker || !marker_holds(run, marker + 1, machine))) ||
	    !version_parse(version + 2, &ignored, NULL))
		return NULL;
	return str_copy(&run->arena, version + 2, strspn(version + 2, "0123456789."));
}

static bool
of_metadata(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *file, *line, *machine = machine_of(run, torch);
	struct blob text = { 0 };
	size_t at = 0, length;

	if (!place->info)
		return false;
	file = path_join(&run->arena, place->info, "METADATA");
	world_read(run, file, 1 << 20, &text);
	while (!torch->cudnn && blob_line(&text, &at, &line, &length))
		if (length > 14 && memcmp(line, "Requires-Dist:", 14) == 0)
			torch->cudnn = pin(run, str_copy(&run->arena, line, length), machine);
	if (torch->cudnn)
		torch->cudnn_from = file;
	return torch->cudnn != NULL;
}

static bool
of_conda(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *record = NULL, *build;

	torch->cudnn = torch_conda(run, place, "cudnn", &torch->cudnn_from);
	if (torch->cudnn)
		return true;
	if (!torch_conda(run, place, "pytorch", &record) || !(build = strstr(path_name(record), "_cudnn")))
		return false;
	torch->cudnn = str_copy(&run->arena, build + 6, strspn(build + 6, "0123456789."));
	torch->cudnn_from = record;
	return *torch->cudnn != '\0';
}

static bool
of_library(struct run *run, const char *name, struct torch *torch)
{
	const char *file = path_join(&run->arena, torch->lib_dir, name);
	struct elf elf = { 0 };

	elf_read(run, file, ELF_DYNAMIC, &elf);
	for (size_t i = 0; i < elf.needed.n; i++) {
		const char *so = strstr(elf.needed.item[i], ".so.");

		if (!str_starts(elf.needed.item[i], "libcudnn") || !so)
			continue;
		torch->cudnn = so + 4;
		torch->cudnn_from = file;
		return true;
	}
	return false;
}

void
torch_cudnn(struct run *run, const struct torch_place *place, struct torch *torch)
{
	static const char *const libraries[] = { "libtorch_cuda.so", "libtorch_cuda_cpp.so", "libtorch_python.so" };

	if (of_metadata(run, place, torch) || of_conda(run, place, torch))
		return;
	torch->cudnn = torch->cudnn_from = NULL;
	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++)
		if (of_library(run, libraries[i], torch))
			return;
}
