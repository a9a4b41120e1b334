#include "consumers/consumers.h"

#include <string.h>

#include "base/finding.h"
#include "base/path.h"
#include "base/world.h"

#define LOOK(kind, what, proof) { LOOK_##kind, what, proof },
#define CONSUMER(id, name, what, read_in, variable, ...) static const struct look looks_##id[] = { __VA_ARGS__ };
#include "consumers/consumers.def"
#undef CONSUMER

const struct consumer consumers[] = {
#define CONSUMER(id, name, what, read_in, variable, ...) \
	{ name, what, read_in, variable, looks_##id, sizeof(looks_##id) / sizeof(looks_##id[0]) },
#include "consumers/consumers.def"
#undef CONSUMER
};
const size_t consumer_count = sizeof(consumers) / sizeof(consumers[0]);

const struct consumer *
consumer_find(const char *name)
{
	for (size_t i = 0; i < consumer_count; i++)
		if (str_same(consumers[i].name, name))
			return &consumers[i];
	return NULL;
}

/* Two roots are one where their nvcc is the same file; of a pick that has a root. */
static const char *
identity(struct run *run, const struct pick *pick)
{
	const char *real = world_real(run, pick->nvcc);

	return pick->toolkit ? pick->toolkit->root : real ? real : pick->nvcc;
}

/* "CUDA 12.4.131 (/opt/cuda): torch by CUDA_HOME, numba by CUDA_HOME" of all that take what the one at first takes. */
static const char *
takers(struct run *run, const struct picks *picks, size_t first)
{
	const struct pick *pick = &picks->item[first];
	const struct toolkit *t = pick->toolkit;
	const char *what = t ? str_format(&run->arena, "CUDA %s (%s)", version_text(&run->arena, &t->version, 0), t->root)
			     : str_format(&run->arena, "%s%s", pick->nvcc, pick->there ? "" : ", which is not there");
	struct strings names = { 0 };

	for (size_t i = first; i < picks->n; i++)
		if (picks->item[i].root && str_same(identity(run, pick), identity(run, &picks->item[i])))
			strings_add(&run->arena, &names,
				    str_format(&run->arena, "%s by %s", picks->item[i].consumer->name,
					       picks->item[i].sights.item[picks->item[i].sights.n - 1].where));
	return str_format(&run->arena, "%s: %s", what, strings_join(&run->arena, &names, ", "));
}

/* Whether it takes one, and none before it takes the same. */
static bool
is_first(struct run *run, const struct picks *picks, size_t index)
{
	if (!picks->item[index].root)
		return false;
	for (size_t i = 0; i < index; i++)
		if (picks->item[i].root && str_same(identity(run, &picks->item[i]), identity(run, &picks->item[index])))
			return false;
	return true;
}

bool
consumers_agree(struct run *run, const struct picks *picks, struct findings *out)
{
	struct strings said = { 0 };

	for (size_t i = 0; i < picks->n; i++)
		if (is_first(run, picks, i))
			strings_add(&run->arena, &said, takers(run, picks, i));
	if (said.n <= 1)
		return true;
	finding_add(run, out, "CE707", SEVERITY_WARN, "build systems here would take different toolkits",
		    "with the SPEC of the toolkit that is meant: cuenv exec SPEC -- CMD…")->evidence = said;
	return false;
}
