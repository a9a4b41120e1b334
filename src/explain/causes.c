#include "explain/explain.h"

const struct cause causes[] = {
#define CAUSE(code, kind, facts, pattern, context, what, remedy) \
	{ #code, CAUSE_##kind, FACTS_##facts, pattern, context, what, remedy },
#define FOLLOWER(pattern) { NULL, CAUSE_FOLLOWER, FACTS_NONE, pattern, "", NULL, NULL },
#define MARK(pattern) { NULL, CAUSE_MARK, FACTS_NONE, pattern, "", NULL, NULL },
#include "explain/causes.def"
#undef CAUSE
#undef FOLLOWER
#undef MARK
	{ NULL, CAUSE_MARK, FACTS_NONE, NULL, NULL, NULL, NULL },
};
