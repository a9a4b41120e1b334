/* What the text alone tells: headers that are not there, #error lines, names that this torch or this CUDA does not have. */
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/text.h"

#define HITS_MAX 200

struct judge {
	struct scan_result *result;
	struct version cuda, torch;		/* n == 0: not known */
	bool std;				/* torch's C++ standard was spoken of */
	int dispatch;				/* words left of the AT_DISPATCH that was met; 0: none */
	const struct text_item *type;		/* its x.type(), until the next word shows that nothing is asked of it */
};

static const char *
source_line(struct run *run, const char *file, int number)
{
	struct blob text;
	const char *line;
	size_t at = 0, length;

	if (!world_read(run, file, (size_t)4 << 20, &text))
		return NULL;
	while (blob_line(&text, &at, &line, &length))
		if (--number == 0)
			return str_trim(&run->arena, line, length < 200 ? length : 200);
	return NULL;
}

static struct scan_hit *
hit(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *code, const char *cause)
{
	struct judge *judge = walk->context;
	struct scan_hits *hits = &judge->result->hits;
	struct scan_hit *out;

	for (size_t i = 0; i < hits->n; i++)
		if (hits->item[i].line == item->line && strcmp(hits->item[i].file, in->path) == 0 &&
		    strcmp(hits->item[i].cause, cause) == 0)
			return NULL;
	if (hits->n >= HITS_MAX)
		return NULL;
	out = list_add(&walk->run->arena, hits);
	*out = (struct scan_hit){ .sure = walk->active == YES && !walk->plan->flagless, .code = code, .cause = cause,
				  .file = in->path, .line = item->line, .column = item->column,
				  .says = source_line(walk->run, in->path, item->line) };
	return out;
}

/* A place whose file, or part of it, was not read. */
static void
doubt(struct text_walk *walk, const char *file, const char *cause)
{
	struct judge *judge = walk->context;

	*list_add(&walk->run->arena, &judge->result->hits) = (struct scan_hit){ .code = "CE315", .cause = cause, .file = file };
}

static void
judge_unread(struct text_walk *walk, const struct text_file *file)
{
	doubt(walk, file->path, str_format(&walk->run->arena, "%s: %s", path_name(file->path), file->unread));
}

static void
judge_error(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	if (walk->active == YES)
		hit(walk, in, item, "CE313", str_format(&walk->run->arena, "#error %s", item->text));
}

/* Which name it is about, and what takes its place. */
static void
tell_api(struct text_walk *walk, const struct api *api, struct scan_hit *out)
{
	out->of = api->of;
	out->name = api->name;
	out->remedy = api->instead ? str_format(&walk->run->arena, "in its place: %s", api->instead) : NULL;
}

/* A header of torch or CUDA that is nowhere: sure where another one of theirs is found, so that they are looked for right. */
static bool
judge_theirs(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *name)
{
	static const struct { const char *start, *code; } torch[] = { { "THC/", "CE310" }, { "TH/", "CE310" },
		{ "THCUNN/", "CE310" }, { "torch/", "CE306" }, { "ATen/", "CE306" }, { "c10/", "CE306" }, { "caffe2/", "CE306" } };
	const struct judge *judge = walk->context;
	struct run *run = walk->run;
	const char *code = NULL, *cause;
	struct api api;
	struct scan_hit *out;
	bool known;

	for (size_t i = 0; i < sizeof(torch) / sizeof(torch[0]) && !code; i++)
		code = str_starts(name, torch[i].start) ? torch[i].code : NULL;
	if (code && judge->torch.n && text_lookup(walk, in->path, "c10/macros/Macros.h", true)) {
		known = api_find(run, "torch", name, &api);
		cause = known ? api_says(run, &api, &judge->torch) :
			str_format(&run->arena, "torch %s has no %s", walk->plan->machine->torch->version, name);
	} else if (judge->cuda.n && api_find(run, "CUDA", name, &api) && text_lookup(walk, in->path, "cuda_runtime_api.h", true)) {
		known = true;
		code = "CE102";
		cause = api_says(run, &api, &judge->cuda);
	} else {
		return code != NULL;
	}
	out = hit(walk, in, item, code, cause);
	if (out && known)
		tell_api(walk, &api, out);
	return true;
}

/* Torch's headers stop at once with an older C++ than they demand. */
static void
judge_std(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found)
{
	const struct torch *torch = walk->plan->machine ? walk->plan->machine->torch : NULL;
	const struct scan_flags *flags = walk->unit->flags;
	struct judge *judge = walk->context;
	struct run *run = walk->run;
	struct scan_hit *out;

	if (judge->std || walk->active != YES || !torch || !torch->cxx_std_from || !flags->std || flags->std >= torch->cxx_std ||
	    !path_below(found, torch->dir) || !text_reaches(walk, text_open(run, walk->texts, found, true), "/ATen/ATen.h"))
		return;
	judge->std = true;
	out = hit(walk, in, item, "CE305", str_format(&run->arena, "torch %s demands C++%d, and the build gives -std=c++%d",
						      torch->version, torch->cxx_std, flags->std));
	if (out)
		out->remedy = str_format(&run->arena, "-std=c++%d in place of c++%d (%s)", torch->cxx_std, flags->std,
					 flags->std_by ? flags->std_by : "the build's flags");
}

static void
judge_include(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const char *found)
{
	const char *name = str_copy(&walk->run->arena, item->text + 1, strlen(item->text) - 2);
	bool angled = item->text[0] == '<';
	struct scan_hit *out;

	if (found) {
		judge_std(walk, in, item, found);
		return;
	}
	if (judge_theirs(walk, in, item, name) || walk->active != YES)
		return;
	/* A name with neither a dot nor a slash is the C++ library's, which g++ knows better. */
	if (!text_knows_system(walk) || !strpbrk(name, "./"))
		return;
	out = hit(walk, in, item, "CE314", str_format(&walk->run->arena, "%s is in no include directory", name));
	if (out)
		out->sure = !walk->plan->guessed && (!angled || strchr(name, '.'));
}

static void
judge_word(struct text_walk *walk, const struct text_file *in, const struct text_item *item, const struct api *api)
{
	const struct judge *judge = walk->context;
	const struct version *release = strcmp(api->of, "CUDA") == 0 ? &judge->cuda : &judge->torch;
	const struct text_macro *macro = text_macro(walk, item->name);
	bool function = strcmp(api->kind, "function") == 0, template = strcmp(api->kind, "template") == 0;
	struct scan_hit *out;
	int has;

	if (strcmp(api->kind, "header") == 0 || strcmp(api->kind, "member") == 0 || strcmp(api->kind, "use") == 0)
		return;
	if (item->name->declared == walk->number || (macro && macro->defined != NO) || (function && item->after != '(') ||
	    (template && item->after != '<'))
		return;
	has = api_has(api, release);
	if (has == 1 || !release->n)
		return;
	out = hit(walk, in, item, "CE311", api_says(walk->run, api, release));
	if (!out)
		return;
	out->sure = out->sure && has == 0;
	tell_api(walk, api, out);
}

/* AT_DISPATCH…(x.type(), …), which newer torches refuse; x.type().scalarType() they take. */
static void
judge_dispatch(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	struct judge *judge = walk->context;
	struct scan_hit *out;
	struct api api;

	if (judge->type && item->before != '.' && api_find(walk->run, "torch", "AT_DISPATCH(x.type())", &api) &&
	    judge->torch.n && api_has(&api, &judge->torch) != 1) {
		out = hit(walk, in, judge->type, "CE312", api_says(walk->run, &api, &judge->torch));
		if (out)
			out->sure = false, tell_api(walk, &api, out);
	}
	judge->type = NULL;
	judge->dispatch -= judge->dispatch > 0;
	if (str_starts(item->name->text, "AT_DISPATCH_") && item->after == '(')
		judge->dispatch = 8;
	else if (judge->dispatch && strcmp(item->name->text, "type") == 0 && item->before == '.' && item->after == '(')
		judge->type = item, judge->dispatch = 0;
}

static void
judge_name(struct text_walk *walk, const struct text_file *in, const struct text_item *item)
{
	const struct text_name *name = item->name;

	if (item->kind == TEXT_WORD)
		judge_dispatch(walk, in, item);
	if (item->full && item->full->torch.name)
		judge_word(walk, in, item, &item->full->torch);
	else if (item->full && item->full->cuda.name)
		judge_word(walk, in, item, &item->full->cuda);
	if (!name->gone || strchr(".-:", item->before))
		return;
	if (name->cuda.name)
		judge_word(walk, in, item, &name->cuda);
	if (name->torch.name)
		judge_word(walk, in, item, &name->torch);
}

void
scan_text(struct run *run, const struct scan_plan *plan, struct scan_result *result)
{
	const struct machine *machine = plan->machine;
	struct judge judge = { .result = result };
	struct text_walk walk = { .run = run, .plan = plan, .unit = result->unit, .context = &judge, .include = judge_include,
				  .word = judge_name, .error = judge_error, .unread = judge_unread };

	if (machine && machine->toolkit)
		judge.cuda = machine->toolkit->version;
	if (machine && machine->torch && machine->torch->version)
		version_parse(machine->torch->version, &judge.torch, NULL);
	result->how = SCAN_BY_TEXT;
	if (!text_walk(&walk)) {
		result->how = SCAN_NOT_READ;
		result->why = walk.stopped;
	} else if (walk.stopped) {
		doubt(&walk, result->unit->file, str_format(&run->arena, "%s: %s", path_name(result->unit->file), walk.stopped));
	}
}
