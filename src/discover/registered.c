/* What the user told us with `cuenv add DIR`: one path per line in
 * ${XDG_CONFIG_HOME:-~/.config}/cuenv/roots. */
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	const char *config = run_env(run, "XDG_CONFIG_HOME"), *file;

	if (!config || config[0] != '/')
		config = home_path(run, ".config");
	if (!config)
		return;
	file = path_join(&run->arena, config, "cuenv/roots");
	lead_lines(run, leads, source, file);
}

const struct source source_registered = { "registered", "roots added with cuenv add", find };
