#include "cli/shells.h"

#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "emit/text.h"

#define SHELL(name, wrapper, format, rc, line) extern const char wrapper_##wrapper[], hook_##wrapper[], complete_##wrapper[];
#include "cli/shells.def"
#undef SHELL

static const struct shell shells[] = {
#define SHELL(name, wrapper, format, rc, line) { name, wrapper_##wrapper, hook_##wrapper, complete_##wrapper, format, rc, line },
#include "cli/shells.def"
#undef SHELL
};
#define COUNT (sizeof(shells) / sizeof(shells[0]))

const struct shell *
shell_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT; i++)
		if (strcmp(shells[i].name, name) == 0)
			return &shells[i];
	return NULL;
}

const struct shell *
shell_at(int index)
{
	return (size_t)index < COUNT ? &shells[index] : NULL;
}

/* rbash, rksh and their like are the shell without its r. */
static const struct shell *
find_restricted(const char *name)
{
	return name[0] == 'r' ? shell_find(name + 1) : NULL;
}

const struct shell *
shell_parent(struct run *run, bool *restricted)
{
	const char *variable = run_env(run, "SHELL"), *name = "";
	const struct shell *shell;
	struct blob blob;

	if (!run->root[0] && world_read(run, str_format(&run->arena, "/proc/%ld/comm", (long)getppid()), 64, &blob))
		name = str_trim(&run->arena, blob.data, blob.size);
	shell = shell_find(name);
	*restricted = !shell && find_restricted(name);
	if (*restricted)
		return find_restricted(name);
	return shell || !variable ? shell : shell_find(path_name(variable));
}

/* The text with other in place of what. */
static const char *
replaced(struct run *run, const char *text, const char *what, const char *other)
{
	struct strings parts = { 0 };
	const char *at;

	for (; (at = strstr(text, what)); text = at + strlen(what)) {
		strings_add(&run->arena, &parts, str_copy(&run->arena, text, (size_t)(at - text)));
		strings_add(&run->arena, &parts, other);
	}
	strings_add(&run->arena, &parts, text);
	return strings_join(&run->arena, &parts, "");
}

const char *
shell_line(struct run *run, const struct shell *shell, bool hook)
{
	return replaced(run, shell->line, "%s", hook ? " --hook" : "");
}

const char *
shell_word(struct run *run, const struct shell *shell, const char *text)
{
	struct arena *arena = &run->arena;

	if (strcmp(shell->format, "sh") == 0)
		return text_quote_sh(arena, text);
	if (strcmp(shell->format, "csh") == 0)
		return text_enclose(arena, text_quote_sh(arena, text), "", "!", "\\");
	if (strcmp(shell->format, "fish") == 0 || strcmp(shell->format, "xonsh") == 0)
		return text_enclose(arena, text, "'", "\\'", "\\");
	if (strcmp(shell->format, "json") == 0)
		return text_enclose(arena, text, "\"", "\\\"", "\\");
	return text_enclose(arena, text, "'", "'", "'");
}

const char *
shell_code(struct run *run, const struct shell *shell, bool hook)
{
	const char *self = world_real(run, "/proc/self/exe");
	const char *word = shell_word(run, shell, self ? self : "cuenv");
	const char *code = str_format(&run->arena, "%s%s%s", shell->wrapper, hook ? shell->hook : "", shell->complete);

	code = replaced(run, code, "@SHELL@", shell->name);
	code = replaced(run, code, "@CUENV_QUOTED@", shell_word(run, shell, word));
	return replaced(run, code, "@CUENV@", word);
}

const char *
shell_names(struct run *run)
{
	struct strings names = { 0 };

	for (size_t i = 0; i < COUNT; i++)
		strings_add(&run->arena, &names, shells[i].name);
	return strings_join(&run->arena, &names, ", ");
}
