#include "base/str.h"
#include "cli/page.h"
#include "cli/show.h"

static const char *const kinds[] = { "driver", "wsl", "tegra", "compat", "stub" };

static void
put_driver(struct run *run, struct cJSON *in, const struct machine *machine)
{
	struct cJSON *row, *list;

	show_driver(run, in, machine->driver);
	list = json_put_array(in, "libcuda");
	for (size_t i = 0; i < machine->libcudas.n; i++) {
		const struct libcuda *l = &machine->libcudas.item[i];

		row = json_put_object(list, NULL);
		json_put_text(run, row, "path", l->path);
		json_put_text(run, row, "kind", kinds[l->kind]);
		json_put_text(run, row, "version", l->version);
		json_put_bool(row, "configured", l->configured);
	}
	list = json_put_array(in, "gpus");
	for (size_t i = 0; i < machine->gpus.n; i++) {
		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", machine->gpus.item[i].name);
		json_put_text(run, row, "arch", machine->gpus.item[i].arch);
		json_put_text(run, row, "from", machine->gpus.item[i].from);
	}
}

static void
put_python(struct run *run, struct cJSON *in, const struct machine *machine)
{
	struct cJSON *row, *list;

	show_python(run, in, machine->python);
	show_torch(run, in, machine->torch);
	list = json_put_array(in, "frameworks");
	for (size_t i = 0; i < machine->frameworks.n; i++) {
		const struct framework *f = &machine->frameworks.item[i];

		row = json_put_object(list, NULL);
		json_put_text(run, row, "name", f->name);
		json_put_text(run, row, "version", f->version);
		json_put_text(run, row, "cuda", f->cuda);
		json_put_text(run, row, "cudnn", f->cudnn);
		json_put_text(run, row, "from", f->from);
	}
	list = json_put_array(in, "cudnn");
	for (size_t i = 0; i < machine->cudnns.n; i++) {
		row = json_put_object(list, NULL);
		json_put_text(run, row, "version", machine->cudnns.item[i].version);
		json_put_text(run, row, "dir", machine->cudnns.item[i].dir);
		json_put_text(run, row, "from", machine->cudnns.item[i].from);
	}
}

static void
put_computer(struct run *run, struct cJSON *in, const struct machine *machine)
{
	const struct computer *c = machine->computer;
	struct cJSON *list = json_put_array(in, "compilers"), *row;

	for (size_t i = 0; i < machine->compilers.n; i++)
		show_compiler(run, list, NULL, &machine->compilers.item[i]);
	if (!c)
		return;
	row = json_put_object(in, "computer");
	json_put_text(run, row, "cpu", c->cpu);
	json_put_text(run, row, "libc", c->libc);
	json_put_number(row, "cores", c->cores);
	if (c->memory < 0)
		json_put_text(run, row, "memory", NULL);
	else
		json_put_number(row, "memory", (double)c->memory);
}

void
page_json(struct run *run, struct cJSON *document, const struct machine *machine)
{
	struct cJSON *list;

	put_driver(run, document, machine);
	show_choice(run, document, machine);
	list = json_put_array(document, "toolkits");
	for (size_t i = 0; i < machine->toolkits.n; i++)
		show_toolkit(run, list, NULL, &machine->toolkits.item[i], machine->torch);
	put_python(run, document, machine);
	put_computer(run, document, machine);
}
