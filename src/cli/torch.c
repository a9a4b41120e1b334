/* cuenv torch: what the torch at hand is and was built with, each fact with the file that proves it. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/show.h"
#include "know/acquire.h"

#define LABEL 10	/* columns before the facts */
#define WIDTH 80

/* One fact: its words fill lines of 80 columns; a piece that is longer, a path, has a line of its own. */
struct row { const char *line; bool bare; };

static void
add_piece(struct run *run, struct row *row, const char *piece, size_t length)
{
	if (!row->bare && strlen(row->line) + 1 + length > WIDTH) {
		show_line(run, row->line);
		*row = (struct row){ str_format(&run->arena, "%*s", LABEL, ""), true };
	}
	row->line = str_format(&run->arena, "%s%s%.*s", row->line, row->bare ? "" : " ", (int)length, piece);
	row->bare = false;
}

static void
print_words(struct run *run, const char *label, const char *words, const char *whole)
{
	struct row row = { str_format(&run->arena, "%-*s", LABEL, label), true };

	while (*words) {
		size_t length = strcspn(words, " ");

		add_piece(run, &row, words, length);
		words += length + (words[length] == ' ');
	}
	if (whole)
		add_piece(run, &row, whole, strlen(whole));
	show_line(run, row.line);
}

static void
print_path(struct run *run, const char *label, const char *path)
{
	print_words(run, label, "", path);
}

/* A file as seen from the folder that holds torch/. */
static const char *
shorter(struct run *run, const struct torch *torch, const char *path)
{
	const char *site = path_parent(&run->arena, torch->dir);

	return str_starts(path, site) && path[strlen(site)] == '/' ? path + strlen(site) + 1 : path;
}

static void
print_fact(struct run *run, const struct torch *torch, const char *label, const char *value, const char *from)
{
	if (from)
		from = str_format(&run->arena, "(%s)", shorter(run, torch, from));
	print_words(run, label, value, from);
}

static const char *
abi_text(struct run *run, const struct torch *torch)
{
	return torch->cxx11_abi < 0 ? "unknown" : str_format(&run->arena, "%d", torch->cxx11_abi);
}

static const char *
device_text(struct run *run, const struct torch *torch)
{
	if (torch->cuda.n)
		return str_format(&run->arena, "CUDA %s", version_text(&run->arena, &torch->cuda, 0));
	return torch->hip ? str_format(&run->arena, "ROCm %s", torch->hip) : show_other_device(torch);
}

static void
print_cuda(struct run *run, const struct torch *torch)
{
	print_fact(run, torch, "cuDNN", torch->cudnn ? torch->cudnn : "none found", torch->cudnn_from);
	print_fact(run, torch, "archs", torch->archs.n ? strings_join(&run->arena, &torch->archs, " ") : "unknown",
		   torch->archs_from);
	if (!torch->cudart_soname) {
		print_words(run, "cudart", "unknown: torch's libraries cannot be read, or need none", NULL);
		return;
	}
	print_fact(run, torch, "cudart", torch->cudart_soname, torch->cudart_from);
	print_path(run, "", torch->cudart_file ? shorter(run, torch, torch->cudart_file)
					       : "left to ld.so: torch's run path does not lead to it");
}

static void
print_python(struct run *run, const struct python *python)
{
	print_words(run, "Python", version_text(&run->arena, &python->version, 0),
		    str_format(&run->arena, "%s (%s)", python->executable, python->chosen_by));
	if (strcmp(python->executable, python->real) != 0)
		print_path(run, "", str_format(&run->arena, "is %s", python->real));
	if (!python->include_dir)
		print_path(run, "", "has no Python.h: extensions cannot be compiled for it");
}

static void
print_torch(struct run *run, const struct python *python, const struct torch *torch)
{
	char std[16];

	show_line(run, str_format(&run->arena, "torch %s, %s, cxx11 ABI %s, Python %s", torch->version,
				  device_text(run, torch), abi_text(run, torch), python->tag));
	print_path(run, "where", torch->dir);
	print_fact(run, torch, "origin", torch->origin, torch->origin_from);
	print_fact(run, torch, "ABI", abi_text(run, torch), torch->cxx11_abi_from);
	snprintf(std, sizeof(std), torch->cxx_std ? "%d" : "unknown", torch->cxx_std);
	print_fact(run, torch, "C++", std, torch->cxx_std_from);
	if (torch->cuda.n)
		print_cuda(run, torch);
	print_python(run, python);
	if (!torch->cuda.n && !torch->hip)
		print_path(run, "for CUDA", "cuenv doctor tells which torch suits the driver and the GPUs here");
}

static void
print_none(struct run *run, const struct python *python)
{
	if (!python) {
		show_line(run, "no torch: no Python at hand");
		print_path(run, "name one", "cuenv torch --python DIR, an environment's folder or an interpreter");
		return;
	}
	show_line(run, str_format(&run->arena, "no torch in Python %s", python->tag));
	print_python(run, python);
	for (size_t i = 0; i < python->site_dirs.n; i++)
		print_path(run, i ? "" : "searched", python->site_dirs.item[i]);
	print_path(run, "to get it", acquired_text(acquire_packages(run, python, NULL, "torch")));
	print_path(run, "or name", "cuenv torch --python DIR, an environment's folder or an interpreter");
}

static bool
print_json(struct run *run, const struct machine *machine)
{
	struct cJSON *document = show_document(run, machine->torch ? 0 : 1);

	if (!document)
		return false;
	show_torch(run, document, machine->torch);
	show_python(run, document, machine->python);
	out_json(json_print(document));
	return true;
}

static int
run_torch(struct run *run, const struct machine *machine, const struct request *request)
{
	const struct torch *torch = machine->torch;

	if (torch && !torch->version) {
		run_fail(run, "%s/version.py states no version: this torch cannot be imported; install it again: %s",
			 torch->dir, acquired_text(acquire_torch_again(run, machine->python, torch)));
		return 2;
	}
	if (request->json && !print_json(run, machine))
		return 2;
	if (!request->json && torch)
		print_torch(run, machine->python, torch);
	else if (!request->json)
		print_none(run, machine->python);
	return torch ? 0 : 1;
}

static const struct choice torch_choices[] = {
	{ "python", "PATH", "an interpreter, or the folder of an environment" },
	{ 0 },
};

const struct command command_torch = {
	.name = "torch",
	.arguments = "[--python PATH]",
	.summary = "what the torch at hand was built with",
	.details = "Reads files; torch is not imported and no Python is started. The Python at hand is --python, else\n"
		   "VIRTUAL_ENV, CONDA_PREFIX, .venv here, else python3 on PATH, seen through pyenv's shims.\n"
		   "Exit code: 0 a torch was found, 1 there is none, 2 it cannot be told.",
	.needs = NEED_TORCH,
	.quick = true,
	.choices = torch_choices,
	.json = true,
	.run = run_torch,
};
