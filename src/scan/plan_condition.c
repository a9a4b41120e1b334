/*
 * Conditions of a setup.py. Decided: versions of torch and CUDA, variables of the environment, names with a known text, and
 * by the words in them what a build for CUDA on Linux is and is not (HIP, Windows, MLU, …). All else is not known.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "scan/plan_python.h"

static const char *const never[] = {
	"hip", "rocm", "windows", "win32", "darwin", "macos", "mlu", "npu", "_mps", ".mps", "musa", "xpu", "sycl", "diopi", "dipu",
	"parrots", "skip", "debug", "disable", "tensorrt", "cpu_only", "msvc", "no_cuda", "ascend", "'nt'", NULL
};
static const char *const always[] = { "cuda", "nvcc", "linux", "posix", NULL };

/* The tokens from first to end as one lower-case text, a blank between them, strings in quotes. */
static const char *
words_of(struct reading_setup *r, size_t first, size_t end)
{
	struct strings parts = { 0 };
	char *text;

	for (size_t i = first; i < end; i++) {
		const struct token *token = &r->tokens.item[i];

		strings_add(&r->run->arena, &parts, token->kind == TOKEN_TEXT
			    ? str_format(&r->run->arena, "'%s'", token->text) : token->text);
	}
	text = (char *)strings_join(&r->run->arena, &parts, "");
	for (char *at = text; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return text;
}

static bool
has_any(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

static enum truth
not(enum truth truth)
{
	return truth == UNKNOWN ? UNKNOWN : truth == TRUE ? FALSE : TRUE;
}

static enum truth
compared(int order, const char *op)
{
	bool is = str_same(op, "==") ? order == 0 : str_same(op, "!=") ? order != 0 : str_same(op, "<") ? order < 0
		: str_same(op, ">") ? order > 0 : str_same(op, "<=") ? order <= 0 : order >= 0;

	return is ? TRUE : FALSE;
}

/* The version that a side of a comparison speaks of; n == 0: none that is known. */
static struct version
meant(const struct reading_setup *r, const char *text)
{
	struct version version = { 0 };
	const struct machine *m = r->machine;

	if (strstr(text, "torch_cuda") || strstr(text, "torch.version.cuda"))
		return m->torch ? m->torch->cuda : version;
	if (strstr(text, "torch.__version__") || strstr(text, "torch_version") || strstr(text, "torch_ver") ||
	    strstr(text, "torch_major") || strstr(text, "torch_minor")) {
		if (m->torch && m->torch->version)
			version_parse(m->torch->version, &version, NULL);
		if (strstr(text, "torch_major") && version.n > 1)
			version.n = 1;
		if (strstr(text, "torch_minor") && version.n > 1)
			version = (struct version){ 1, { version.part[1] } };
		return version;
	}
	if ((strstr(text, "cuda") || strstr(text, "bare_metal")) && strstr(text, "ver") && m->toolkit)
		return m->toolkit->version;
	return version;
}

/* The literal of a side: Version("11.8"), '1.12.1', 2. */
static bool
literal(const struct reading_setup *r, size_t first, size_t end, struct version *out)
{
	for (size_t i = first; i < end; i++) {
		const struct token *token = &r->tokens.item[i];

		if (token->kind == TOKEN_TEXT || token->kind == TOKEN_NUMBER)
			return version_parse(token->text, out, NULL);
	}
	return false;
}

static const char *
flipped(const char *op)
{
	return op[0] == '<' ? op[1] ? ">=" : ">" : op[0] == '>' ? op[1] ? "<=" : "<" : op;
}

/* The one text that the tokens from first to end come to, or NULL. */
static const char *
text_of(struct reading_setup *r, size_t first, size_t end)
{
	size_t stop = r->stop;
	struct value value;
	bool whole;

	r->at = first;
	r->stop = end;
	value = setup_expression(r);
	whole = r->at >= end;
	r->stop = stop;
	return whole && value.texts.n == 1 && !value.entries.n ? value.texts.item[0] : NULL;
}

/* A comparison of a known text: EXT_TYPE == 'pytorch', os.getenv('X', '0') == '1'. */
static enum truth
compare_texts(struct reading_setup *r, size_t first, size_t op, size_t end)
{
	const char *left = text_of(r, first, op), *right = text_of(r, op + 1, end);

	return left && right ? compared(strcmp(left, right), r->tokens.item[op].text) : UNKNOWN;
}

static enum truth
compare(struct reading_setup *r, size_t first, size_t op, size_t end)
{
	const char *left = words_of(r, first, op), *right = words_of(r, op + 1, end), *sign = r->tokens.item[op].text;
	struct version known, other;
	enum truth truth;

	known = meant(r, left);
	if (known.n && literal(r, op + 1, end, &other))
		return compared(version_compare(&known, &other), sign);
	known = meant(r, right);
	if (known.n && literal(r, first, op, &other))
		return compared(version_compare(&known, &other), flipped(sign));
	if (sign[0] != '=' && sign[0] != '!')
		return UNKNOWN;
	if (has_any(right, never) || (has_any(left, never) && !strstr(left, "getenv") && !strstr(left, "environ")))
		return sign[0] == '=' ? FALSE : TRUE;
	truth = compare_texts(r, first, op, end);
	if (truth == UNKNOWN && (has_any(left, always) || has_any(right, always)))
		truth = sign[0] == '=' ? TRUE : FALSE;
	return truth;
}

/* What stands between "and", "or" and brackets. */
static enum truth
atom(struct reading_setup *r, size_t first, size_t end)
{
	const char *text = words_of(r, first, end);
	int depth = 0;

	for (size_t i = first; i < end; i++) {
		const struct token *token = &r->tokens.item[i];

		if (token->kind == TOKEN_OP && strchr("([{", token->text[0]))
			depth++;
		else if (token->kind == TOKEN_OP && strchr(")]}", token->text[0]))
			depth--;
		else if (!depth && token->kind == TOKEN_OP && i > first &&
			 (strchr("<>", token->text[0]) || str_same(token->text, "==") || str_same(token->text, "!=")))
			return compare(r, first, i, end);
	}
	if (str_same(text, "true"))
		return TRUE;
	if (str_same(text, "false") || str_same(text, "none"))
		return FALSE;
	if (has_any(text, never))
		return str_ends(text, "isnone") ? TRUE : FALSE;
	if (has_any(text, always))
		return str_ends(text, "isnone") ? FALSE : TRUE;
	if (strstr(text, "getenv") || strstr(text, "environ.get")) {
		struct value value;

		r->at = first;
		value = setup_expression(r);
		return value.texts.n && value.texts.item[0][0] ? TRUE : FALSE;
	}
	return UNKNOWN;
}

static bool
ends_operand(struct reading_setup *r)
{
	return setup_is(r, "and") || setup_is(r, "or") || setup_is(r, ":") || setup_is(r, "else") || setup_is(r, ",");
}

static enum truth any(struct reading_setup *r);

static enum truth
operand(struct reading_setup *r)
{
	size_t first, end;
	int depth = 0;
	enum truth truth;
	bool negated = false;

	while (setup_take(r, "not"))
		negated = !negated;
	first = r->at;
	if (r->depth < SETUP_DEPTH && setup_take(r, "(")) {	/* (a or b), but not (a, b) >= (1, 2) */
		r->depth++;
		truth = any(r);
		r->depth--;
		if (setup_take(r, ")") && (ends_operand(r) || setup_is(r, ")") || setup_token(r)->kind == TOKEN_LINE))
			return negated ? not(truth) : truth;
		r->at = first;
	}
	for (; setup_token(r)->kind != TOKEN_LINE && setup_token(r)->kind != TOKEN_END; r->at++) {
		const char *text = setup_token(r)->kind == TOKEN_OP ? setup_token(r)->text : "";

		if (*text && strchr("([{", *text))
			depth++;
		else if (*text && strchr(")]}", *text) && depth-- == 0)
			break;
		else if (!depth && ends_operand(r))
			break;
	}
	end = r->at;
	truth = atom(r, first, end);
	r->at = end;
	return negated ? not(truth) : truth;
}

static enum truth
all(struct reading_setup *r)
{
	enum truth truth = operand(r);

	while (setup_take(r, "and")) {
		enum truth next = operand(r);

		truth = truth == FALSE || next == FALSE ? FALSE : truth == TRUE && next == TRUE ? TRUE : UNKNOWN;
	}
	return truth;
}

static enum truth
any(struct reading_setup *r)
{
	enum truth truth = all(r);

	while (setup_take(r, "or")) {
		enum truth next = all(r);

		truth = truth == TRUE || next == TRUE ? TRUE : truth == FALSE && next == FALSE ? FALSE : UNKNOWN;
	}
	return truth;
}

enum truth
setup_condition(struct reading_setup *r)
{
	return any(r);
}
