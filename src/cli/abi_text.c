/* What abi found, in words, 80 columns wide: worst first. */
#include "cli/abi_text.h"

#include <string.h>

#include "base/str.h"
#include "cli/findings.h"
#include "cli/print.h"

#define SHOWN 8	/* changes of one kind that are shown, unless all are asked for */
#define DETAILS 6	/* and details of one */

/* What stands above the changes of each effect and of each kind. */
static const char *const effects[] = {
	"Compiled code meets something else", "Sources have to change where they use", "Neither breaks", "New",
};
static const char *const kinds[] = { "structs", "fields", "enumerators", "functions", "typedefs", "macros" };

static const char *
header_of(const struct abi_change *change)
{
	return (change->after ? change->after : change->before)->header;
}

static void
print_change(struct run *run, const struct abi_change *change, bool all)
{
	struct strings details = change->details;
	size_t hidden = !all && details.n > DETAILS + 1 ? details.n - DETAILS : 0;
	bool prototypes = change->kind == ABI_FUNCTION;

	details.n -= hidden;
	show_wrapped("    ", str_format(&run->arena, "%s: %s (%s)", change->name, change->says, header_of(change)));
	for (size_t i = 0; prototypes && i < details.n; i++)
		show_wrapped("      ", details.item[i]);
	if (!prototypes && details.n)
		show_wrapped("      ", str_format(&run->arena, "%s%s", strings_join(&run->arena, &details, "; "),
						  hidden ? str_format(&run->arena, "; and %zu more", hidden) : ""));
}

/* One whose name says all: it is gone, or new. */
static bool
is_bare(const struct abi_change *change)
{
	return strcmp(change->says, "gone") == 0 || strcmp(change->says, "new") == 0;
}

/* The bare ones from the first on that stand in the same header, as one paragraph; marks them in done. */
static void
print_names(struct run *run, const struct abi_report *report, size_t first, bool all, bool *done)
{
	const struct abi_change *at = &report->changes.item[first];
	struct strings names = { 0 };
	size_t n = 0;

	for (size_t i = first; i < report->changes.n; i++) {
		const struct abi_change *other = &report->changes.item[i];

		if (other->effect != at->effect || other->kind != at->kind || !is_bare(other) ||
		    strcmp(header_of(other), header_of(at)) != 0)
			continue;
		done[i] = true;
		if (all || n++ < SHOWN)
			strings_add(&run->arena, &names, other->name);
	}
	show_wrapped("    ", str_format(&run->arena, "%s %s: %s%s", at->after ? "new in" : "gone from", header_of(at),
					strings_join(&run->arena, &names, ", "),
					n > SHOWN ? str_format(&run->arena, " and %zu more", n - SHOWN) : ""));
}

static void
print_kind(struct run *run, const struct abi_report *report, enum abi_effect effect, enum abi_kind kind, bool all)
{
	bool *done = arena_alloc(&run->arena, report->changes.n * sizeof(*done));
	size_t n = abi_count(report, effect, (int)kind), shown = 0, told = 0;

	if (n)
		out("  %s (%zu)\n", kinds[kind], n);
	for (size_t i = 0; n && i < report->changes.n; i++) {
		const struct abi_change *change = &report->changes.item[i];

		if (change->effect != effect || change->kind != kind || is_bare(change))
			continue;
		told++;
		if (all || shown++ < SHOWN)
			print_change(run, change, all);
	}
	if (!all && told > SHOWN)
		out("    and %zu more; --all lists them\n", told - SHOWN);
	for (size_t i = 0; n && i < report->changes.n; i++)
		if (report->changes.item[i].effect == effect && report->changes.item[i].kind == kind &&
		    is_bare(&report->changes.item[i]) && !done[i])
			print_names(run, report, i, all, done);
}

static void
print_libraries(struct run *run, const struct abi_report *report)
{
	size_t n = abi_count_libraries(report);

	if (!n)
		return;
	out("  libraries (%zu): what was linked with the one does not find the other\n", n);
	for (size_t i = 0; i < report->headers.n; i++)
		if (abi_soname_differs(report, i))
			show_wrapped("    ", str_format(&run->arena, "%s, was %s", report->headers.item[i].soname[1],
							report->headers.item[i].soname[0]));
}

/* The same source, compiled anew, calls another function. */
static void
print_versions(struct run *run, const struct abi_report *report)
{
	bool first = true;

	for (size_t i = 0; i < report->changes.n; i++) {
		const struct abi_change *change = &report->changes.item[i];

		if (change->effect != ABI_QUIET || strcmp(change->how, "version") != 0)
			continue;
		if (first)
			out("\nThe same source calls another function; compiled code keeps to its own\n");
		first = false;
		show_wrapped("    ", str_format(&run->arena, "%s: %s", change->name, change->says));
	}
}

static void
print_effect(struct run *run, const struct abi_report *report, enum abi_effect effect, bool all)
{
	size_t libraries = effect == ABI_BREAKS ? abi_count_libraries(report) : 0;

	if (!abi_count(report, effect, -1) && !libraries)
		return;
	out("\n%s\n", effects[effect]);
	if (libraries)
		print_libraries(run, report);
	for (int kind = 0; kind < ABI_KINDS; kind++)
		print_kind(run, report, effect, (enum abi_kind)kind, all);
}

/* "1 struct", "2 structs". */
static const char *
counted(struct run *run, size_t n, const char *many)
{
	return str_format(&run->arena, "%zu %.*s", n, (int)strlen(many) - (n == 1), many);
}

/* "12 structs, 30 enumerators, 4 functions" of one effect. */
static const char *
counts(struct run *run, const struct abi_report *report, size_t (*of)(const struct abi_report *report, enum abi_kind kind))
{
	struct strings words = { 0 };

	for (int kind = 0; kind < ABI_KINDS; kind++)
		if (of(report, (enum abi_kind)kind))
			strings_add(&run->arena, &words, counted(run, of(report, (enum abi_kind)kind), kinds[kind]));
	return words.n ? strings_join(&run->arena, &words, ", ") : "nothing";
}

static size_t
count_added(const struct abi_report *report, enum abi_kind kind)
{
	return abi_count(report, ABI_ADDED, (int)kind);
}

static size_t
count_quiet(const struct abi_report *report, enum abi_kind kind)
{
	return abi_count(report, ABI_QUIET, (int)kind);
}

static const char *
headline(struct run *run, const struct abi_report *report)
{
	size_t breaks = abi_count(report, ABI_BREAKS, -1) + abi_count_libraries(report), source = abi_count(report, ABI_SOURCE, -1);
	const char *from = version_text(&run->arena, &report->toolkit[0]->version, 0);
	const char *to = version_text(&run->arena, &report->toolkit[1]->version, 0);

	if (!breaks && !source)
		return str_format(&run->arena, "CUDA %s to %s: nothing breaks%s", from, to,
				  abi_some_unread(report) ? " in what could be read" : "");
	return str_format(&run->arena, "CUDA %s to %s: %zu differences for compiled code, %zu more for sources", from, to, breaks,
			  source);
}

static void
print_top(struct run *run, const struct abi_report *report)
{
	size_t read = 0;

	show_wrapped("", headline(run, report));
	for (size_t i = 0; i < report->headers.n; i++)
		read += !report->headers.item[i].missing;
	show_wrapped("  compared  ", str_format(&run->arena, "%s, read by %s", counted(run, read, "headers"), report->clang));
	for (size_t i = 0; i < report->headers.n; i++) {
		const struct abi_header *header = &report->headers.item[i];

		if (header->missing)
			show_wrapped("  left out  ", str_format(&run->arena, "%s: %s", header->name,
										     header->missing));
	}
	show_wrapped("  the same  ", counts(run, report, abi_count_same));
}

void
abi_text(struct run *run, const struct abi_report *report, bool all)
{
	print_top(run, report);
	for (int effect = ABI_BREAKS; effect <= (all ? ABI_ADDED : ABI_SOURCE); effect++)
		print_effect(run, report, (enum abi_effect)effect, all);
	if (all)
		return;
	print_versions(run, report);
	if (!abi_count(report, ABI_ADDED, -1) && !abi_count(report, ABI_QUIET, -1))
		return;
	out("\nNothing breaks by these; --all lists them\n");
	show_wrapped("  changed   ", counts(run, report, count_quiet));
	show_wrapped("  new       ", counts(run, report, count_added));
}
