/* What a scan says within cuenv check. */
#include "base/finding.h"
#include "base/str.h"
#include "cli/scan.h"

const char *
scan_summary(struct run *run, const struct scan_said *said)
{
	const struct scan_report *report = &said->report;
	const char *found = "nothing is found that would not compile", *doubt = "";

	if (report->fail)
		found = str_format(&run->arena, "%zu will not compile", report->fail);
	if (report->doubt)
		doubt = str_format(&run->arena, "; of %zu only a compiler can tell", report->doubt);
	return str_format(&run->arena, "%zu file%s, %zu of them CUDA, read %s: %s%s", report->all, report->all == 1 ? "" : "s",
			  report->cuda, report->text == report->all ? "as text only" : "by libclang", found, doubt);
}

void
scan_found(struct run *run, const char *dir, const struct scan_said *said, struct findings *out)
{
	size_t doubt = said->report.doubt;

	for (size_t i = 0; i < said->findings.n; i++)
		if (said->findings.item[i].severity == SEVERITY_FAIL)
			*list_add(&run->arena, out) = said->findings.item[i];
	for (size_t i = 0; i < said->plan.findings.n; i++)
		*list_add(&run->arena, out) = said->plan.findings.item[i];
	if (doubt)
		finding_add(run, out, "CE315", SEVERITY_NOTE,
			    str_format(&run->arena, "of %zu file%s only a compiler can tell", doubt, doubt == 1 ? "" : "s"),
			    str_format(&run->arena, "cuenv scan %s --confirm", str_quote(&run->arena, dir)));
}
