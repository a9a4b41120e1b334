/*
 * libcuda.so.1: absent though a driver is loaded; cuda-compat's, which runs on data-center GPUs, some RTX of certified servers
 * and Jetsons only, and only over a driver that is older than itself; in WSL a Linux driver's beside the one that Windows
 * provides, which alone can work.
 */
#include <string.h>

#include "base/data.h"
#include "base/path.h"
#include "check/driver.h"
#include "check/say.h"
#include "know/acquire.h"

static bool
is_wsl(const struct machine *machine)
{
	for (size_t i = 0; i < machine->libcudas.n; i++)
		if (machine->libcudas.item[i].kind == LIBCUDA_WSL)
			return true;
	return false;
}

static bool
any(const struct machine *machine)
{
	for (size_t i = 0; i < machine->libcudas.n; i++)
		if (machine->libcudas.item[i].kind != LIBCUDA_STUB)
			return true;
	return false;
}

static void
absent(struct run *run, const struct machine *machine, struct findings *out)
{
	if (any(machine))
		return;
	if (machine->driver)
		say(run, out, "CE602", SEVERITY_WARN,
		    "a driver is loaded, and its libcuda.so.1 is in no place where drivers put it: CUDA programs see no GPU",
		    "nvidia-container-cli list --libraries",
		    str_format(&run->arena, "driver %s", machine->driver->version ? machine->driver->version : "is loaded"), NULL);
	else if (machine->gpus.n && str_starts(machine->gpus.item[0].from, "/sys/bus/pci"))
		say(run, out, "CE602", SEVERITY_WARN, "a GPU is here, and no driver: CUDA programs cannot use it",
		    acquired_text(acquire_driver(run, NULL)), machine->gpus.item[0].from, NULL);
	else if (wants_extension(machine))
		say(run, out, "CE602", SEVERITY_NOTE,
		    "no driver is here: extensions can be built; those that are linked with libcuda.so.1 cannot be imported here",
		    NULL, "libcuda.so.1: in no place where drivers put it", NULL);
}

/* A card of which NVIDIA says that forward compatibility is not for it. */
static const char *
consumer_card(const struct machine *machine)
{
	for (size_t i = 0; i < machine->gpus.n; i++)
		if (strstr(machine->gpus.item[i].name, "GeForce") || strstr(machine->gpus.item[i].name, "TITAN"))
			return machine->gpus.item[i].name;
	return NULL;
}

/* How to be rid of a libcuda: its folder out of LD_LIBRARY_PATH, where that names it, else out of ld.so.conf. */
static const char *
drop(struct run *run, const struct libcuda *l)
{
	const char *folder = path_parent(&run->arena, l->path), *variable = run_env(run, "LD_LIBRARY_PATH");
	struct strings list = str_split(&run->arena, variable ? variable : "", ':');

	for (size_t i = 0; i < list.n; i++)
		if (list.item[i][0] == '/' && strcmp(path_clean(&run->arena, "/", list.item[i]), folder) == 0)
			return say_without(run, "LD_LIBRARY_PATH", list.item[i]);
	return str_format(&run->arena, "sudo sed -i %s /etc/ld.so.conf.d/*.conf && sudo ldconfig",
			  str_quote(&run->arena, str_format(&run->arena, "\\|^%s/*$|d", folder)));
}

static void
compat(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct libcuda *l = driver_compat(machine);
	struct version mine = { 0 }, kernel = { 0 };
	const char *card = consumer_card(machine), *evidence;

	if (!l || !machine->driver)
		return;
	if (l->version)
		version_parse(l->version, &mine, NULL);
	if (machine->driver->version)
		version_parse(machine->driver->version, &kernel, NULL);
	evidence = str_format(&run->arena, "%s: of driver %s", l->path, l->version ? l->version : "?");
	if (card)
		say(run, out, "CE605", SEVERITY_FAIL,
		    str_format(&run->arena, "cuda-compat's libcuda comes first, and is not for %s: CUDA fails with error 804",
			       card),
		    drop(run, l), evidence, NULL);
	else if (mine.n && kernel.n && mine.part[0] <= kernel.part[0])
		say(run, out, "CE605", SEVERITY_WARN,
		    "cuda-compat's libcuda comes first, though the driver is as new: it only takes from what the driver can",
		    drop(run, l), evidence, str_format(&run->arena, "driver %s", machine->driver->version), NULL);
}

/* cuda-compat-12-4 over driver 450: only the branches that NVIDIA's own images name. */
static void
branch(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct libcuda *l = driver_compat(machine);
	struct version mine, kernel;
	struct strings takes = { 0 };
	struct cJSON *row;
	bool listed = false, complete = false;

	if (!l || !l->version || !machine->driver || !machine->driver->version || consumer_card(machine) ||
	    !version_parse(l->version, &mine, NULL) || !version_parse(machine->driver->version, &kernel, NULL) ||
	    mine.part[0] <= kernel.part[0])
		return;
	row = json_child(json_get(data_table(run, "forward-compat"), "packages"));
	for (; row; row = json_next(row)) {
		const char *inside = json_get_text(row, "driver_inside");

		if (!inside || !str_same(inside + 1, str_format(&run->arena, "%d", mine.part[0])))
			continue;
		complete = true;
		for (struct cJSON *b = json_child(json_get(row, "base_branches")); b; b = json_next(b)) {
			listed |= json_number(b) == kernel.part[0];
			strings_add(&run->arena, &takes, str_format(&run->arena, "%d", json_number(b)));
		}
	}
	if (complete && takes.n && !listed)
		say(run, out, "CE605", SEVERITY_WARN,
		    str_format(&run->arena, "cuda-compat of driver %d is not made for driver %d; it runs over %s", mine.part[0],
			       kernel.part[0], strings_join(&run->arena, &takes, ", ")),
		    drop(run, l), str_format(&run->arena, "%s: of driver %s", l->path, l->version),
		    str_format(&run->arena, "driver %s", machine->driver->version), NULL);
}

static void
wsl(struct run *run, const struct machine *machine, struct findings *out)
{
	for (size_t i = 0; is_wsl(machine) && i < machine->libcudas.n; i++) {
		const struct libcuda *l = &machine->libcudas.item[i];

		if (l->kind == LIBCUDA_DRIVER)
			say(run, out, "CE606", SEVERITY_WARN,
			    "a Linux driver's libcuda is in WSL, where only the one that Windows provides can work",
			    "sudo apt remove --purge 'libnvidia-compute-*' 'libcuda1*'",
			    str_format(&run->arena, "%s: %s", l->path, l->real), "/usr/lib/wsl/lib: Windows' own", NULL);
	}
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	absent(run, machine, out);
	compat(run, machine, out);
	branch(run, machine, out);
	wsl(run, machine, out);
}

const struct check check_libcuda = {
	"libcuda", "the driver's libcuda.so.1: absent, cuda-compat's, or a second one in WSL",
	NEED_LIBRARIES | NEED_DRIVER | NEED_GPUS | NEED_TORCH, look,
};
