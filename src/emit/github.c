/*
 * What a step appends to $GITHUB_ENV: NAME<<WORD, the value, WORD. WORD is random and in no value, so that no value can end its
 * own text and go on with a variable of its choice. PATH is said whole.
 */
#include <string.h>
#include <sys/random.h>

#include "base/str.h"
#include "emit/text.h"

static bool
holds(const struct changes *changes, const char *word)
{
	for (size_t i = 0; i < changes->n; i++)
		if (changes->item[i].value && strstr(changes->item[i].value, word))
			return true;
	return false;
}

static bool
random_word(struct run *run, const struct changes *changes, const char **out)
{
	unsigned long long half[2];

	do {
		if (getrandom(half, sizeof(half), 0) != (ssize_t)sizeof(half))
			return run_fail(run, "github: the system gives no random bytes");
		*out = str_format(&run->arena, "cuenv_%016llx%016llx", half[0], half[1]);
	} while (holds(changes, *out));
	return true;
}

static bool
render(struct run *run, const struct changes *changes, const char **out)
{
	struct changes list = text_resolve(run, changes, true);
	const char *word = NULL, *text = "";

	if (!text_check(run, "github", &list, true) || !random_word(run, &list, &word))
		return false;
	for (size_t i = 0; i < list.n; i++)
		text = str_format(&run->arena, "%s%s<<%s\n%s\n%s\n", text, list.item[i].name, word,
				  list.item[i].value ? list.item[i].value : "", word);
	*out = text;
	return true;
}

const struct emitter emitter_github = { "github", "what a step appends to $GITHUB_ENV", true, render };
