/* What keeps a toolkit from building a torch extension, in one sentence, and the command that mends it, by layout. */
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/toolkit_parts.h"
#include "know/acquire.h"

/* What this ability lacks, by name. */
static const char *
missing(struct run *run, const struct toolkit *toolkit, unsigned ability)
{
	struct strings names = { 0 };

	for (int i = 0; i < PART_COUNT; i++)
		if (!toolkit->part[i] && (part_needed[i] & ability))
			strings_add(&run->arena, &names, part_label[i]);
	return names.n ? strings_join(&run->arena, &names, ", ") : NULL;
}

/* Wheels hold libcudart.so.13 but not the libcudart.so that -lcudart asks for, and lib where nvcc looks in lib64. */
static const char *
link_remedy(struct run *run, const struct toolkit *t)
{
	const char *runtime = t->part[PART_CUDART_RUNTIME], *link;

	if (!runtime)
		return NULL;
	link = path_join(&run->arena, path_parent(&run->arena, runtime), "libcudart.so");
	link = str_format(&run->arena, "ln -s %s %s", path_name(runtime), str_quote(&run->arena, link));
	if (world_is_dir(run, path_join(&run->arena, t->root, "lib64")))
		return link;
	return str_format(&run->arena, "%s && ln -s lib %s", link,
			  str_quote(&run->arena, path_join(&run->arena, t->root, "lib64")));
}

/* conda keeps headers in targets/, where nvcc looks and the g++ of a torch from PyPI does not. */
static void
describe_unreached(struct run *run, struct toolkit *t)
{
	const char *header = t->part[PART_RUNTIME_H];

	t->gap = str_format(&run->arena, "headers are in %s, but g++ gets only %s/include from torch",
			    path_parent(&run->arena, header), t->root);
	t->remedy = str_format(&run->arena, "export CPATH=%s",
			       str_quote(&run->arena, path_parent(&run->arena, header)));
}

/* HPC SDK: cublas, cusparse and cusolver lie beside the toolkit, in math_libs/X.Y. */
static bool
describe_math_libs(struct run *run, struct toolkit *t)
{
	const char *sdk = path_parent(&run->arena, path_parent(&run->arena, t->root));
	const char *math = str_format(&run->arena, "%s/math_libs/%s", sdk, path_name(t->root));

	if (!world_is_dir(run, math))
		return false;
	t->gap = str_format(&run->arena, "cublas, cusparse and cusolver are apart, in %s", math);
	t->remedy = str_format(&run->arena, "export CPATH=%s LIBRARY_PATH=%s",
			       str_quote(&run->arena, path_join(&run->arena, math, "include")),
			       str_quote(&run->arena, path_join(&run->arena, math, "lib64")));
	return true;
}

void
gap_describe(struct run *run, const struct place *place, struct toolkit *t)
{
	const char *names = missing(run, t, CAN_COMPILE | CAN_EXTEND);

	if (!t->nvcc && place->fault) {
		t->gap = place->fault;
		t->remedy = place->unreadable ? NULL : acquired_text(acquire_rest(run, t));
	}
	if (!t->nvcc || t->abilities & CAN_EXTEND)
		return;
	if (!names) {
		describe_unreached(run, t);
	} else if (strcmp(names, "libcudart.so") == 0) {
		t->gap = str_format(&run->arena, "no libcudart.so to link with");
		t->remedy = link_remedy(run, t);
	} else if (!(strcmp(t->layout, "hpc-sdk") == 0 && describe_math_libs(run, t))) {
		t->gap = str_format(&run->arena, "missing: %s", names);
		t->remedy = acquired_text(acquire_rest(run, t));
	}
}
