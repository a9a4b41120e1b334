/* Whether the toolkit that a build takes is whole: what lacks is said by inspect/gap.c. -lcuda needs a stub or a driver. */
#include "base/path.h"
#include "base/world.h"
#include "check/parts.h"
#include "check/say.h"

static const struct claim *
claim_of(const struct toolkit *t, const char *about)
{
	for (size_t i = 0; i < t->claims.n; i++)
		if (str_same(t->claims.item[i].about, about))
			return &t->claims.item[i];
	return NULL;
}

/* ptxas reads what an older cicc writes, and refuses what a newer one does. */
static bool
newer_cicc(const struct toolkit *t)
{
	const struct claim *cicc = claim_of(t, "cicc"), *ptxas = claim_of(t, "ptxas");

	return cicc && ptxas && !version_same_minor(&cicc->version, &ptxas->version) &&
	       version_compare(&cicc->version, &ptxas->version) > 0;
}

/* pip's and conda's packages are told what to install; elsewhere the files tell who mixed them. */
static const char *
same_parts(struct run *run, const struct toolkit *t)
{
	const char *minor = version_text(&run->arena, &t->version, 2);

	if (str_same(t->layout, "wheels"))
		return str_format(&run->arena, "install nvidia-cuda-nvcc, nvidia-nvvm and nvidia-cuda-crt of one version: "
				  "'nvidia-nvvm==%s.*' 'nvidia-cuda-crt==%s.*'", minor, minor);
	return "cuenv versions --why";
}

void
parts_contradict(struct run *run, const struct toolkit *t, struct findings *out)
{
	struct finding *finding;

	if (!t->contradiction)
		return;
	if (newer_cicc(t))
		finding = finding_add(run, out, "CE108", SEVERITY_FAIL,
				      str_format(&run->arena, "cicc is of CUDA %s and ptxas of %s, which refuses what the newer "
						 "writes (Unsupported .version): nothing compiles",
						 version_text(&run->arena, &claim_of(t, "cicc")->version, 2),
						 version_text(&run->arena, &claim_of(t, "ptxas")->version, 2)),
				      same_parts(run, t));
	else
		finding = finding_add(run, out, "CE108", SEVERITY_WARN, t->contradiction, "cuenv versions --why");
	for (size_t i = 0; i < t->claims.n; i++)
		strings_add(&run->arena, &finding->evidence,
			    str_format(&run->arena, "%s: %s %s", t->claims.item[i].file, t->claims.item[i].about,
				       version_text(&run->arena, &t->claims.item[i].version, 0)));
}

void
parts_lack(struct run *run, const struct toolkit *t, const char *remedy, enum severity severity, struct findings *out)
{
	if (t->abilities & CAN_EXTEND)
		return;
	say(run, out, "CE101", severity,
	    str_format(&run->arena, "CUDA %s at %s does not build a torch extension: %s",
		       version_text(&run->arena, &t->version, 0), t->root, t->gap ? t->gap : "it is not whole"),
	    t->remedy ? t->remedy : remedy, say_toolkit(run, t), NULL);
}

/* A libcuda.so to link with: the toolkit's stub, or what a driver's packages put beside libcuda.so.1. */
static bool
has_libcuda(struct run *run, const struct machine *machine)
{
	const struct toolkit *t = machine->toolkit;

	for (size_t i = 0; i < t->lib_dirs.n; i++)
		if (world_is_file(run, path_join(&run->arena, t->lib_dirs.item[i], "stubs/libcuda.so")) ||
		    world_is_file(run, path_join(&run->arena, t->lib_dirs.item[i], "libcuda.so")))
			return true;
	for (size_t i = 0; i < machine->libcudas.n; i++)
		if (world_is_file(run, path_join(&run->arena, path_parent(&run->arena, machine->libcudas.item[i].path),
						 "libcuda.so")))
			return true;
	return false;
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const struct toolkit *t = machine->toolkit;

	if (!t || !t->nvcc)
		return;
	parts_contradict(run, t, out);
	parts_lack(run, t, fit_command(run, machine, t),
		   wants_extension(machine) || !(t->abilities & CAN_COMPILE) ? SEVERITY_FAIL : SEVERITY_NOTE, out);
	if (wants_extension(machine) && t->lib_dirs.n && !has_libcuda(run, machine))
		say(run, out, "CE116", SEVERITY_NOTE,
		    machine->driver || machine->libcudas.n
			    ? "a package that links with -lcuda finds none: the toolkit has no stub of it, and the driver here brings no libcuda.so"
			    : "a package that links with -lcuda finds none: the toolkit has no stub of it, and no driver is here",
		    NULL,
		    str_format(&run->arena, "%s: no libcuda.so in its library folders, nor in their stubs", t->root), NULL);
}

const struct check check_parts = {
	"parts", "whether the toolkit is whole", NEED_TOOLKITS | NEED_TORCH | NEED_LIBRARIES | NEED_DRIVER, look,
};
