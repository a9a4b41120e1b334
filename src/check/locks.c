/*
 * torch.utils.cpp_extension.load makes a file "lock" in the extension's build folder and waits for ever while it is there
 * (utils/file_baton.py, torch 1.5 to 2.15); a build that was killed leaves it. Folders: $TORCH_EXTENSIONS_DIR/NAME, else
 * ~/.cache/torch_extensions/py311_cu124/NAME.
 */
#include "base/path.h"
#include "base/world.h"
#include "check/say.h"

static void
collect(struct run *run, const char *folder, int depth, struct strings *locks)
{
	struct strings names = { 0 };
	const char *lock = path_join(&run->arena, folder, "lock");

	if (world_is_file(run, lock))
		strings_add(&run->arena, locks, lock);
	if (!depth || !world_list(run, folder, &names))
		return;
	for (size_t i = 0; i < names.n; i++)
		if (world_is_dir(run, path_join(&run->arena, folder, names.item[i])))
			collect(run, path_join(&run->arena, folder, names.item[i]), depth - 1, locks);
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	const char *own = run_env(run, "TORCH_EXTENSIONS_DIR"), *cache = run_env(run, "XDG_CACHE_HOME");
	const char *home = run_env(run, "HOME"), *folder = NULL;
	struct strings locks = { 0 };

	(void)machine;
	if (own)
		folder = path_clean(&run->arena, run->cwd, own);
	else if (cache && cache[0] == '/')
		folder = path_join(&run->arena, cache, "torch_extensions");
	else if (home && home[0] == '/')
		folder = path_join(&run->arena, home, ".cache/torch_extensions");
	if (folder)
		collect(run, folder, 2, &locks);
	for (size_t i = 0; i < locks.n; i++)
		say(run, out, "CE905", SEVERITY_WARN,
		    str_format(&run->arena, "load() of %s waits for a lock; where no build is running, nobody will take it away",
			       path_name(path_parent(&run->arena, locks.item[i]))),
		    str_format(&run->arena, "rm %s", str_quote(&run->arena, locks.item[i])), locks.item[i], NULL);
}

const struct check check_locks = { "locks", "locks left in torch's folder of extensions", 0, look };
