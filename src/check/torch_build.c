/*
 * A torch without CUDA: torch.utils.cpp_extension then has no CUDA_HOME, whatever is set (torch 1.5 to 2.15), and what it says
 * is that CUDA_HOME is not set. pip gives such a torch where an index or a platform has no other.
 */
#include "check/torch_build.h"

#include <string.h>

#include "check/say.h"
#include "check/user_site.h"
#include "know/acquire.h"

void
torch_build_say(struct run *run, const struct machine *machine, enum severity severity, struct findings *out)
{
	const struct torch *torch = machine->torch;
	struct torch own;
	const char *remedy = NULL;

	if (torch->cuda.n)
		return;
	if (severity > SEVERITY_NOTE)
		remedy = user_site_hides(run, machine, &own) && own.cuda.n ? USER_SITE_REMEDY
			 : acquired_text(!torch->version ? acquire_torch_again(run, machine->python, torch)
							 : acquire_torch(run, machine));
	say(run, out, torch->version ? "CE303" : "CE307", severity,
	    !torch->version ? "torch's version.py states no version: this torch cannot be imported"
	    : torch->hip    ? "torch is a ROCm build: it builds and loads no CUDA extension"
			    : "torch is not a CUDA build: it builds and loads no CUDA extension, and says that CUDA_HOME is "
			      "not set",
	    remedy, say_torch(run, torch), NULL);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	bool asked = machine->gpus.n || (machine->toolkit && (machine->toolkit->abilities & CAN_EXTEND));

	if (machine->torch)
		torch_build_say(run, machine, asked ? SEVERITY_WARN : SEVERITY_NOTE, out);
}

const struct check check_torch_build = {
	"torch-build", "whether torch has CUDA at all", NEED_TORCH | NEED_TOOLKITS | NEED_GPUS, look,
};
