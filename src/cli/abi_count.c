/* What abi found, in numbers. */
#include "cli/abi_text.h"

#include <string.h>

size_t
abi_count(const struct abi_report *report, enum abi_effect effect, int kind)
{
	size_t n = 0;

	for (size_t i = 0; i < report->changes.n; i++)
		n += report->changes.item[i].effect == effect && (kind < 0 || (int)report->changes.item[i].kind == kind);
	return n;
}

size_t
abi_count_same(const struct abi_report *report, enum abi_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < report->same.n; i++)
		n += report->same.item[i].kind == kind;
	return n;
}

bool
abi_soname_differs(const struct abi_report *report, size_t header)
{
	const struct abi_header *at = &report->headers.item[header];

	if (!at->soname[0] || !at->soname[1] || strcmp(at->soname[0], at->soname[1]) == 0)
		return false;
	for (size_t i = 0; i < header; i++)
		if (report->headers.item[i].soname[0] && strcmp(report->headers.item[i].soname[0], at->soname[0]) == 0)
			return false;
	return true;
}

size_t
abi_count_libraries(const struct abi_report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->headers.n; i++)
		n += abi_soname_differs(report, i);
	return n;
}

bool
abi_some_unread(const struct abi_report *report)
{
	for (size_t i = 0; i < report->headers.n; i++)
		if (report->headers.item[i].unread)
			return true;
	return false;
}
