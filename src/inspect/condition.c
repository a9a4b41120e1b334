/*
 * Conditions of the C preprocessor (C11, 6.10.1): integers, macros defined as integers, defined(X), and C's operators up to
 * ||. Enough for host_config.h of CUDA 4.0 to 13.5; what it cannot read (__has_include, function-like macros) is false.
 */
#include "inspect/condition.h"

#include <string.h>

#define DEPTH_MAX 64

struct reading {
	const char *at;
	const struct macros *macros;
	int depth;
	bool bad, varies;
};

void
macros_define(struct macros *macros, const char *name, size_t length, long value)
{
	if (macros->n < MACROS_MAX)
		macros->item[macros->n++] = (struct macro){ name, length, value, false };
}

void
macros_undefine(struct macros *macros, const char *name, size_t length)
{
	if (macros->n < MACROS_MAX)
		macros->item[macros->n++] = (struct macro){ name, length, 0, true };
}

static const struct macro *
find(struct reading *in, const char *name, size_t length)
{
	for (size_t i = in->macros->n; i-- > 0;) {
		const struct macro *macro = &in->macros->item[i];

		if (macro->length == length && memcmp(macro->name, name, length) == 0)
			return macro->undefined ? NULL : macro;
	}
	return NULL;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static int
digit(char c, int base)
{
	int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;

	return value < base ? value : -1;
}

bool
condition_number(const char *text, long *out, const char **end)
{
	unsigned long value = 0;
	int base = text[0] != '0' ? 10 : text[1] == 'x' || text[1] == 'X' ? 16 : 8;
	const char *start = text += base == 16 ? 2 : 0;

	while (digit(*text, base) >= 0)
		value = value * (unsigned long)base + (unsigned long)digit(*text++, base);
	if (text == start)
		return false;
	text += strspn(text, "uUlL");
	if (is_word(*text))
		return false;
	*out = (long)value;
	*end = text;
	return true;
}

static void
skip_blanks(struct reading *in)
{
	while (*in->at == ' ' || (*in->at >= '\t' && *in->at <= '\r'))
		in->at++;
}

/* Whether the next sign is this one, of one or two characters; steps behind it. */
static bool
take(struct reading *in, const char *sign)
{
	skip_blanks(in);
	if (in->at[0] != sign[0] || (sign[1] && in->at[1] != sign[1]))
		return false;
	in->at += sign[1] ? 2 : 1;
	return true;
}

static const char *
take_name(struct reading *in, size_t *length)
{
	const char *name;

	skip_blanks(in);
	name = in->at;
	while (is_word(*in->at))
		in->at++;
	*length = (size_t)(in->at - name);
	in->bad = in->bad || !*length || digit(*name, 10) >= 0;
	return name;
}

static long
read_defined(struct reading *in)
{
	bool parenthesis = take(in, "(");
	size_t length;
	const char *name = take_name(in, &length);

	if (parenthesis && !take(in, ")"))
		in->bad = true;
	return find(in, name, length) != NULL;
}

static long
read_name(struct reading *in)
{
	size_t length;
	const char *name = take_name(in, &length);
	const struct macro *macro;

	if (in->bad)
		return 0;
	if (length == 7 && memcmp(name, "defined", 7) == 0)
		return read_defined(in);
	if (take(in, "("))	/* a call of a macro that this does not know */
		in->bad = true;
	macro = find(in, name, length);
	in->varies = in->varies || (macro && macro == in->macros->varying);
	return macro ? macro->value : 0;
}

static long read_binary(struct reading *in, int level);

static long
read_unary(struct reading *in)
{
	long value = 0;

	if (in->bad || ++in->depth > DEPTH_MAX) {
		in->bad = true;
		return 0;
	}
	if (take(in, "!"))
		value = !read_unary(in);
	else if (take(in, "-"))
		value = (long)-(unsigned long)read_unary(in);
	else if (take(in, "~"))
		value = ~read_unary(in);
	else if (take(in, "+"))
		value = read_unary(in);
	else if (take(in, "(")) {
		value = read_binary(in, 1);
		in->bad = in->bad || !take(in, ")");
	} else if (digit(*in->at, 10) >= 0)
		in->bad = in->bad || !condition_number(in->at, &value, &in->at);
	else
		value = read_name(in);
	in->depth--;
	return value;
}

enum op { OR = 1, AND, EQ, NE, LE, GE, LT, GT, ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER };

/* Longer signs first; a higher level binds closer. */
static const struct { const char *sign; enum op op; int level; } ops[] = {
	{ "||", OR, 1 }, { "&&", AND, 2 }, { "==", EQ, 3 }, { "!=", NE, 3 }, { "<=", LE, 4 }, { ">=", GE, 4 },
	{ "<", LT, 4 }, { ">", GT, 4 }, { "+", ADD, 5 }, { "-", SUBTRACT, 5 }, { "*", MULTIPLY, 6 },
	{ "/", DIVIDE, 6 }, { "%", REMAINDER, 6 },
};

static long
compute(struct reading *in, enum op op, long a, long b)
{
	unsigned long x = (unsigned long)a, y = (unsigned long)b;

	switch (op) {
	case OR: return a || b;
	case AND: return a && b;
	case EQ: return a == b;
	case NE: return a != b;
	case LE: return a <= b;
	case GE: return a >= b;
	case LT: return a < b;
	case GT: return a > b;
	case ADD: return (long)(x + y);
	case SUBTRACT: return (long)(x - y);
	case MULTIPLY: return (long)(x * y);
	default: break;
	}
	if (b == 0 || b == -1) {
		in->bad = true;
		return 0;
	}
	return op == DIVIDE ? a / b : a % b;
}

static bool
take_op(struct reading *in, int level, size_t *out)
{
	skip_blanks(in);
	for (size_t i = 0; *in->at && *in->at != ')' && i < sizeof(ops) / sizeof(ops[0]); i++) {
		const char *before = in->at;

		if (*before != ops[i].sign[0] || !take(in, ops[i].sign))
			continue;
		*out = i;
		if (ops[i].level >= level)
			return true;
		in->at = before;
		return false;
	}
	return false;
}

static long
read_binary(struct reading *in, int level)
{
	long value = read_unary(in);
	size_t i;

	while (!in->bad && take_op(in, level, &i))
		value = compute(in, ops[i].op, value, read_binary(in, ops[i].level + 1));
	return value;
}

bool
condition_holds(const char *text, const struct macros *macros, bool *varies)
{
	struct reading in = { .at = text, .macros = macros };
	long value = read_binary(&in, 1);

	*varies = in.varies;
	skip_blanks(&in);
	return !in.bad && !*in.at && value;
}
