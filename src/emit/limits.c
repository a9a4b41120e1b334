/* What variables alone cannot do, and who else had a hand in them. */
#include <string.h>

#include "base/cxx.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/activation.h"
#include "emit/list.h"

/* Environment Modules and Lmod say what they loaded; a module's own CUDA_HOME goes away with it, ours or not. */
static void
say_module(struct run *run, struct strings *said)
{
	const char *loaded = run_env(run, "LOADEDMODULES"), *home = run_env(run, "CUDA_HOME");
	struct strings names = loaded ? str_split(&run->arena, loaded, ':') : (struct strings){ 0 };

	for (size_t i = 0; home && i < names.n; i++)
		if (strstr(names.item[i], "cuda") || strstr(names.item[i], "CUDA") || strstr(names.item[i], "nvhpc"))
			strings_add(&run->arena, said, str_format(&run->arena,
				    "the module %s is loaded: `module unload %s` also unsets what cuenv set, so leave cuenv's "
				    "toolkit first", names.item[i], names.item[i]));
}

static void
say_shared(struct run *run, const char *bin, struct strings *said)
{
	const char *first = world_on_path(run, "nvcc", 0), *root = activation_root(run);

	strings_add(&run->arena, said, str_format(&run->arena,
		    "its nvcc is in %s with all other programs, which PATH cannot put first; CUDA_HOME and CUDACXX are set", bin));
	if (first && strcmp(path_parent(&run->arena, first), bin) != 0 && !(root && path_below(first, root)))
		strings_add(&run->arena, said, str_format(&run->arena, "PATH still leads to %s; take %s out of it", first,
			    path_parent(&run->arena, first)));
}

/* Debian: CUDA_HOME is /usr, but little is where an NVIDIA root has it. */
static void
say_apart(struct run *run, const struct toolkit *toolkit, const char *bin, struct strings *said)
{
	const char *libraries = toolkit->lib_dirs.n ? strings_join(&run->arena, &toolkit->lib_dirs, ", ") : "no place";

	strings_add(&run->arena, said, str_format(&run->arena, "its parts lie apart: nvcc in %s, libraries in %s; what looks "
		    "for them below CUDA_HOME, %s, finds them only where the compiler looks by itself", bin, libraries,
		    toolkit->root));
}

struct strings
activation_limits(struct run *run, const struct toolkit *toolkit)
{
	const char *bin = toolkit->nvcc ? path_parent(&run->arena, toolkit->nvcc) : NULL;
	struct strings said = { 0 };

	if (!bin)
		strings_add(&run->arena, &said, "it has no nvcc, so CUDACXX is not set");
	else if (cxx_misread(run, toolkit->nvcc))
		strings_add(&run->arena, &said, cxx_misread(run, toolkit->nvcc));
	else if (activation_is_shared(bin))
		say_shared(run, bin, &said);
	else if (world_is_dir(run, path_join(&run->arena, path_parent(&run->arena, bin), "conda-meta")))
		strings_add(&run->arena, &said, str_format(&run->arena,
			    "%s is a conda environment's: its other programs, python too, now come first", bin));
	if (bin && strcmp(bin, path_join(&run->arena, toolkit->root, "bin")) != 0)
		say_apart(run, toolkit, bin, &said);
	if (toolkit->gap)
		strings_add(&run->arena, &said, toolkit->gap);
	say_module(run, &said);
	return said;
}
