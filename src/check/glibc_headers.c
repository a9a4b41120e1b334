/*
 * The C library's headers against the toolkit's. glibc 2.41 declares cospi, 2.42 rsqrt, both as noexcept in C++; nvcc declares
 * the same names without that up to CUDA 12.9 and 13.1, and then compiles nothing. Both headers say it themselves: crt/
 * math_functions.h of 13.0 ends cospi with a …_SPECIFIER, that of 13.2 rsqrt, too.
 */
#include <string.h>

#include "base/world.h"
#include "check/say.h"
#include "know/acquire.h"

static const char *const places[] = {
	"/usr/include/x86_64-linux-gnu/bits/mathcalls.h", "/usr/include/aarch64-linux-gnu/bits/mathcalls.h",
	"/usr/include/bits/mathcalls.h",
};

/* Whether a line of the toolkit's declares it and leaves open what it throws. */
static bool
bare(const struct blob *text, const char *declared)
{
	const char *at = blob_find(text, declared);

	if (!at)
		return false;
	at = strchr(at, ')');
	return at && at[1 + strspn(at + 1, " ")] == ';';
}

/* Where only a newer CUDA reads these headers and torch takes none, a compiler with a C library of its own does. */
static const char *
remedy(struct run *run, const struct machine *machine, bool rsqrt)
{
	static const struct version mended = { 2, { 13, 2, 0, 0 } };

	if (rsqrt && (!wants_extension(machine) || machine->torch->cuda.part[0] >= 13))
		return fit_fetch(run, machine, &mended);
	return acquired_text(acquire_compiler_with_libc(run, machine, machine->toolkit->gcc_max));
}

static void
look(struct run *run, const struct machine *machine, struct findings *out)
{
	static const char *const names[] = { "cospi", "rsqrt" };
	const struct toolkit *t = machine->toolkit;
	struct blob ours, theirs;
	const char *libc = NULL, *cuda;

	if (!t || !t->nvcc || !t->part[PART_HOST_CONFIG])
		return;
	for (size_t i = 0; !libc && i < sizeof(places) / sizeof(places[0]); i++)
		libc = world_is_file(run, places[i]) ? places[i] : NULL;
	cuda = str_format(&run->arena, "%.*smath_functions.h",
			  (int)(strlen(t->part[PART_HOST_CONFIG]) - strlen("host_config.h")), t->part[PART_HOST_CONFIG]);
	if (!libc || !world_read(run, libc, 1 << 18, &theirs) || !world_read(run, cuda, 1 << 20, &ours))
		return;
	for (size_t i = 0; i < 2; i++) {
		const char *name = names[i];

		if (!blob_find(&theirs, str_format(&run->arena, "(%s,", name)) ||
		    !bare(&ours, str_format(&run->arena, " %s(double x)", name)))
			continue;
		say(run, out, "CE111", SEVERITY_FAIL,
		    str_format(&run->arena, "this C library declares %s, too, and CUDA %s's own declaration clashes with it: "
			       "nothing compiles", name, version_text(&run->arena, &t->version, 2)),
		    remedy(run, machine, i == 1),
		    str_format(&run->arena, "%s: %s", libc, name),
		    str_format(&run->arena, "%s: %s(double x) without an exception specifier", cuda, name), NULL);
		return;
	}
}

const struct check check_glibc_headers = {
	"glibc-headers", "the C library's headers against the toolkit's (cospi, rsqrt)", NEED_TOOLKITS, look,
};
