/* What the user told us with `cuenv add DIR`: one path per line in ${XDG_CONFIG_HOME:-~/.config}/cuenv/roots. */
#include "base/remember.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *file = config_file(run, "roots");

	if (file)
		lead_lines(run, leads, source, file);
}

const struct source source_registered = { "registered", "roots added with cuenv add", find };
