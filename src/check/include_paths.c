/*
 * Headers of another CUDA. gcc searches CPATH before what -isystem names, and torch's load() names the toolkit's headers so;
 * C_INCLUDE_PATH and CPLUS_INCLUDE_PATH come after it, and are taken by whoever does not name the toolkit. (gcc's manual,
 * "Environment Variables"; seen in g++ 12 -v.)
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "check/say.h"

static struct version
version_in(struct run *run, const char *directory)
{
	static const char mark[] = "#define CUDART_VERSION";
	struct blob text;
	const char *at;

	if (!world_read(run, path_join(&run->arena, directory, "cuda_runtime_api.h"), 1 << 20, &text) ||
	    !(at = blob_find(&text, mark)))
		return (struct version){ 0 };
	return version_from_macro(strtol(at + sizeof(mark) - 1, NULL, 10));
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	static const char *const names[] = { "CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH" };
	const struct toolkit *t = machine->toolkit;

	for (size_t i = 0; t && t->nvcc && i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = run_env(run, names[i]);
		struct strings list = str_split(&run->arena, value ? value : "", ':');

		for (size_t j = 0; j < list.n; j++) {
			struct version theirs = list.item[j][0] == '/' ? version_in(run, list.item[j]) : (struct version){ 0 };

			if (!theirs.n || version_same_minor(&theirs, &t->version))
				continue;
			say(run, out, "CE105", SEVERITY_WARN,
			    str_format(&run->arena, "%s names headers of CUDA %s, and nvcc is of CUDA %s", names[i],
				       version_text(&run->arena, &theirs, 2), version_text(&run->arena, &t->version, 2)),
			    str_format(&run->arena, "unset %s", names[i]),
			    str_format(&run->arena, "%s: CUDART_VERSION %s", path_join(&run->arena, list.item[j],
										      "cuda_runtime_api.h"),
				       version_text(&run->arena, &theirs, 2)),
			    say_variable(run, names[i]), NULL);
			break;
		}
	}
}

const struct check check_include_paths = {
	"include-paths", "headers of another CUDA in CPATH and its like", NEED_TOOLKITS, look,
};
