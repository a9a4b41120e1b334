#include "base/finding.h"

const struct code finding_codes[] = {
#define CODE(code, meaning) { #code, meaning },
#include "base/codes.def"
#undef CODE
	{ NULL, NULL },
};

struct finding *
finding_add(struct run *run, struct findings *findings, const char *code, enum severity severity, const char *what,
	    const char *remedy)
{
	struct finding *finding = list_add(&run->arena, findings);

	*finding = (struct finding){ .code = code, .severity = severity, .what = what, .remedy = remedy };
	return finding;
}

void
fact_add(struct run *run, struct facts *facts, const char *name, const char *value)
{
	struct fact *fact = list_add(&run->arena, facts);

	*fact = (struct fact){ name, value };
}

bool
findings_fail(const struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++)
		if (findings->item[i].severity == SEVERITY_FAIL)
			return true;
	return false;
}
