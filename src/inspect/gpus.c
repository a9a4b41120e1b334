/*
 * The GPUs. The driver names each in /proc/driver/nvidia/gpus/ADDRESS/information; a Jetson is named by its device tree. Where
 * no driver is loaded, /sys/bus/pci still tells that one is there (vendor 10de, class 03xx); WSL shows /dev/dxg and no name.
 * What a name can compute is a table: data/gpus.json, the first pattern that matches.
 */
#include <regex.h>
#include <string.h>

#include "base/arch.h"
#include "base/data.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/inspect.h"

#define PROC "/proc/driver/nvidia/gpus"
#define PCI "/sys/bus/pci/devices"

static bool
matches(const char *pattern, const char *name)
{
	regex_t compiled;
	bool found;

	if (!pattern || regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	found = regexec(&compiled, name, 0, NULL, 0) == 0;
	regfree(&compiled);
	return found;
}

const char *
inspect_gpu_arch(struct run *run, const char *name)
{
	struct cJSON *names = json_get(data_table(run, "gpus"), "names");

	for (struct cJSON *row = json_child(names); row; row = json_next(row)) {
		const char *cc = json_get_text(row, "cc");

		if (cc && matches(json_get_text(row, "re"), name))
			return arch_number(&run->arena, cc, strlen(cc));
	}
	return NULL;
}

static void
add(struct run *run, struct gpus *gpus, const char *name, const char *from, bool named)
{
	*list_add(&run->arena, gpus) = (struct gpu){ name, named ? inspect_gpu_arch(run, name) : NULL, from };
}

/* "Model: \t\t NVIDIA H200" in a GPU's information; "?" for what the driver could not name itself. */
static void
from_driver(struct run *run, struct gpus *gpus)
{
	struct strings addresses = { 0 };

	world_list(run, PROC, &addresses);
	for (size_t i = 0; i < addresses.n; i++) {
		const char *file = str_format(&run->arena, PROC "/%s/information", addresses.item[i]), *at;
		struct blob text;

		if (!world_read(run, file, 65536, &text) || !(at = blob_find(&text, "Model:"))) {
			add(run, gpus, "?", file, false);
			continue;
		}
		at += strlen("Model:");
		add(run, gpus, str_trim(&run->arena, at, strcspn(at, "\n")), file, true);
	}
}

/* "NVIDIA Jetson AGX Orin Developer Kit", and a NUL. */
static void
from_board(struct run *run, struct gpus *gpus)
{
	static const char file[] = "/proc/device-tree/model";
	struct blob text;

	if (world_read(run, file, 256, &text) && (blob_find(&text, "NVIDIA") || blob_find(&text, "Jetson")))
		add(run, gpus, str_trim(&run->arena, text.data, strlen(text.data)), file, true);
	else if (world_is_file(run, "/etc/nv_tegra_release"))
		add(run, gpus, "Tegra", "/etc/nv_tegra_release", false);
}

static const char *
first_word(struct run *run, const char *device, const char *name)
{
	struct blob text;

	if (!world_read(run, str_format(&run->arena, PCI "/%s/%s", device, name), 64, &text))
		return "";
	return str_trim(&run->arena, text.data, strcspn(text.data, "\n"));
}

static void
from_bus(struct run *run, struct gpus *gpus)
{
	struct strings devices = { 0 };

	world_list(run, PCI, &devices);
	for (size_t i = 0; i < devices.n; i++) {
		const char *device = devices.item[i], *id;

		if (strcmp(first_word(run, device, "vendor"), "0x10de") != 0 ||
		    !str_starts(first_word(run, device, "class"), "0x03"))
			continue;
		id = first_word(run, device, "device");
		add(run, gpus, str_format(&run->arena, "NVIDIA GPU 10de:%s", str_starts(id, "0x") ? id + 2 : "?"),
		    str_format(&run->arena, PCI "/%s/vendor", device), false);
	}
}

void
inspect_gpus(struct run *run, struct gpus *out)
{
	struct stat st;

	from_driver(run, out);
	if (!out->n)
		from_board(run, out);
	if (!out->n)
		from_bus(run, out);
	if (!out->n && world_stat(run, "/dev/dxg", &st))
		add(run, out, "the GPU of Windows", "/dev/dxg", false);
}
