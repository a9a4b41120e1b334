/*
 * The cuDNN of frameworks that do not bring one: TensorFlow and onnxruntime open libcudnn.so.N by name, N as they were built
 * with, and go without the GPU where none is found. Which wheels there are is in data/cudnn.json.
 */
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "check/say.h"
#include "know/acquire.h"

static bool
installed(const struct machine *machine, const char *major)
{
	for (size_t i = 0; i < machine->cudnns.n; i++)
		if (atoi(machine->cudnns.item[i].version) == atoi(major))
			return true;
	return false;
}

/* "nvidia-cudnn-cu12==9.*", where PyPI has such a wheel. */
static const char *
remedy(struct run *run, const struct machine *machine, const struct framework *f)
{
	const char *soname = str_format(&run->arena, "libcudnn.so.%d", atoi(f->cudnn));
	const char *cuda = f->cuda ? str_format(&run->arena, "%d", atoi(f->cuda)) : NULL;
	struct cJSON *row = json_child(json_get(data_table(run, "cudnn"), "releases"));

	for (; row && cuda; row = json_next(row))
		for (struct cJSON *m = json_child(json_get(row, "pypi_cuda_majors")); m; m = json_next(m))
			if (str_same(json_get_text(row, "soname"), soname) && str_same(json_text(m), cuda))
				return acquired_text(acquire_packages(run, machine->python, machine->torch,
					str_format(&run->arena, "'nvidia-cudnn-cu%s==%d.*'", cuda, atoi(f->cudnn))));
	return NULL;
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	struct strings have = { 0 };

	for (size_t i = 0; i < machine->cudnns.n; i++)
		strings_add(&run->arena, &have, str_format(&run->arena, "cuDNN %s: %s", machine->cudnns.item[i].version,
							   machine->cudnns.item[i].from));
	for (size_t i = 0; machine->gpus.n && i < machine->frameworks.n; i++) {
		const struct framework *f = &machine->frameworks.item[i];

		if (f->cudnn && !installed(machine, f->cudnn))
			say(run, out, "CE813", SEVERITY_WARN,
			    str_format(&run->arena, "%s wants cuDNN %d, and none is here: it will not use the GPU", f->name,
				       atoi(f->cudnn)),
			    remedy(run, machine, f), str_format(&run->arena, "%s: cuDNN %s", f->from, f->cudnn),
			    have.n ? have.item[0] : "libcudnn.so: in no place where cuDNN is installed", NULL);
	}
}

const struct check check_cudnn = {
	"cudnn", "whether TensorFlow and its like find the cuDNN that they were built with",
	NEED_LIBRARIES | NEED_PACKAGES | NEED_GPUS, look,
};
