/* Any text as SPEC and as version. */
#include "base/spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = str_copy(&arena, (const char *)data, size), *end;
	struct version version, again;
	struct spec spec;

	if (version_parse(text, &version, &end)) {
		const char *written = version_text(&arena, &version, 0);

		/* what was read is written so that it is read again, and reading stopped within the text */
		if (end <= text || end > text + size || !version_parse(written, &again, NULL) ||
		    version_compare(&version, &again) != 0 || version.n != again.n)
			abort();
		if (spec_parse(written, &spec) && spec.condition[0].version.n == version.n &&	/* 118 as a SPEC is 11.8 */
		    (!spec_admits(&spec, &version) || !spec_may_admit(&spec, &version)))
			abort();
	}
	if (spec_parse(text, &spec) && spec.kind == SPEC_VERSION)
		for (int i = 0; i < spec.n; i++)
			if (spec_admits(&spec, &spec.condition[i].version) && !spec_may_admit(&spec, &spec.condition[i].version))
				abort();	/* what is admitted might have been */
	fuzz_end();
	return 0;
}
