/* The extension that is built, embedded from samples/ext by sample.S: what a person would write and build by hand. */
#include "verify/sample.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"

#define FILES(X) X(scale_h, "scale.h") X(scale_cu, "scale.cu") X(module_cpp, "module.cpp") X(check_py, "check.py")
#define DECLARE(id, name) extern const char sample_##id[], sample_##id##_end[];
FILES(DECLARE)
#define ROW(id, name) { name, sample_##id, sample_##id##_end },
const struct sample samples[] = { FILES(ROW) };
const size_t sample_count = sizeof(samples) / sizeof(samples[0]);

bool
sample_write(struct run *run, const char *dir)
{
	for (size_t i = 0; i < sample_count; i++) {
		const struct sample *s = &samples[i];

		if (!world_write(run, path_join(&run->arena, dir, s->name), s->text, (size_t)(s->end - s->text)))
			return run_fail(run, "cannot write to %s: %s; set TMPDIR to a folder with room", dir,
					strerror(errno));
	}
	return true;
}
