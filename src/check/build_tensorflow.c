/*
 * A custom op of TensorFlow, which is built with the flags that tf.sysconfig tells (the C++ standard, std::string's ABI, where
 * libtensorflow_framework is); without them it does not load. What TensorFlow was built with is in its build_info.py.
 */
#include "base/path.h"
#include "check/build.h"
#include "check/say.h"

const struct framework *
build_is_tensorflow(const struct machine *machine, const struct profile *profile, bool *op)
{
	*op = strings_has(&profile->imports, "tensorflow") && !strings_has(&profile->imports, "torch");
	for (size_t i = 0; *op && i < machine->frameworks.n; i++)
		if (str_same(machine->frameworks.item[i].name, "TensorFlow"))
			return &machine->frameworks.item[i];
	return NULL;
}

static void
look_at_toolkit(struct run *run, struct build *build, const struct framework *tf)
{
	const struct toolkit *t = build->machine->toolkit;
	struct version cuda = { 0 };

	if (!tf->cuda || !version_parse(tf->cuda, &cuda, NULL))
		return;
	if (!t || !t->nvcc)
		say(run, &build->findings, "CE113", SEVERITY_FAIL,
		    str_format(&run->arena, "no toolkit of CUDA %d is here that builds extensions", cuda.part[0]),
		    fit_fetch(run, build->machine, &cuda), str_format(&run->arena, "%s: CUDA %s", tf->from, tf->cuda), NULL);
	else if (t->version.part[0] != cuda.part[0])
		say(run, &build->findings, "CE812", SEVERITY_FAIL,
		    str_format(&run->arena, "TensorFlow %s was built with CUDA %s, and an op of CUDA %d is another runtime's",
			       tf->version, tf->cuda, t->version.part[0]),
		    fit_fetch(run, build->machine, &cuda), say_toolkit(run, t),
		    str_format(&run->arena, "%s: CUDA %s", tf->from, tf->cuda), NULL);
}

void
build_tensorflow(struct run *run, struct build *build, const struct framework *tf)
{
	const struct profile *p = build->profile;

	fact_add(run, &build->facts, "TensorFlow", str_format(&run->arena, "%s (CUDA %s) in %s", tf->version,
							      tf->cuda ? tf->cuda : "none", build->machine->python->executable));
	look_at_toolkit(run, build, tf);
	if (!p->asks_tensorflow)
		say(run, &build->findings, "CE413", SEVERITY_WARN,
		    "these sources do not ask tf.sysconfig for TensorFlow's flags: what is built without them does not load",
		    str_format(&run->arena, "compile and link with what this says: %s -c 'import tensorflow as t; "
			       "print(*t.sysconfig.get_compile_flags(), *t.sysconfig.get_link_flags())'",
			       str_quote(&run->arena, build->machine->python->executable)),
		    p->dir ? path_join(&run->arena, p->dir, "setup.py") : p->source, NULL);
	say(run, &build->findings, "CE803", SEVERITY_NOTE,
	    "the build needs TensorFlow, and pip's build isolation would hide this one: built with --no-build-isolation", NULL,
	    p->dir ? path_join(&run->arena, p->dir, "setup.py") : p->source, NULL);
	build_command(run, build);
}
