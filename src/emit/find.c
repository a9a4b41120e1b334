/*
 * CMake 3.18 reads no JSON, so the answer is CMake's own language, every value a bracket argument: nothing in it is special
 * but the bracket that ends it, so the bracket is made one that the value does not have. CMake's lists are texts with ';'
 * between, which no path may hold, and a '[' keeps a ';' from parting them.
 */
#include "emit/find.h"

#include <string.h>

#include "base/arch.h"
#include "base/str.h"

#define FOREIGN ";[]\\"	/* splits, counts or escapes in CMake's lists (tried with 3.18 to 4.4) */

static const char *
bracket(struct run *run, const char *value)
{
	const char *level = "=";

	while (strstr(str_format(&run->arena, "%s]", value), str_format(&run->arena, "]%s]", level)))
		level = str_format(&run->arena, "%s=", level);
	return str_format(&run->arena, "[%s[%s]%s]", level, value, level);
}

static void
put(struct run *run, struct strings *lines, const char *name, const char *value)
{
	if (value)
		strings_add(&run->arena, lines, str_format(&run->arena, "set(CudaEnv_%s %s)\n", name, bracket(run, value)));
}

static void
put_list(struct run *run, struct strings *lines, const char *name, const struct strings *values)
{
	put(run, lines, name, strings_join(&run->arena, values, ";"));
}

const char *
find_architectures(struct run *run, const char *archs)
{
	struct strings words = str_split(&run->arena, archs, ';'), out = { 0 };

	for (size_t i = 0; i < words.n; i++) {
		size_t n = strcspn(words.item[i], "+");
		const char *number = arch_number(&run->arena, words.item[i], n);

		if (number)
			strings_add(&run->arena, &out, str_format(&run->arena, "%s%s", number, words.item[i][n] ? "" : "-real"));
	}
	return strings_join(&run->arena, &out, ";");
}

static void
put_torch(struct run *run, struct strings *lines, const struct python *python, const struct torch *torch,
	  const struct find *find)
{
	if (python) {
		put(run, lines, "PYTHON", python->executable);
		put(run, lines, "PYTHON_INCLUDE_DIR", python->include_dir);
	}
	if (!torch || !torch->version)
		return;
	put(run, lines, "TORCH_DIR", torch->dir);
	put(run, lines, "TORCH_CMAKE_DIR", str_format(&run->arena, "%s/share/cmake/Torch", torch->dir));
	put(run, lines, "TORCH_VERSION", torch->version);
	put(run, lines, "TORCH_LIBRARY_DIR", torch->lib_dir);
	put_list(run, lines, "TORCH_INCLUDE_DIRS", &torch->include_dirs);
	if (torch->cuda.n)
		put(run, lines, "TORCH_CUDA_VERSION", version_text(&run->arena, &torch->cuda, 0));
	if (torch->cxx11_abi >= 0)
		put(run, lines, "TORCH_CXX11_ABI", torch->cxx11_abi ? "1" : "0");
	if (torch->cxx_std)
		put(run, lines, "TORCH_CXX_STANDARD", str_format(&run->arena, "%d", torch->cxx_std));
	put_list(run, lines, "TORCH_CXX_FLAGS", &find->cxx_flags);
	put_list(run, lines, "TORCH_NVCC_FLAGS", &find->nvcc_flags);
}

static void
put_components(struct run *run, struct strings *lines, const struct find *find)
{
	for (size_t i = 0; i < find->components.n; i++) {
		const char *name = find->components.item[i];
		struct component component = { .fault = find->torch_fault };

		if (strcmp(name, "torch") != 0)
			component_look(run, find->machine, find->toolkit, name, &component);
		if (component.library && component.library[strcspn(component.library, FOREIGN)])
			component = (struct component){ .fault = "CMake cannot hold the path of its library, for a ';', '[', ']' or "
								 "'\\' in it; rename that folder" };
		put(run, lines, str_format(&run->arena, "%s_FOUND", name), component.fault ? "FALSE" : "TRUE");
		put(run, lines, str_format(&run->arena, "%s_REASON", name), component.fault);
		put(run, lines, str_format(&run->arena, "%s_LIBRARY", name), component.library);
		put(run, lines, str_format(&run->arena, "%s_INCLUDE_DIR", name), component.include_dir);
	}
}

/* A name of a variable is made of it. */
static bool
components_are_words(struct run *run, const struct strings *components)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	for (size_t i = 0; i < components->n; i++)
		if (!*components->item[i] || components->item[i][strspn(components->item[i], letters)])
			return run_fail(run, "'%s' is no component", components->item[i]);
	return true;
}

/*
 * nvcc 12.4 hands its own path to sh between double quotes, which runs what stands in $(…) or ``.
 */
static bool
holds(struct run *run, const char *what, const char *path)
{
	size_t at;

	for (const char *byte = path; byte && *byte; byte++)
		if ((unsigned char)*byte < ' ')
			return run_fail(run, "the path of %s has control characters; rename that folder", what);
	if (!path)
		return true;
	at = strcspn(path, "$`");
	if (path[at])
		return run_fail(run, "%s: nvcc hands its own path to a shell, which would read the '%c' (%s); rename that folder",
				path, path[at], what);
	at = strcspn(path, FOREIGN);
	return !path[at] || run_fail(run, "%s: CMake cannot hold a path with '%c' (%s); rename that folder", path, path[at], what);
}

bool
find_text(struct run *run, const struct find *find, const char **out)
{
	const struct toolkit *toolkit = find->toolkit;
	const struct torch *torch = strings_has(&find->components, "torch") ? find->machine->torch : NULL;
	struct strings lines = { 0 };

	if (!components_are_words(run, &find->components) || !holds(run, "the toolkit", toolkit->root) ||
	    !holds(run, "nvcc", toolkit->nvcc) || !holds(run, "torch", torch ? torch->dir : NULL))
		return false;
	put(run, &lines, "CUENV_VERSION", CUENV_VERSION);
	put(run, &lines, "ROOT_DIR", toolkit->root);
	put(run, &lines, "VERSION", version_text(&run->arena, &toolkit->version, 0));
	put(run, &lines, "NVCC", toolkit->nvcc);
	put_list(run, &lines, "INCLUDE_DIRS", &toolkit->include_dirs);
	put_list(run, &lines, "LIBRARY_DIRS", &toolkit->lib_dirs);
	put(run, &lines, "HOST_COMPILER", find->plan.compiler.host);
	if (find->plan.compiler.host)
		put(run, &lines, "HOST_COMPILER_REASON", find->plan.said.item[0]);
	if (find->plan.archs) {
		put(run, &lines, "ARCHITECTURES", find_architectures(run, find->plan.archs));
		put(run, &lines, "TORCH_ARCH_LIST", find->plan.archs);
		put(run, &lines, "ARCHITECTURES_REASON", find->plan.said.item[find->plan.said.n - 1]);
	}
	if (find->choice) {
		put(run, &lines, "CHOICE_ROOT", find->choice->root);
		put(run, &lines, "CHOICE_VERSION", version_text(&run->arena, &find->choice->version, 0));
		put(run, &lines, "CHOICE_BY", find->by);
	}
	put(run, &lines, "CHOICE_FAULT", find->choice_fault);
	put_torch(run, &lines, find->machine->python, torch, find);
	put_components(run, &lines, find);
	*out = str_format(&run->arena, "%s\n%s", FIND_FIRST_LINE, strings_join(&run->arena, &lines, ""));
	return true;
}
