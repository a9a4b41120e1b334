#include "emit/emit.h"

#include "base/str.h"

#define EMITTER(id) extern const struct emitter emitter_##id;
#include "emit/emitters.def"
#undef EMITTER

const struct emitter *const emitters[] = {
#define EMITTER(id) &emitter_##id,
#include "emit/emitters.def"
#undef EMITTER
};
const int emitter_count = (int)(sizeof(emitters) / sizeof(emitters[0]));

const struct emitter *
emitter_find(const char *name)
{
	for (int i = 0; i < emitter_count; i++)
		if (str_same(emitters[i]->name, name))
			return emitters[i];
	return NULL;
}
