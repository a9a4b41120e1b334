/*
 * update-alternatives: /usr/local/cuda -> /etc/alternatives/cuda -> a toolkit. Its database names
 * every choice, also those not under /usr/local (Debian keeps it in /var/lib/dpkg/alternatives, Red
 * Hat in /var/lib/alternatives; NVIDIA's config-common packages).
 */
#include "base/str.h"
#include "base/world.h"
#include "discover/source.h"

static void
find(struct run *run, const struct source *source, struct leads *leads)
{
	static const char *const links[] = { "/etc/alternatives/cuda", "/etc/alternatives/cuda-13",
					     "/etc/alternatives/cuda-12",
					     "/etc/alternatives/cuda-11" };
	static const char *const lists[] = { "/var/lib/dpkg/alternatives/cuda",
					     "/var/lib/alternatives/cuda" };
	const char *target;

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (world_readlink(run, links[i], &target))
			lead_root(run, leads, source, links[i],
				  str_format(&run->arena, "%s -> %s", links[i], target));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		lead_lines(run, leads, source, lists[i]);
}

const struct source source_alternatives = { "alternatives", "/etc/alternatives/cuda*", find };
