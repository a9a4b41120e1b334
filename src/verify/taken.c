/*
 * Whose headers and libraries were really taken. gcc searches CPATH, and /usr/local/include before /usr/include; ld
 * searches LIBRARY_PATH and /usr/local/lib. Where those hold links into another toolkit, a broken one seems to work and
 * a mixed build links. The dependency files (-MD) and the linker's trace (-t) name every file that was opened.
 */
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/world.h"
#include "verify/plan.h"

/* Whether a real path is one of the toolkit's own, wherever its folders lie. */
static bool
is_own(struct run *run, const struct toolkit *toolkit, const struct strings *directories, const char *real)
{
	if (strcmp(toolkit->root, "/usr") != 0 && path_below(real, toolkit->root))
		return true;
	for (size_t i = 0; i < directories->n; i++) {
		const char *directory = world_real(run, directories->item[i]);

		if (directory && path_below(real, directory) && !path_below(real, "/usr/local/include"))
			return true;
	}
	return false;
}

/* The names in a dependency file, without the target and the backslashes; "\ " is a blank in a name. */
static void
read_depfile(struct run *run, const char *file, struct strings *out)
{
	struct blob text;
	char *at, *name;

	if (!world_read(run, file, 4 << 20, &text) || !(at = strstr(text.data, ": ")))
		return;
	for (at++; *at;) {
		size_t n = 0;

		at += strspn(at, " \n\r\t\\");
		for (name = at; *at && !strchr(" \n\r\t", *at); at++) {
			if (*at == '\\' && at[1] == ' ')
				at++;
			name[n++] = *at;
		}
		if (n)
			strings_add(&run->arena, out, str_copy(&run->arena, name, n));
	}
}

/* CUDART_VERSION of the cuda_runtime_api.h beside a header, as 12.4. */
static struct version
version_beside(struct run *run, const char *header)
{
	static const char mark[] = "#define CUDART_VERSION";
	const char *file = path_join(&run->arena, path_parent(&run->arena, header), "cuda_runtime_api.h"), *at;
	struct blob text;

	if (!world_read(run, file, 1 << 20, &text) || !(at = blob_find(&text, mark)))
		return (struct version){ 0 };
	return version_from_macro(strtol(at + sizeof(mark) - 1, NULL, 10));
}

const char *
taken_blame(struct run *run, const char *const *names, size_t n, struct strings *evidence)
{
	struct strings set = { 0 };

	for (size_t i = 0; i < n; i++)
		if (run_env(run, names[i])) {
			strings_add(&run->arena, &set, names[i]);
			strings_add(&run->arena, evidence, str_format(&run->arena, "%s=%s", names[i], run_env(run, names[i])));
		}
	return set.n ? str_format(&run->arena, "unset %s", strings_join(&run->arena, &set, " ")) : NULL;
}

static void
foreign_header(struct run *run, const struct plan *plan, const char *path, const char *real, struct findings *findings)
{
	static const char *const names[] = { "CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH", "CUDA_INC_PATH" };
	struct version theirs = version_beside(run, real);
	bool same = version_same_minor(&theirs, &plan->toolkit->version);
	struct finding *finding = finding_add(
		run, findings, "CE105", same ? SEVERITY_WARN : SEVERITY_FAIL,
		str_format(&run->arena, "the build took %s of CUDA %s, not the toolkit's own", path_name(path),
			   version_text(&run->arena, &theirs, 2)), NULL);

	strings_add(&run->arena, &finding->evidence,
		    strcmp(path, real) == 0 ? path : str_format(&run->arena, "%s is %s", path, real));
	finding->remedy = taken_blame(run, names, 4, &finding->evidence);
	if (!finding->remedy && path_below(path, "/usr/local/include"))
		finding->remedy = str_format(&run->arena, "sudo rm %s", path);
}

static bool
is_telling(const char *path)
{
	return str_ends(path, "/cuda_runtime.h") || str_ends(path, "/crt/host_config.h") ||
	       str_ends(path, "/cuda_runtime_api.h") || str_ends(path, "/cusparse.h") || str_ends(path, "/cublas_v2.h");
}

void
taken_headers(struct run *run, struct plan *plan, struct facts *facts, struct findings *findings)
{
	static const char *const files[] = { "scale.d", "module.d" };
	struct strings seen = { 0 }, names = { 0 };
	const char *own = NULL;
	bool foreign = false;

	for (int i = 0; i < 2; i++)
		read_depfile(run, path_join(&run->arena, plan->dir, files[i]), &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = path_clean(&run->arena, plan->dir, names.item[i]), *real;

		if (!path_below(path, plan->dir))
			strings_add(&run->arena, &plan->rests_on, path);
		if (!is_telling(path) || strings_has(&seen, path) || !(real = world_real(run, path)))
			continue;
		strings_add(&run->arena, &seen, path);
		if (is_own(run, plan->toolkit, &plan->toolkit->include_dirs, real)) {
			own = str_ends(path, "/cuda_runtime.h") ? path : own;
		} else if (!foreign) {
			foreign_header(run, plan, path, real, findings);
			foreign = true;
		}
	}
	if (own && !foreign)
		fact_add(run, facts, "headers", str_format(&run->arena, "%s was taken: the toolkit's own", own));
}

/* ld -t prints a file in each line; gold and lld do the same. */
static void
read_trace(struct run *run, struct plan *plan, const struct outcome *link, const char **cudart)
{
	const char *line;
	size_t at = 0, length;

	while (blob_line(&link->out, &at, &line, &length)) {
		const char *path = str_trim(&run->arena, line, length);

		if (path[0] != '/' || path_below(path, plan->dir))
			continue;
		strings_add(&run->arena, &plan->rests_on, path);
		if (str_starts(path_name(path), "libcudart."))
			*cudart = path;
	}
}

/* 12 of libcudart.so.12.4.127; 0 when the name tells none. */
static int
soname_major(const char *path)
{
	const char *so = strstr(path_name(path), ".so.");

	return so ? atoi(so + 4) : 0;
}

void
taken_libraries(struct run *run, struct plan *plan, const struct outcome *link, struct facts *facts,
		struct findings *findings)
{
	const char *cudart = NULL, *real;
	struct finding *finding;

	read_trace(run, plan, link, &cudart);
	real = cudart ? world_real(run, cudart) : NULL;
	if (!real)
		return;
	if (is_own(run, plan->toolkit, &plan->toolkit->lib_dirs, real)) {
		fact_add(run, facts, "linked", str_format(&run->arena, "%s: the toolkit's own", cudart));
		return;
	}
	finding = finding_add(run, findings, "CE106",
			      soname_major(real) == plan->toolkit->version.part[0] ? SEVERITY_WARN : SEVERITY_FAIL,
			      str_format(&run->arena, "the linker took %s, not the toolkit's own libcudart.so", cudart),
			      NULL);
	strings_add(&run->arena, &finding->evidence, str_format(&run->arena, "%s is %s", cudart, real));
	finding->remedy = taken_blame(run, (const char *const[]){ "LIBRARY_PATH" }, 1, &finding->evidence);
	if (!finding->remedy)
		finding->remedy = plan->toolkit->remedy;
}
