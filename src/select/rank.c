#include "select/rank.h"

enum suits
rank_suits(const struct version *toolkit, const struct version *cuda)
{
	if (!toolkit->n || !cuda->n || toolkit->part[0] != cuda->part[0])
		return SUITS_NOT;
	return version_same_minor(toolkit, cuda) || cuda->n < 2 ? SUITS_MINOR : SUITS_MAJOR;
}

/* What a toolkit can do, for a build of extensions. */
static int
ability(const struct toolkit *toolkit)
{
	if (toolkit->state != STATE_BUILDS || !(toolkit->abilities & CAN_COMPILE))
		return 0;
	return toolkit->abilities & CAN_EXTEND ? 2 : 1;
}

/* Smaller is nearer: the same minor, those above in their order, then those below in theirs. */
static int
distance(const struct version *version, const struct version *cuda)
{
	int minor = version->n > 1 && cuda->n > 1 ? version->part[1] - cuda->part[1] : 0;

	if (rank_suits(version, cuda) == SUITS_NOT)
		return 10000;
	return minor >= 0 ? minor : 1000 - minor;
}

int
rank_compare(const struct toolkit *a, const struct toolkit *b, const struct version *cuda)
{
	bool suit = !cuda->n || (rank_suits(&a->version, cuda) != SUITS_NOT) == (rank_suits(&b->version, cuda) != SUITS_NOT);

	if (!suit)
		return rank_suits(&a->version, cuda) != SUITS_NOT ? -1 : 1;
	if (ability(a) != ability(b))
		return ability(b) - ability(a);
	if (cuda->n && distance(&a->version, cuda) != distance(&b->version, cuda))
		return distance(&a->version, cuda) - distance(&b->version, cuda);
	if (cuda->n && a->active != b->active)
		return a->active ? -1 : 1;
	return -version_compare(&a->version, &b->version);
}

const struct version *
rank_cuda(const struct machine *machine)
{
	static const struct version none = { 0 };

	return machine->torch ? &machine->torch->cuda : &none;
}

bool
rank_builds(const struct machine *machine, const struct toolkit *toolkit)
{
	const struct version *cuda = rank_cuda(machine);

	return (toolkit->abilities & CAN_EXTEND) && (!cuda->n || rank_suits(&toolkit->version, cuda) != SUITS_NOT);
}

const struct toolkit *
rank_best(const struct toolkits *toolkits, const struct version *cuda, const struct spec *within)
{
	const struct toolkit *best = NULL;

	for (size_t i = 0; i < toolkits->n; i++) {
		const struct toolkit *t = &toolkits->item[i];

		if (!ability(t) || (cuda->n && rank_suits(&t->version, cuda) == SUITS_NOT) ||
		    (within && !spec_admits(within, &t->version)))
			continue;
		if (!best || rank_compare(t, best, cuda) < 0)
			best = t;
	}
	return best;
}

const struct toolkit *
rank_for_torch(const struct machine *machine)
{
	return rank_best(&machine->toolkits, rank_cuda(machine), NULL);
}
