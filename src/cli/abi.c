/* cuenv abi: what differs between two toolkits that an extension could feel, worst first. */
#include "abi/abi.h"

#include "cli/abi_json.h"
#include "cli/abi_text.h"
#include "cli/command.h"
#include "select/select.h"

static int
exit_code(const struct abi_report *report)
{
	if (abi_count(report, ABI_BREAKS, -1) || abi_count(report, ABI_SOURCE, -1) || abi_count_libraries(report))
		return 1;
	return abi_some_unread(report) ? 2 : 0;
}

static int
run_abi(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct toolkit *toolkit[2];
	struct abi_report report;
	int code;

	for (int i = 0; i < 2; i++) {
		toolkit[i] = request_toolkit_of(run, machine, request_argument(request, i));
		if (!toolkit[i])
			return 2;
	}
	if (!abi_compare(run, toolkit[0], toolkit[1], &report))
		return 2;
	code = exit_code(&report);
	if (request->json)
		return abi_json(run, &report, request_has(request, "all"), code) ? code : 2;
	abi_text(run, &report, request_has(request, "all"));
	return code;
}

static const struct choice choices[] = {
	{ "all", NULL, "list what is new, too, and all of what is many" },
	{ "python", "PATH", "the Python, or its environment, whose torch \"torch\" means" },
	{ "libclang", "FILE", "the libclang to read with; else the newest in the system's folders" },
	{ 0 },
};

const struct command command_abi = {
	.name = "abi",
	.arguments = "TOOLKIT TOOLKIT",
	.summary = "what differs between two toolkits that an extension could feel",
	.details = "Reads the public headers of both with libclang: sizes and offsets of structs, values of enumerators,\n"
		   "functions that are gone, changed, or another version behind the same name; and what their libraries are\n"
		   "called. First what an extension that was compiled with the first TOOLKIT meets with the second, then what\n"
		   "a source meets. TOOLKIT is a SPEC: 11.8, torch, ….\n\n"
		   "No libclang of a Python or conda environment is loaded, unless --libclang or CUENV_LIBCLANG names it.\n\n"
		   "Exit code 0: nothing breaks; 1: something does; 2: could not be told.",
	.needs = NEED_TOOLKITS | NEED_DETAILS | NEED_TORCH,
	.min_arguments = 2,
	.specs = true,
	.max_arguments = 2,
	.choices = choices,
	.json = true,
	.run = run_abi,
};
