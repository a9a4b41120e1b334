/*
 * Who made this torch, as far as files prove it. PyPI takes no local versions: there the wheel 2.5.1+cu124 is described as
 * 2.5.1, while download.pytorch.org's has its +cu124 in the dist-info's name. conda writes conda-meta/NAME-VERSION-BUILD.json
 * with the channel; Debian alone uses /usr/lib/python3/dist-packages; NVIDIA's builds end in .nvYY.MM; a checkout's version
 * has +git.
 */
#include <ctype.h>
#include <string.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

static bool
say(struct torch *torch, const char *origin, const char *evidence)
{
	torch->origin = origin;
	torch->origin_from = evidence;
	return true;
}

const char *
torch_conda(struct run *run, const struct torch_place *place, const char *name, const char **record)
{
	const char *meta = path_join(&run->arena, place->prefix, "conda-meta");
	struct strings names = { 0 };
	size_t n = strlen(name);

	world_list(run, meta, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *file = names.item[i];

		if (!str_starts(file, name) || file[n] != '-' || !isdigit((unsigned char)file[n + 1]) ||
		    !str_ends(file, ".json"))
			continue;
		*record = path_join(&run->arena, meta, file);
		return str_copy(&run->arena, file + n + 1, strcspn(file + n + 1, "-"));
	}
	return NULL;
}

/* The text value of a JSON key near the head of a file: a record lists 15,000 files behind it. */
static const char *
value_of(struct run *run, const char *file, const char *key)
{
	struct blob text;
	const char *at;

	if (!world_read(run, file, 65536, &text) ||
	    !(at = blob_find(&text, str_format(&run->arena, "\"%s\"", key))))
		return NULL;
	at += strlen(key) + 2;
	at += strspn(at, " \t\r\n:");
	return *at == '"' ? str_copy(&run->arena, at + 1, strcspn(at + 1, "\"\n")) : NULL;
}

/* https://conda.anaconda.org/conda-forge/linux-64, …/pytorch/linux-64, …/pkgs/main/linux-64, or the bare name. */
static bool
by_conda(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *record = NULL, *channel;

	if (!torch_conda(run, place, "pytorch", &record) && !torch_conda(run, place, "libtorch", &record))
		return false;
	channel = value_of(run, record, "channel");
	if (!channel)
		return say(torch, "conda", record);
	if (strstr(channel, "conda-forge"))
		return say(torch, "conda-forge", record);
	if (strstr(channel, "/pytorch") || str_starts(channel, "pytorch"))
		return say(torch, "pytorch channel", record);
	return say(torch, str_format(&run->arena, "conda (%s)", channel), record);
}

/* Who installed it: "pip", "uv", "conda", …; NULL when nobody says so. */
static const char *
installer(struct run *run, const char *info)
{
	struct blob text;

	if (!info || !world_read(run, path_join(&run->arena, info, "INSTALLER"), 64, &text))
		return NULL;
	return str_trim(&run->arena, text.data, strcspn(text.data, "\r\n"));
}

/* +cu124, +cpu, +rocm6.0, +xpu of download.pytorch.org, against +git… of a checkout and +rocm7.11.0a2026… of another vendor. */
static bool
is_published(const char *local)
{
	static const char *const kinds[] = { "+cu", "+cpu", "+rocm", "+xpu" };

	for (size_t i = 0; local && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_starts(local, kinds[i]) && !strstr(local, "git")) {
			const char *rest = local + strlen(kinds[i]);

			rest += strspn(rest, "0123456789.");
			return !*rest || rest[-1] == '.';
		}
	return false;
}

static bool
by_wheel(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *direct = path_join(&run->arena, place->info, "direct_url.json");
	const char *url = value_of(run, direct, "url"), *local = strchr(path_name(place->info), '+');
	const char *record = path_join(&run->arena, place->info, "RECORD");

	if (url && strstr(url, "://download.pytorch.org/"))
		return say(torch, "pytorch.org wheel", direct);
	if (url)
		return say(torch, "wheel", direct);
	if (!world_is_file(run, record))
		return false;
	if (!local)
		return say(torch, "PyPI wheel", place->info);
	return is_published(local) && say(torch, "pytorch.org wheel", place->info);
}

/* An editable install, or a folder that is no site-packages, is somebody's sources. */
static bool
by_source(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *direct = place->info ? path_join(&run->arena, place->info, "direct_url.json") : NULL;
	struct blob text = { 0 };

	if (place->finder)
		return say(torch, "source", place->finder);
	if (direct && world_read(run, direct, 65536, &text) && blob_find(&text, "\"editable\": true"))
		return say(torch, "source", direct);
	if (world_is_file(run, path_join(&run->arena, place->site, "CMakeLists.txt")))
		return say(torch, "source", path_join(&run->arena, place->site, "CMakeLists.txt"));
	return torch->version && strstr(torch->version, "+git") && !strstr(place->site, "dist-packages") &&
	       say(torch, "source", path_join(&run->arena, torch->dir, "version.py"));
}

void
torch_origin(struct run *run, const struct torch_place *place, struct torch *torch)
{
	const char *by = installer(run, place->info), *nv = torch->version ? strstr(torch->version, ".nv") : NULL;

	if (strcmp(place->site, "/usr/lib/python3/dist-packages") == 0)
		say(torch, "Debian", place->site);
	else if (nv && isdigit((unsigned char)nv[3]))
		say(torch, "NGC", path_join(&run->arena, torch->dir, "version.py"));
	else if (!by_source(run, place, torch) && !((!by || strcmp(by, "conda") == 0) && by_conda(run, place, torch)) &&
		 !(by && strcmp(by, "conda") && by_wheel(run, place, torch)))
		say(torch, "unknown", NULL);
}
