/*
 * CUDA of the toolkit and CUDA of torch. torch's setup.py build refuses another major and warns of another minor
 * (torch.utils.cpp_extension, _check_cuda_version); load() never looks, and the import fails, because libcudart's soname is
 * that of the major since 12, and 11.0 for all 11.x.
 */
#include "check/torch_cuda.h"

#include <string.h>

#include "check/say.h"
#include "check/user_site.h"

int
torch_cuda_compare(struct run *run, const struct toolkit *toolkit, const struct torch *torch, const char *remedy,
		   struct findings *out)
{
	const struct version *a = &toolkit->version, *b = &torch->cuda;
	const char *toolkits = say_toolkit(run, toolkit), *torchs = say_torch(run, torch);

	if (version_same_minor(a, b))
		return 0;
	if (a->part[0] == b->part[0]) {
		say(run, out, "CE302", SEVERITY_NOTE,
		    str_format(&run->arena, "CUDA %s builds for torch's CUDA %s: the minor differs; setup.py warns, and a "
			       "package that wants it exact (apex) refuses",
			       version_text(&run->arena, a, 2), version_text(&run->arena, b, 2)),
		    NULL, toolkits, torchs, NULL);
		return 1;
	}
	say(run, out, "CE301", SEVERITY_FAIL,
	    str_format(&run->arena, "CUDA %d and torch's CUDA %d are two different runtimes; torch's setup.py build refuses "
		       "this", a->part[0], b->part[0]),
	    remedy, toolkits, torchs, NULL);
	return 2;
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;
	struct torch own;
	bool hidden;

	if (!wants_extension(machine) || !t || !t->nvcc || !t->version.n)
		return;
	hidden = t->version.part[0] != machine->torch->cuda.part[0] && user_site_hides(run, machine, &own) &&
		 own.cuda.n && own.cuda.part[0] == t->version.part[0];
	if (torch_cuda_compare(run, t, machine->torch, hidden ? USER_SITE_REMEDY : fit_command(run, machine, t), out) == 2 &&
	    t->active && machine->active_by && strchr(machine->active_by, '='))
		strings_add(&run->arena, &out->item[out->n - 1].evidence,
			    str_format(&run->arena, "%s: leads to %s", machine->active_by, t->root));
}

const struct check check_torch_cuda = {
	"torch-cuda", "CUDA of the toolkit against CUDA of torch", NEED_TOOLKITS | NEED_TORCH, look,
};
