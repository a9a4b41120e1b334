#include "base/run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

const char *
run_env(const struct run *run, const char *name)
{
	size_t length = strlen(name);

	for (char *const *at = run->environ; at && *at; at++)
		if (strncmp(*at, name, length) == 0 && (*at)[length] == '=')
			return (*at)[length + 1] ? *at + length + 1 : NULL;
	return NULL;
}

bool
run_fail(struct run *run, const char *format, ...)
{
	char text[2048];
	va_list args;

	if (run->error)
		return false;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	run->error = str_copy(&run->arena, text, strlen(text));
	return false;
}

void
run_trace(struct run *run, const char *who, const char *path, const char *why)
{
	struct trace *trace;

	if (!run->tracing)
		return;
	trace = list_add(&run->arena, &run->traces);
	*trace = (struct trace){ who, path, why };
}

void
run_left_out(struct run *run, const char *what, const char *limit)
{
	const char *text = str_format(&run->arena, "too large, left out: %s (%s)", what, limit);

	if (strings_has(&run->left_out, text))
		return;
	if (run->left_out.n < LEFT_OUT_SHOWN)
		strings_add(&run->arena, &run->left_out, text);
	else
		run->left_out_more++;
}
