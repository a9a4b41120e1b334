/*
 * A torch without CUDA: torch.utils.cpp_extension then has no CUDA_HOME, whatever is set (torch 1.5 to 2.15), and what it says
 * is that CUDA_HOME is not set. pip gives such a torch where an index or a platform has no other.
 */
#include "check/torch_build.h"

#include <string.h>

#include "check/say.h"

const char *
torch_build_remedy(struct run *run, const struct python *python, const struct torch *torch)
{
	if (str_same(torch->origin, "Debian"))
		return "python3 -m venv ~/torch && ~/torch/bin/pip install torch";
	if (str_same(torch->origin, "conda-forge"))
		return "conda install -c conda-forge pytorch-gpu";
	return str_format(&run->arena, "%s -m pip install --force-reinstall torch",
			  str_quote(&run->arena, python->executable));
}

/* PyPI's wheels are named without the +cu124 that they state; pytorch.org's with it, in an index of its name. */
const char *
torch_build_again(struct run *run, const struct python *python, const struct torch *torch)
{
	const char *pip = str_format(&run->arena, "%s -m pip install --force-reinstall",
				     str_quote(&run->arena, python->executable));
	const char *version = torch->version ? torch->version : "", *plus = strchr(version, '+');

	if (str_same(torch->origin, "pytorch.org wheel") && plus)
		return str_format(&run->arena, "%s torch==%s --index-url https://download.pytorch.org/whl/%s", pip,
				  version, plus + 1);
	if (str_same(torch->origin, "PyPI wheel"))
		return str_format(&run->arena, "%s torch==%.*s", pip, (int)strcspn(version, "+"), version);
	return torch_build_remedy(run, python, torch);
}

void
torch_build_say(struct run *run, const struct machine *machine, enum severity severity, struct findings *out)
{
	const struct torch *torch = machine->torch;

	if (torch->cuda.n)
		return;
	say(run, out, torch->version ? "CE303" : "CE307", severity,
	    !torch->version ? "torch's version.py states no version: this torch cannot be imported"
	    : torch->hip    ? "torch is a ROCm build: it builds and loads no CUDA extension"
			    : "torch is not a CUDA build: it builds and loads no CUDA extension, and says that CUDA_HOME is "
			      "not set",
	    torch_build_remedy(run, machine->python, torch), say_torch(run, torch), NULL);
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
