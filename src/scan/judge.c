/*
 * What clang says is not what nvcc and g++ say: only what they would refuse too is sure. clang's own trouble with headers of
 * torch, the toolkit or the system counts for nothing, and where it had any, unknown names may come from that.
 */
#define _GNU_SOURCE
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "scan/engine.h"

static const struct judgement judgements[] = {
#define JUDGEMENT(pattern, verdict, code, what) { pattern, JUDGE_##verdict, #code, what },
#include "scan/judgements.def"
#undef JUDGEMENT
};

#define N (sizeof(judgements) / sizeof(judgements[0]))

/* Whether text begins as pattern says; what {name} and {in} stood for. */
static bool
fits(struct run *run, const char *pattern, const char *text, struct judged *out)
{
	while (*pattern) {
		const char *close = *pattern == '{' ? strchr(pattern, '}') : NULL, *next, *word;
		size_t literal = close ? 0 : strcspn(pattern, "{");

		if (!close) {
			if (strncmp(pattern, text, literal) != 0)
				return false;
			pattern += literal;
			text += literal;
			continue;
		}
		literal = strcspn(close + 1, "{");
		next = literal ? memmem(text, strlen(text), close + 1, literal) : text + strlen(text);
		if (!next)
			return false;
		word = str_copy(&run->arena, text, (size_t)(next - text));
		if (str_starts(pattern, "{name}"))
			out->name = word;
		else if (str_starts(pattern, "{in}"))
			out->in = word;
		pattern = close + 1;
		text = next;
	}
	return true;
}

/* Without clang's second names of types: 'DeviceIndex' (aka 'signed char'). */
static const char *
plain(struct run *run, const char *text)
{
	struct strings pieces = { 0 };
	const char *at, *end;

	while ((at = strstr(text, " (aka '")) && (end = strstr(at, "')"))) {
		strings_add(&run->arena, &pieces, str_copy(&run->arena, text, (size_t)(at - text)));
		text = end + 2;
	}
	strings_add(&run->arena, &pieces, text);
	return strings_join(&run->arena, &pieces, "");
}

struct judged
judge_words(struct run *run, const char *words)
{
	const char *text = plain(run, words);
	struct judged judged = { 0 };

	for (size_t i = 0; i < N; i++) {
		judged = (struct judged){ .row = &judgements[i], .name = "", .in = "" };
		if (fits(run, judgements[i].pattern, text, &judged))
			break;
	}
	return judged;
}

/* The folders of the C and C++ libraries, whichever GCC's: a header that one of them has is not called missing. */
static struct strings
system_dirs(struct run *run)
{
	struct strings dirs = { 0 }, versions = { 0 };

	strings_add(&run->arena, &dirs, "/usr/local/include");
	strings_add(&run->arena, &dirs, "/usr/include");
	strings_add(&run->arena, &dirs, "/usr/include/x86_64-linux-gnu");
	strings_add(&run->arena, &dirs, "/usr/include/aarch64-linux-gnu");
	if (world_list(run, "/usr/include/c++", &versions))
		for (size_t i = 0; i < versions.n; i++)
			strings_add(&run->arena, &dirs, path_join(&run->arena, "/usr/include/c++", versions.item[i]));
	return dirs;
}

const char *
judge_lookup(struct run *run, const struct context *context, const char *from, const char *name)
{
	struct strings own = { 0 }, system = system_dirs(run);
	const char *found;

	strings_add(&run->arena, &own, path_parent(&run->arena, from));
	found = world_file_in(run, &own, name);
	if (!found)
		found = world_file_in(run, &context->flags->include_dirs, name);
	if (!found)
		found = world_file_in(run, &context->flags->system_dirs, name);
	if (!found)
		found = world_file_in(run, &context->foreign, name);
	return found ? found : world_file_in(run, &system, name);
}

/* The release here of what a fact is about; n == 0: not known. */
static struct version
release(const struct scan_plan *plan, const struct api *api)
{
	const struct machine *m = plan->machine;
	struct version here = { 0 };

	if (strcmp(api->of, "CUDA") == 0 && m->toolkit)
		here = m->toolkit->version;
	else if (strcmp(api->of, "torch") == 0 && m->torch && m->torch->version)
		version_parse(m->torch->version, &here, NULL);
	return here;
}

/* Whether the facts of torch or CUDA know that the release here has no such name; the full name first. */
static bool
is_gone(struct run *run, const struct scan_plan *plan, const struct judged *j, struct api *api)
{
	static const char *const owners[] = { "torch", "CUDA" };
	const char *full = *j->in ? str_format(&run->arena, "%s::%s", j->in, j->name) : j->name;

	for (size_t i = 0; i < 2; i++)
		if (api_find(run, owners[i], full, api) || api_find(run, owners[i], j->name, api)) {
			struct version here = release(plan, api);

			return here.n && api_has(api, &here) == 0;
		}
	return false;
}

static const char *
whose(const struct scan_plan *plan, const char *from)
{
	const struct machine *m = plan->machine;

	if (!*from)
		return "";
	if (m->torch && path_below(from, m->torch->dir))
		return "torch's ";
	for (size_t i = 0; m->toolkit && i < m->toolkit->include_dirs.n; i++)
		if (path_below(from, m->toolkit->include_dirs.item[i]))
			return "CUDA's ";
	return strstr(from, "/c++/") ? "the C++ library's " : "";
}

static const char *
fill(struct run *run, const struct judged *j, const char *owner)
{
	struct strings pieces = { 0 };
	const char *at = j->row->what;

	while (*at) {
		size_t n = strcspn(at, "{");
		const char *close = at[n] ? strchr(at + n, '}') : NULL;

		strings_add(&run->arena, &pieces, str_copy(&run->arena, at, close ? n : strlen(at)));
		if (!close)
			break;
		strings_add(&run->arena, &pieces, str_starts(at + n, "{name}") ? j->name :
			    str_starts(at + n, "{in}") ? j->in : owner);
		at = close + 1;
	}
	return strings_join(&run->arena, &pieces, "");
}

static bool
is_sure(enum verdict verdict, unsigned place, bool gone, bool trouble)
{
	switch (verdict) {
	case JUDGE_ALWAYS:
		return true;
	case JUDGE_OWN:
		return !(place & PLACE_TEMPLATE);
	case JUDGE_NAME:
		return gone || (!trouble && !(place & PLACE_DEVICE));
	case JUDGE_CALL:
		return !trouble && !(place & (PLACE_DEVICE | PLACE_BOTH | PLACE_TEMPLATE));
	default:
		return false;
	}
}

/* The package's own host function in a kernel: nvcc says no to that as clang does. */
static bool
calls_host(const struct said *said)
{
	return (said->place & (PLACE_DEVICE | PLACE_TEMPLATE)) == PLACE_DEVICE && !*said->from &&
	       str_starts(said->note, "candidate function not viable: call to __host__ function from __");
}

/* Headers have codes by whose they are. */
static const char *
header_code(const char *name)
{
	static const struct { const char *start, *code; } rows[] = {
		{ "THC/", "CE310" }, { "TH/", "CE310" }, { "torch/", "CE306" }, { "ATen/", "CE306" }, { "c10/", "CE306" },
		{ "caffe2/", "CE306" }, { "cudnn", "CE118" }, { "Python.h", "CE304" }, { "cu", "CE102" }, { "thrust/", "CE102" },
		{ "nv", "CE102" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_starts(name, rows[i].start))
			return rows[i].code;
	return "CE314";
}

/* Whether a file looks at which compiler reads it: then its #error may be meant for clang alone. */
static bool
speaks_of_clang(struct run *run, const char *file)
{
	struct blob text;

	return world_read(run, file, 4 << 20, &text) && blob_find(&text, "__clang");
}

/* A header's demand: C++ of a standard, or something else. */
static void
tell_demand(struct run *run, const struct scan_plan *plan, const struct context *context, const struct said *said,
	    struct scan_hit *hit)
{
	const char *at = strstr(said->text, "C++");
	int std = at && at[3] >= '0' && at[3] <= '9' ? (at[3] - '0') * 10 + (at[4] - '0') : 0;
	bool cuda = strcmp(whose(plan, said->from), "CUDA's ") == 0;
	const char *given = context->flags->std ? str_format(&run->arena, "the build gives -std=c++%02d", context->flags->std)
						: "the build gives no -std";

	if (std < 11 || std > 40)
		return;
	hit->sure = true;
	hit->code = cuda ? "CE109" : "CE305";
	hit->cause = str_format(&run->arena, "%s demands C++%02d, and %s", cuda ? "this CUDA" : plan->machine->torch ?
				str_format(&run->arena, "torch %s", plan->machine->torch->version) : "a header", std, given);
	hit->remedy = str_format(&run->arena, "-std=c++%02d", std);
}

static void
judge_one(struct run *run, const struct scan_plan *plan, const struct context *context, const struct said *said, bool trouble,
	  struct scan_hits *hits)
{
	struct judged j = judge_words(run, said->text);
	struct api api = { 0 };
	bool gone = *j.name && j.row->verdict < JUDGE_DOUBT && is_gone(run, plan, &j, &api);
	struct scan_hit hit = { .code = j.row->code, .file = said->file, .line = said->line, .column = said->column,
				.says = said->text };

	if (j.row->verdict == JUDGE_DROP || ((said->place & PLACE_FOREIGN) && j.row->verdict != JUDGE_ALWAYS))
		return;
	hit.sure = is_sure(j.row->verdict, said->place, gone, trouble);
	hit.cause = fill(run, &j, whose(plan, said->from));
	if (gone) {
		struct version here = release(plan, &api);

		hit.cause = api_says(run, &api, &here);
		hit.of = api.of;
		hit.name = api.name;
		hit.remedy = api.instead ? str_format(&run->arena, "in its place: %s", api.instead) : NULL;
	}
	if (strstr(said->note, "call to __device__ function from __host__ function")) {
		hit.sure = false;	/* nvcc has host versions of many */
	} else if (j.row->verdict == JUDGE_CALL && calls_host(said)) {
		hit.sure = true;
		hit.code = "CE316";
		hit.cause = str_format(&run->arena, "%s is a host function, and is called in device code", j.name);
	} else if (strcmp(j.row->code, "CE314") == 0) {
		hit.code = header_code(j.name);
		hit.sure = (strcmp(hit.code, "CE314") != 0 || !plan->guessed) &&
			   !judge_lookup(run, context, *said->from ? said->from : said->file, j.name);
	} else if (strcmp(j.row->code, "CE313") == 0) {
		hit.sure = !speaks_of_clang(run, *said->from ? said->from : said->file);
		tell_demand(run, plan, context, said, &hit);
	}
	hit.sure = hit.sure && !plan->flagless;
	*list_add(&run->arena, hits) = hit;
}

/* Whether clang's error in a foreign header may have left names out; its own headers on CUDA's textures leave out nothing. */
static bool
is_trouble(struct run *run, const struct said *said)
{
	enum verdict verdict = judge_words(run, said->text).row->verdict;

	return (said->place & PLACE_FOREIGN) && verdict != JUDGE_ALWAYS && verdict != JUDGE_DROP &&
	       !strstr(said->from, "/__clang_cuda");
}

/* Errors that follow from a missing header, or from a header that refuses, say nothing of their own. */
static void
keep_roots(struct scan_hits *hits)
{
	static const char roots[] = "CE313 CE314 CE305 CE109 CE306 CE310 CE118 CE304 CE102";
	bool root = false;
	size_t n = 0;

	for (size_t i = 0; i < hits->n; i++)
		root |= hits->item[i].sure && strstr(roots, hits->item[i].code);
	for (size_t i = 0; root && i < hits->n; i++)
		if (hits->item[i].sure && strstr(roots, hits->item[i].code))
			hits->item[n++] = hits->item[i];
	hits->n = root ? n : hits->n;
}

void
judge_reading(struct run *run, const struct scan_plan *plan, const struct context *context, const struct reading *reading,
	      struct scan_hits *hits)
{
	bool trouble = false;

	for (size_t i = 0; i < reading->said.n; i++)
		trouble |= is_trouble(run, &reading->said.item[i]);
	for (size_t i = 0; i < reading->said.n; i++)
		judge_one(run, plan, context, &reading->said.item[i], trouble, hits);
	keep_roots(hits);
}
