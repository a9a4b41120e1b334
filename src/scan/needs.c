/* The names that sources use, met by a walk that knows no CUDA and no torch, so that conditions on versions stay open. */
#include "scan/needs.h"

#include <string.h>

#include "base/data.h"
#include "base/path.h"
#include "base/world.h"
#include "scan/text.h"

struct survey {
	struct scan_needs *out;
	const struct scan_plan *plan;
	struct cJSON *table;		/* data/apis.json */
};

static struct used *
note(struct text_walk *walk, const char *of, const char *kind, const char *name, const struct text_file *in, int line)
{
	struct survey *survey = walk->context;
	struct used_list *list = &survey->out->needs;
	struct used *need = NULL;

	for (size_t i = 0; i < list->n && !need; i++)
		if (strcmp(list->item[i].name, name) == 0 && str_same(list->item[i].of, of))
			need = &list->item[i];
	if (!need) {
		need = list_add(&walk->run->arena, list);
		*need = (struct used){ .name = name, .of = of, .kind = kind };
		if (of && api_find(walk->run, of, name, &need->api))
			need->kind = need->api.kind;
	}
	if (!need->file || (walk->active == YES && !need->always))
		need->file = in->path, need->line = line;
	need->uses++;
	need->always |= walk->active == YES;
	return need;
}

static void
add_library(struct run *run, struct scan_needs *out, const char *library, const char *by)
{
	if (strings_has(&out->libraries, library))
		return;
	strings_add(&run->arena, &out->libraries, library);
	strings_add(&run->arena, &out->libraries_by, by);
}

/* Whose header it is by its name; NULL: another's. */
static const char *
header_of(struct text_walk *walk, const char *name, const char *found)
{
	static const char *const torch[] = { "torch/", "ATen/", "c10/", "THC/", "TH/", "caffe2/" },
		*const cuda[] = { "cub/", "thrust/", "cuda/", "cuda.h", "cuda_", "cooperative_groups" };
	const struct survey *survey = walk->context;
	const struct machine *machine = survey->plan->machine;
	struct api api;

	for (size_t i = 0; i < sizeof(torch) / sizeof(torch[0]); i++)
		if (str_starts(name, torch[i]))
			return "torch";
	for (size_t i = 0; i < sizeof(cuda) / sizeof(cuda[0]); i++)
		if (str_starts(name, cuda[i]))
			return "CUDA";
	for (size_t i = 0; found && machine && machine->toolkit && i < machine->toolkit->include_dirs.n; i++)
		if (path_below(found, machine->toolkit->include_dirs.item[i]))
			return "CUDA";
	return json_get(json_get(survey->table, "libraries"), name) || api_find(walk->run, "CUDA", name, &api) ? "CUDA" : NULL;
}

static void
see_include(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found)
{
	struct survey *survey = walk->context;
	struct run *run = walk->run;
	const char *name = str_copy(&run->arena, item->text + 1, strlen(item->text) - 2), *of, *library;

	if (found && text_own(walk, found))
		return;
	of = header_of(walk, name, found);
	if (of || (!found && strpbrk(name, "./")))
		note(walk, of, "header", name, in, item->line);
	library = of && strcmp(of, "CUDA") == 0 ? json_get_text(json_get(survey->table, "libraries"), name) : NULL;
	if (library && walk->active == YES)
		add_library(run, survey->out, library, str_format(&run->arena, "%s:%d: %s", in->path, item->line, name));
}

/* cudaMalloc, cublasSgemm, cuInit, …: a function of CUDA's C interfaces by its name. */
static bool
is_cuda_function(const struct text_walk *walk, const struct text_item *item)
{
	static const char *const starts[] = { "cuda", "cublas", "cublasLt", "cusparse", "cusolver", "curand", "cufft", "nvrtc",
					      "cu" };
	const char *text = item->name->text;

	if (item->after != '(' || strchr(".-", item->before) || item->name->declared == walk->number)
		return false;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t length = strlen(starts[i]);

		if (strncmp(text, starts[i], length) == 0 && text[length] >= 'A' && text[length] <= 'Z')
			return true;
	}
	return false;
}

static bool
is_torch_macro(const char *name)
{
	return str_starts(name, "AT_") || str_starts(name, "TORCH_") || str_starts(name, "C10_");
}

static void
see_word(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	const struct text_name *name = item->name;
	const struct text_macro *macro = text_macro(walk, item->name);
	const struct api *cuda = name->cuda.name ? &name->cuda : NULL, *torch = name->torch.name ? &name->torch : NULL;

	if (item->full && item->after != ':')
		note(walk, str_starts(item->full->text, "cub::") || str_starts(item->full->text, "thrust::") ? "CUDA" : "torch",
		     item->after == '(' ? "function" : "name", item->full->text, in, item->line);
	if (strchr(".-:", item->before) || name->declared == walk->number || (macro && macro->defined != NO))
		return;
	if (cuda && strcmp(cuda->kind, "function") == 0 && item->after != '(')
		cuda = NULL;
	if (cuda && strcmp(cuda->kind, "template") == 0 && item->after != '<')
		cuda = NULL;
	if (cuda || is_cuda_function(walk, item))
		note(walk, "CUDA", "function", name->text, in, item->line);
	if (is_cuda_function(walk, item) && name->text[2] >= 'A' && name->text[2] <= 'Z' && walk->active == YES)
		add_library(walk->run, ((struct survey *)walk->context)->out, "cuda",
			    str_format(&walk->run->arena, "%s:%d: %s", in->path, item->line, name->text));
	if (!cuda && (torch || is_torch_macro(name->text)))
		note(walk, "torch", "macro", name->text, in, item->line);
}

/* A -std of the package's own: the first torch that demands more takes it no more. */
static void
note_std(struct run *run, const struct scan_plan *plan, struct scan_needs *out)
{
	const struct scan_flags *flags = plan->units.n ? plan->units.item[0].flags : NULL;
	const struct torch *torch = plan->machine ? plan->machine->torch : NULL;
	const struct cJSON *releases = json_get(data_table(run, "torch"), "releases");
	struct used *need;

	if (!flags || !flags->std || !flags->std_by || (torch && path_below(flags->std_by, torch->dir)))
		return;
	for (struct cJSON *row = json_child(releases); row; row = json_next(row)) {
		if (json_number(json_get(row, "cxx_std_min")) <= flags->std)
			continue;
		need = list_add(&run->arena, &out->needs);
		*need = (struct used){ .name = str_format(&run->arena, "-std=c++%d", flags->std), .of = "torch", .kind = "flag",
				       .file = flags->std_by, .uses = 1, .always = true };
		need->api = (struct api){ .name = need->name, .of = "torch", .kind = "flag", .until = data_version(row, "version"),
					  .source = json_get_text(row, "source") };
		return;
	}
}

static void
narrow(const struct used_list *needs, struct need_range *range)
{
	for (size_t i = 0; i < needs->n; i++) {
		const struct used *need = &needs->item[i];

		if (!need->always || !need->api.name || !str_same(need->of, range->of))
			continue;
		if (need->api.since.n && (!range->low || version_compare(&need->api.since, &range->low->api.since) > 0))
			range->low = need;
		if (need->api.until.n && (!range->high || version_compare(&need->api.until, &range->high->api.until) < 0))
			range->high = need;
	}
	range->none = range->low && range->high && version_compare(&range->low->api.since, &range->high->api.until) >= 0;
}

static void
read_covers(struct run *run, const struct cJSON *table, struct need_range *range)
{
	const struct cJSON *releases = json_get(json_get(table, range->of), "releases");
	const char *first = json_text(json_at(releases, 0)), *last = json_text(json_at(releases, json_count(releases) - 1));

	range->covers = first && last ? str_format(&run->arena, "%s to %s", first, last) : "no release";
}

/* "-lcublas" in quotes, and the quoted words of libraries=[…], in setup.py. */
static void
read_setup(struct run *run, const char *dir, struct scan_needs *out)
{
	const char *file = path_join(&run->arena, dir, "setup.py"), *line;
	size_t at = 0, length;
	struct blob text;
	bool list = false;

	if (!world_read(run, file, (size_t)1 << 20, &text))
		return;
	for (int number = 1; blob_line(&text, &at, &line, &length); number++) {
		const char *all = str_copy(&run->arena, line, length), *word = all, *from = strstr(all, "libraries=[");

		if (!from)
			from = strstr(all, "libraries = [");
		list |= from != NULL;
		if (from)
			word = strchr(from, '[');
		if (str_trim(&run->arena, all, length)[0] == '#')
			continue;
		while ((word = strpbrk(word, "'\"]"))) {
			size_t size = strcspn(word + 1, "'\"");
			const char *name = word + 1;

			if (*word == ']') {
				list = false, word++;
				continue;
			}
			if (strncmp(name, "-l", 2) == 0 && size > 2 && strncmp(name, "-lineinfo", size) != 0)
				add_library(run, out, str_copy(&run->arena, name + 2, size - 2),
					    str_format(&run->arena, "%s:%d: %.*s", file, number, (int)size, name));
			else if (list && size && size < 60)
				add_library(run, out, str_copy(&run->arena, name, size),
					    str_format(&run->arena, "%s:%d", file, number));
			word += 1 + size + (name[size] != '\0');
		}
	}
}

void
scan_needs(struct run *run, const struct scan_plan *plan, struct scan_needs *out)
{
	struct scan_plan open = *plan;
	struct survey survey = { .out = out, .plan = plan, .table = data_table(run, "apis") };

	open.machine = NULL;
	open.texts = scan_texts(run);
	for (size_t i = 0; i < plan->units.n; i++) {
		struct text_walk walk = { .run = run, .plan = &open, .unit = &plan->units.item[i], .context = &survey,
					  .include = see_include, .word = see_word };

		text_walk(&walk);
	}
	note_std(run, plan, out);
	out->cuda.of = "CUDA";
	out->torch.of = "torch";
	narrow(&out->needs, &out->cuda);
	narrow(&out->needs, &out->torch);
	read_covers(run, survey.table, &out->cuda);
	read_covers(run, survey.table, &out->torch);
	if (plan->dir)
		read_setup(run, plan->dir, out);
}
