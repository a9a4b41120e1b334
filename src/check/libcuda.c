/*
 * libcuda.so.1: absent though a driver is loaded; of another version than the loaded module, which then refuses it; there
 * without its module; a stub, which is for linking only; cuda-compat's, which runs on data-center GPUs, some RTX of certified
 * servers and Jetsons only, and only over a driver that is older than itself; in WSL a Linux driver's beside the one that
 * Windows provides, which alone can work.
 */
#include <string.h>

#include "base/data.h"
#include "base/path.h"
#include "base/world.h"
#include "check/driver.h"
#include "check/say.h"
#include "know/acquire.h"
#include "know/system.h"

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

/* The element of LD_LIBRARY_PATH that names a libcuda's folder, or NULL. */
static const char *
entry_of(struct run *run, const struct libcuda *l)
{
	const char *folder = path_parent(&run->arena, l->path), *variable = run_env(run, "LD_LIBRARY_PATH");
	struct strings list = str_split(&run->arena, variable ? variable : "", ':');

	for (size_t i = 0; i < list.n; i++)
		if (list.item[i][0] == '/' && strcmp(path_clean(&run->arena, "/", list.item[i]), folder) == 0)
			return list.item[i];
	return NULL;
}

/* How to be rid of a libcuda: its folder out of LD_LIBRARY_PATH, where that names it, else out of ld.so.conf. */
static const char *
drop(struct run *run, const struct libcuda *l)
{
	const char *folder = path_parent(&run->arena, l->path), *entry = entry_of(run, l);

	if (entry)
		return say_without(run, "LD_LIBRARY_PATH", entry);
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
	if (mine.n && kernel.n && version_compare(&mine, &kernel) < 0)
		say(run, out, "CE605", SEVERITY_FAIL,
		    "cuda-compat's libcuda comes first, and is older than the driver that is loaded: CUDA fails with error 803",
		    drop(run, l), evidence, str_format(&run->arena, "driver %s", machine->driver->version), NULL);
	else if (card)
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

/* The version of the module that is loaded: a number, which neither Windows' driver nor Jetson's has. */
static bool
loaded_module(const struct machine *machine, struct version *out)
{
	const char *text = machine->driver ? machine->driver->version : NULL, *end;

	return text && version_parse(text, out, &end) && !*end;
}

/* What makes the two halves one again: an update of the libraries waits for the new module; else the libraries are behind. */
static const char *
join_halves(struct run *run, const struct version *module, const struct version *library)
{
	struct system system;

	system_read(run, &system);
	if (system.container)
		return "restart the container, which takes the libraries of the host's driver; a libcuda of the image has to go";
	if (version_compare(library, module) > 0)
		return str_format(&run->arena, "%sreboot", system.sudo);
	return str_format(&run->arena, "install the libraries of driver %s, or reboot where they were taken back",
			  version_text(&run->arena, module, 0));
}

/* The module takes calls of its own version only ("API mismatch"). What of several is loaded is not sure, so all have to differ. */
static void
mismatch(struct run *run, const struct machine *machine, struct findings *out)
{
	struct version module, library = { 0 };
	const struct libcuda *l = NULL;

	if (!loaded_module(machine, &module) || driver_compat(machine))
		return;
	for (size_t i = 0; i < machine->libcudas.n; i++) {
		const struct libcuda *at = &machine->libcudas.item[i];

		if (at->kind == LIBCUDA_STUB || at->kind == LIBCUDA_COMPAT)
			continue;
		if (!at->version || !version_parse(at->version, &library, NULL) || !version_compare(&library, &module))
			return;
		l = l ? l : at;
	}
	if (!l || !version_parse(l->version, &library, NULL))
		return;
	say(run, out, "CE607", SEVERITY_FAIL,
	    str_format(&run->arena, "libcuda.so.1 is of driver %s and the loaded kernel module is %s: no CUDA call works",
		       l->version, machine->driver->version),
	    join_halves(run, &module, &library), str_format(&run->arena, "%s: leads to %s", l->path, l->real),
	    str_format(&run->arena, "driver %s is loaded", machine->driver->version), NULL);
}

/* nouveau, which holds the GPU, has to go first; it comes back with the initial RAM disk that has it. */
static const char *
load_module(struct run *run, bool nouveau)
{
	struct system system;
	const char *image;

	system_read(run, &system);
	if (!nouveau)
		return str_format(&run->arena, "%smodprobe nvidia", system.sudo);
	image = system.is == SYSTEM_DEBIAN || system.is == SYSTEM_UBUNTU			       ? "update-initramfs -u"
		: system.is == SYSTEM_FEDORA || system.is == SYSTEM_RHEL || system.is == SYSTEM_SUSE ? "dracut --force"
		: system.is == SYSTEM_ARCH							       ? "mkinitcpio -P"
												       : NULL;
	if (!image)
		return "blacklist the module nouveau, make the initial RAM disk again, and reboot";
	return str_format(&run->arena,
			  "echo 'blacklist nouveau' | %stee /etc/modprobe.d/blacklist-nouveau.conf && %s%s && %sreboot",
			  system.sudo, system.sudo, image, system.sudo);
}

/* A GPU is on the bus and libraries of a driver are installed, but no module of it is loaded. */
static void
not_loaded(struct run *run, const struct machine *machine, struct findings *out)
{
	bool nouveau = world_is_dir(run, "/sys/module/nouveau");

	if (!machine->driver || !machine->driver->version || !str_ends(machine->driver->version, "(not loaded)") ||
	    !machine->gpus.n || !str_starts(machine->gpus.item[0].from, "/sys/bus/pci"))
		return;
	say(run, out, "CE607", SEVERITY_WARN,
	    nouveau ? "NVIDIA's driver is installed, and nouveau is loaded in its place: CUDA programs see no GPU"
		    : "NVIDIA's driver is installed, and its kernel module is not loaded: CUDA programs see no GPU",
	    load_module(run, nouveau), str_format(&run->arena, "driver %s", machine->driver->version),
	    machine->gpus.item[0].from, nouveau ? "/sys/module/nouveau: there" : "/sys/module/nvidia: not there", NULL);
}

/* A stub, which people link to libcuda.so.1 so that programs start without a driver, before the driver's. */
static void
stub(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct libcuda *l = machine->libcudas.n ? &machine->libcudas.item[0] : NULL;

	if (!l || l->kind != LIBCUDA_STUB || !l->configured || !(machine->driver || any(machine)))
		return;
	say(run, out, "CE607", entry_of(run, l) ? SEVERITY_FAIL : SEVERITY_WARN,
	    "a stub of libcuda.so.1, which is for linking only, comes before the driver's: no CUDA call works",
	    drop(run, l), str_format(&run->arena, "%s: %s", l->path, l->real),
	    entry_of(run, l) ? say_variable(run, "LD_LIBRARY_PATH") : NULL, NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	absent(run, machine, out);
	mismatch(run, machine, out);
	not_loaded(run, machine, out);
	stub(run, machine, out);
	compat(run, machine, out);
	branch(run, machine, out);
	wsl(run, machine, out);
}

const struct check check_libcuda = {
	"libcuda", "the driver's libcuda.so.1: absent, of another version, a stub, cuda-compat's, or a second one in WSL",
	NEED_LIBRARIES | NEED_DRIVER | NEED_GPUS | NEED_TORCH, look,
};
