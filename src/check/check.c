#include "check/check.h"

#define CHECK(id) extern const struct check check_##id;
#include "check/checks.def"
#undef CHECK

const struct check *const checks[] = {
#define CHECK(id) &check_##id,
#include "check/checks.def"
#undef CHECK
};
const int check_count = (int)(sizeof(checks) / sizeof(checks[0]));

unsigned
check_needs(void)
{
	unsigned needs = 0;

	for (int i = 0; i < check_count; i++)
		needs |= checks[i]->needs;
	return needs;
}

void
check_machine(struct run *run, const struct machine *machine, struct findings *out)
{
	struct findings found = { 0 };

	for (int i = 0; i < check_count; i++)
		checks[i]->look(run, machine, &found);
	for (int severity = SEVERITY_FAIL; severity >= SEVERITY_NOTE; severity--)
		for (size_t i = 0; i < found.n; i++)
			if ((int)found.item[i].severity == severity)
				*list_add(&run->arena, out) = found.item[i];
}
