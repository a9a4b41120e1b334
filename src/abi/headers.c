/*
 * Each header of headers.def is read once for each of the two toolkits, by a process of its own: one that libclang cannot read
 * costs that header alone. What was read of both is then compared; a header that one of them lacks is told and left out.
 */
#define _GNU_SOURCE
#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/program.h"
#include "base/version.h"
#include "base/world.h"
#include "abi/parts.h"

#define SECONDS 60		/* for one header; it takes half a second */
#define MEMORY ((size_t)1 << 30)

static const struct { const char *name, *library; } rows[] = {
#define ABI_HEADER(name, library) { name, library },
#include "abi/headers.def"
#undef ABI_HEADER
};
#define ROWS ((int)(sizeof(rows) / sizeof(rows[0])))
_Static_assert(ROWS <= ABI_ROWS, "room in struct abi_sides");

/* One header on its way: the process that reads it for each toolkit. */
struct pair { const char *file[2]; struct abi_reading reading[2]; size_t program[2]; };

/* The library, or the stub to link with; a wheel has it only with its number: libcudart.so.12. */
static const char *
find_library(struct run *run, const struct toolkit *toolkit, const char *name)
{
	for (size_t i = 0; i < toolkit->lib_dirs.n; i++) {
		const char *dir = toolkit->lib_dirs.item[i];
		struct strings names;

		if (world_file_in(run, &(struct strings){ &dir, 1 }, name))
			return path_join(&run->arena, dir, name);
		if (world_is_file(run, str_format(&run->arena, "%s/stubs/%s", dir, name)))
			return str_format(&run->arena, "%s/stubs/%s", dir, name);
		for (size_t k = 0; world_list(run, dir, &names) && k < names.n; k++)
			if (str_starts(names.item[k], name) && names.item[k][strlen(name)] == '.')
				return path_join(&run->arena, dir, names.item[k]);
	}
	return NULL;
}

static const char *
soname(struct run *run, const struct toolkit *toolkit, const char *name, const char **library)
{
	struct elf elf;

	*library = find_library(run, toolkit, name);
	return *library && elf_read(run, *library, ELF_DYNAMIC, &elf) ? elf.soname : NULL;
}

static const char *
short_version(struct run *run, const struct toolkit *toolkit)
{
	return version_text(&run->arena, &toolkit->version, 2);
}

/* Why a process brought nothing. */
static const char *
why_not(struct run *run, const struct outcome *outcome, const char *error)
{
	if (error)
		return error;
	if (outcome->timed_out)
		return str_format(&run->arena, "takes longer than %d s to read", SECONDS);
	return outcome->status > 128 ? str_format(&run->arena, "libclang crashed (signal %d)", outcome->status - 128) :
				       "libclang cannot read it";
}

/* Takes what was read of one header; both sides or none. */
static void
take(struct abi_sides *sides, int row, const struct pair *pair, const struct outcome *outcomes, struct abi_header *header)
{
	size_t before = sides->before.n;

	for (int i = 0; i < 2; i++) {
		const struct outcome *outcome = &outcomes[pair->program[i]];
		const char *error;

		if (abi_take(sides->run, &outcome->out, row, i ? &sides->after : &sides->before, &error))
			continue;
		sides->before.n = before;
		header->unread = true;
		header->missing = str_format(&sides->run->arena, "%s: %s", short_version(sides->run, sides->report->toolkit[i]),
					     why_not(sides->run, outcome, error));
		return;
	}
}

/* The rows that at least one of the two has; with the processes for those that both have. */
static size_t
plan(struct abi_sides *sides, const struct clang *clang, struct pair *pairs, struct program *programs)
{
	struct abi_report *report = sides->report;
	size_t n = 0;

	for (int row = 0; row < ROWS; row++) {
		for (int i = 0; i < 2; i++) {
			const struct toolkit *toolkit = report->toolkit[i];

			pairs[row].file[i] = world_file_in(sides->run, &toolkit->include_dirs, rows[row].name);
			pairs[row].reading[i] = (struct abi_reading){ clang, &toolkit->include_dirs, pairs[row].file[i] };
		}
		for (int i = 0; i < 2 && pairs[row].file[0] && pairs[row].file[1]; i++) {
			pairs[row].program[i] = n;
			programs[n++] = (struct program){ .work = abi_read, .context = &pairs[row].reading[i],
							  .memory = MEMORY, .seconds = SECONDS };
		}
	}
	return n;
}

static void
report_header(struct abi_sides *sides, int row, const struct pair *pair, const struct outcome *outcomes)
{
	struct abi_report *report = sides->report;
	struct abi_header *header;
	const char *library[2], *lacks;

	if (!pair->file[0] && !pair->file[1])
		return;
	header = list_add(&sides->run->arena, &report->headers);
	*header = (struct abi_header){ .name = rows[row].name };
	for (int i = 0; i < 2; i++)
		header->soname[i] = soname(sides->run, report->toolkit[i], rows[row].library, &library[i]);
	sides->library[row] = library[1];
	lacks = short_version(sides->run, report->toolkit[pair->file[0] ? 1 : 0]);
	if (pair->file[0] && pair->file[1])
		take(sides, row, pair, outcomes, header);
	else
		header->missing = str_format(&sides->run->arena, "%s has none", lacks);
}

bool
abi_read_headers(struct abi_sides *sides, const struct clang *clang)
{
	struct program programs[2 * ROWS];
	struct outcome outcomes[2 * ROWS];
	struct pair pairs[ROWS] = { 0 };
	size_t n = plan(sides, clang, pairs, programs);
	const struct abi_headers *headers = &sides->report->headers;

	if (!n)
		return run_fail(sides->run, "there is no header that both toolkits have; see: cuenv versions --why");
	if (!program_queue(sides->run, programs, n, (size_t)memory_cores(), NULL, NULL, outcomes))
		return false;
	for (int row = 0; row < ROWS; row++)
		report_header(sides, row, &pairs[row], outcomes);
	for (size_t i = 0; i < headers->n; i++)
		if (!headers->item[i].missing)
			return true;
	for (size_t i = 0; i < headers->n; i++)
		if (headers->item[i].unread)
			return run_fail(sides->run, "no header could be read: %s", headers->item[i].missing);
	return false;
}
