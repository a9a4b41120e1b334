/*
 * What an #if comes to. A value is a number, one of two numbers, or not known: CUDA_VERSION is 12040, or 0 where nobody has
 * included cuda.h. So an answer is given only where all that may be lead to the same one.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "scan/text.h"

#define DEPTH_MAX 40
#define BODIES_MAX 1000

struct value { int n; long long v[2]; };	/* n == 0: not known */

struct eval {
	struct text_walk *walk;
	const struct text_file *in;
	const char *at;
	int depth;
	int *left;		/* bodies of macros that may still be gone into: they can name each other twice, and without end */
};

static const struct value unknown = { 0, { 0, 0 } };

static struct value
one(long long number)
{
	return (struct value){ 1, { number, 0 } };
}

static struct value
either(const struct value *a, const struct value *b)
{
	struct value out = *a;

	if (!a->n || !b->n)
		return unknown;
	for (int i = 0; i < b->n; i++) {
		if (out.v[0] == b->v[i] || (out.n == 2 && out.v[1] == b->v[i]))
			continue;
		if (out.n == 2)
			return unknown;
		out.v[out.n++] = b->v[i];
	}
	return out;
}

static long long
version_number(const struct version *v, int major, int minor)
{
	return (long long)v->part[0] * major + v->part[1] * minor;
}

/* Macros that no file of the package defines. */
static enum tri
builtin(struct text_walk *walk, const char *name, struct value *value)
{
	static const char *const never[] = { "_MSC_VER", "_WIN32", "WIN32", "_WIN64", "WIN64", "__APPLE__", "__ANDROID__",
		"__CYGWIN__", "__MINGW32__", "__HIP_PLATFORM_AMD__", "__HIP_PLATFORM_HCC__", "__HIPCC__", "__HIP__", "USE_ROCM",
		"__HIP_DEVICE_COMPILE__", "TORCH_STABLE_ONLY", "TORCH_TARGET_VERSION", "__INTEL_COMPILER", "__SYCL_DEVICE_ONLY__" };
	static const struct { int std; long long number; } standards[] = { { 11, 201103 }, { 14, 201402 }, { 17, 201703 },
									   { 20, 202002 } };
	/* by: who defines it; NULL: nvcc itself. */
	static const struct { const char *name; int major, minor; const char *by; } versions[] = {
		{ "__CUDACC_VER_MAJOR__", 1, 0, NULL }, { "__CUDACC_VER_MINOR__", 0, 1, NULL },
		{ "CUDART_VERSION", 1000, 10, "/cuda_runtime_api.h" }, { "CUDA_VERSION", 1000, 10, "/cuda.h" },
		{ "TORCH_VERSION_MAJOR", 1, 0, "/torch/version.h" }, { "TORCH_VERSION_MINOR", 0, 1, "/torch/version.h" },
	};
	const struct machine *machine = walk->plan->machine;
	const struct toolkit *toolkit = machine ? machine->toolkit : NULL;
	struct version torch = { 0 };
	bool cuda = walk->unit->flags->cuda;

	*value = unknown;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (strcmp(name, never[i]) == 0)
			return NO;
	if (strcmp(name, "__CUDACC__") == 0 || strcmp(name, "__NVCC__") == 0)
		return *value = one(1), cuda ? YES : NO;
	if (strcmp(name, "__GNUC__") == 0 || strcmp(name, "__has_include") == 0)
		return YES;
	for (size_t i = 0; strcmp(name, "__cplusplus") == 0 && i < 4; i++)
		if (standards[i].std == walk->unit->flags->std)
			return *value = one(standards[i].number), YES;
	if (machine && machine->torch && machine->torch->version)
		version_parse(machine->torch->version, &torch, NULL);
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		const char *by = versions[i].by;
		const struct version *v = by && str_starts(by, "/torch") ? &torch : toolkit ? &toolkit->version : NULL;

		if (strcmp(name, versions[i].name) != 0)
			continue;
		if (!by && !cuda)
			return NO;
		if (v && v->n > 1)
			*value = one(version_number(v, versions[i].major, versions[i].minor));
		return !by || (cuda && strcmp(name, "CUDART_VERSION") == 0) || text_has_reached(walk, by) ? YES : MAYBE;
	}
	return strcmp(name, "__cplusplus") == 0 ? YES : MAYBE;
}

enum tri
text_defined(struct text_walk *walk, struct text_name *name)
{
	const struct text_macro *macro = text_macro(walk, name);
	struct value value;

	return macro ? macro->defined : builtin(walk, name->text, &value);
}

static struct value ternary(struct eval *e);

static struct value
evaluate(struct eval *outer, const char *text)
{
	struct eval e = *outer;
	struct value value;

	e.at = text;
	if (++e.depth > DEPTH_MAX || --*e.left < 0)
		return unknown;
	value = ternary(&e);
	e.at += strspn(e.at, " \t");
	return *e.at ? unknown : value;
}

static void
blanks(struct eval *e)
{
	e->at += strspn(e->at, " \t");
}

static bool
take(struct eval *e, const char *sign)
{
	blanks(e);
	if (!str_starts(e->at, sign))
		return false;
	e->at += strlen(sign);
	return true;
}

static const char *
take_word(struct eval *e)
{
	const char *from;

	blanks(e);
	for (from = e->at; isalnum((unsigned char)*e->at) || *e->at == '_'; e->at++)
		;
	return str_copy(&e->walk->run->arena, from, (size_t)(e->at - from));
}

/* Behind the ) of the ( that stands here. */
static void
skip_arguments(struct eval *e)
{
	int depth = 0;

	do {
		depth += *e->at == '(' ? 1 : *e->at == ')' ? -1 : 0;
		e->at += *e->at != '\0';
	} while (depth && *e->at);
}

static struct value
from_tri(enum tri tri)
{
	return tri == MAYBE ? (struct value){ 2, { 0, 1 } } : one(tri == YES);
}

static struct value
has_include(struct eval *e)
{
	size_t length;
	char close;
	const char *name, *path;

	blanks(e);
	if (*e->at != '(')
		return unknown;
	e->at++;
	blanks(e);
	close = *e->at == '<' ? '>' : '"';
	length = *e->at ? strcspn(e->at + 1, close == '>' ? ">" : "\"") : 0;
	if ((*e->at != '<' && *e->at != '"') || !length || e->at[1 + length] != close)
		return unknown;
	name = str_copy(&e->walk->run->arena, e->at + 1, length);
	e->at += length + 2;
	if (!take(e, ")"))
		return unknown;
	path = text_lookup(e->walk, e->in->path, name, close == '>');
	return path ? one(1) : e->walk->plan->machine && text_knows_system(e->walk) ? one(0) : unknown;
}

static struct value
word(struct eval *e)
{
	const char *text = take_word(e);
	struct text_macro *macro;
	struct value value, none = one(0);
	enum tri defined;

	if (strcmp(text, "defined") == 0) {
		bool open = take(e, "(");

		text = take_word(e);
		if (!*text || (open && !take(e, ")")))
			return unknown;
		return from_tri(text_defined(e->walk, text_name(e->walk->run, e->walk->texts, text)));
	}
	if (strcmp(text, "__has_include") == 0)
		return has_include(e);
	if (strcmp(text, "true") == 0)
		return one(1);
	macro = text_macro(e->walk, text_name(e->walk->run, e->walk->texts, text));
	blanks(e);
	if (*e->at == '(') {
		skip_arguments(e);
		return unknown;
	}
	if (macro) {
		defined = macro->defined;
		value = macro->body ? evaluate(e, macro->body) : unknown;
	} else {
		defined = builtin(e->walk, text, &value);
	}
	return defined == NO ? none : defined == YES ? value : either(&value, &none);
}

static struct value
number(struct eval *e)
{
	char digits[64];
	size_t n = 0;
	char *end;
	long long value;

	for (; isalnum((unsigned char)*e->at) || *e->at == '\''; e->at++)
		if (*e->at != '\'' && n + 1 < sizeof(digits))
			digits[n++] = *e->at;
	digits[n] = '\0';
	if (digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B'))
		value = strtoll(digits + 2, &end, 2);
	else
		value = strtoll(digits, &end, 0);
	return end[strspn(end, "uUlLzZ")] ? unknown : one(value);
}

static struct value
unary(struct eval *e)
{
	struct value value;

	blanks(e);
	if (++e->depth > 4 * DEPTH_MAX)
		return unknown;
	if (*e->at == '!' || *e->at == '-' || *e->at == '~' || *e->at == '+') {
		char sign = *e->at++;

		value = unary(e);
		for (int i = 0; i < value.n; i++)
			value.v[i] = sign == '!' ? !value.v[i] : sign == '~' ? ~value.v[i] :
				     sign == '-' ? (long long)(0 - (unsigned long long)value.v[i]) : value.v[i];
		if (value.n == 2 && value.v[0] == value.v[1])
			value.n = 1;
	} else if (take(e, "(")) {
		value = ternary(e);
		if (!take(e, ")"))
			value = unknown;
	} else if (isdigit((unsigned char)*e->at)) {
		value = number(e);
	} else if (isalpha((unsigned char)*e->at) || *e->at == '_') {
		value = word(e);
	} else {
		e->at += strlen(e->at);
		value = unknown;
	}
	e->depth--;
	return value;
}

/* Longer ones first; level: how tightly it binds. */
static const struct { const char *sign; int level; } operators[] = {
	{ "||", 1 }, { "&&", 2 }, { "==", 6 }, { "!=", 6 }, { "<<", 8 }, { ">>", 8 }, { "<=", 7 }, { ">=", 7 }, { "<", 7 },
	{ ">", 7 }, { "|", 3 }, { "^", 4 }, { "&", 5 }, { "+", 9 }, { "-", 9 }, { "*", 10 }, { "/", 10 }, { "%", 10 },
};

static bool
apply(const char *sign, long long a, long long b, long long *out)
{
	unsigned long long x = (unsigned long long)a, y = (unsigned long long)b;

	switch (sign[0]) {
	case '=': *out = a == b; return true;
	case '!': *out = a != b; return true;
	case '<': *out = sign[1] == '<' ? (long long)(x << (y & 63)) : sign[1] ? a <= b : a < b; return true;
	case '>': *out = sign[1] == '>' ? a >> (y & 63) : sign[1] ? a >= b : a > b; return true;
	case '|': *out = sign[1] ? a || b : a | b; return true;
	case '&': *out = sign[1] ? a && b : a & b; return true;
	case '^': *out = a ^ b; return true;
	case '+': *out = (long long)(x + y); return true;
	case '-': *out = (long long)(x - y); return true;
	case '*': *out = (long long)(x * y); return true;
	}
	if (b == 0 || b == -1)
		return false;
	*out = sign[0] == '/' ? a / b : a % b;
	return true;
}

static struct value
combine(const char *sign, const struct value *a, const struct value *b)
{
	struct value out = unknown, next;
	bool all = strcmp(sign, "||") == 0, none = strcmp(sign, "&&") == 0;

	if ((all || none) && (!a->n || !b->n)) {
		const struct value *known = a->n ? a : b;

		return known->n == 1 && !known->v[0] == none ? one(all) : unknown;
	}
	for (int i = 0; i < a->n; i++)
		for (int k = 0; k < b->n; k++) {
			long long result;

			if (!apply(sign, a->v[i], b->v[k], &result))
				return unknown;
			next = one(result);
			out = i || k ? either(&out, &next) : next;
			if (!out.n)
				return unknown;
		}
	return out;
}

static struct value
binary(struct eval *e, int least)
{
	struct value left = unary(e), right;

	for (;;) {
		size_t i = 0, n = sizeof(operators) / sizeof(operators[0]);

		blanks(e);
		while (i < n && !str_starts(e->at, operators[i].sign))
			i++;
		if (i == n || operators[i].level < least)
			return left;
		e->at += strlen(operators[i].sign);
		right = binary(e, operators[i].level + 1);
		left = combine(operators[i].sign, &left, &right);
	}
}

static struct value
ternary(struct eval *e)
{
	struct value condition = binary(e, 1), yes, no;

	if (!take(e, "?"))
		return condition;
	if (++e->depth > DEPTH_MAX)
		return unknown;
	yes = ternary(e);
	if (!take(e, ":"))
		return unknown;
	no = ternary(e);
	e->depth--;
	return condition.n == 1 ? condition.v[0] ? yes : no : either(&yes, &no);
}

enum tri
text_condition(struct text_walk *walk, const struct text_file *in, const char *expression)
{
	int left = BODIES_MAX;
	struct eval e = { .walk = walk, .in = in, .left = &left };
	struct value value = evaluate(&e, expression);

	if (!value.n || (value.n == 2 && !value.v[0] != !value.v[1]))
		return MAYBE;
	return value.v[0] ? YES : NO;
}
