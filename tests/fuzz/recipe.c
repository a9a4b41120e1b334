/* Any bytes as torch's cpp_extension.py: what is read of it, TORCH_CUDA_ARCH_LIST against it, its compiler table. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/str.h"
#include "check/torch_compilers.h"
#include "check/recipe.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *nothing[] = { NULL };
	struct run run = { .root = "", .cwd = "/", .environ = nothing };
	struct toolkit toolkit = { .version = { 2, { 12, 4, 0, 0 } } };
	struct version version = { 2, { 13, 2, 0, 0 } };
	struct findings findings = { 0 };
	struct torch torch = { .dir = fuzz_folder("bin/x", data, size), .lib_dir = "/nonexistent" };
	struct recipe recipe;
	const char *file;

	mkdir(str_format(&run.arena, "%s/utils", torch.dir), 0700);
	fuzz_folder("utils/cpp_extension.py", data, size);
	file = str_format(&run.arena, "%s/utils/cpp_extension.py", torch.dir);
	recipe_read(&run, &torch, &recipe);
	recipe_named_arch(&run, &recipe, "Ampere");
	recipe_refuses(&run, &recipe, "8.6 9.0+PTX;;Ampere,sm_86;", &findings);
	torch_compilers_judge(&run, file, &toolkit, "/usr/bin/g++", false, &version, &findings);
	torch_compilers_judge(&run, file, &toolkit, "/usr/bin/clang++", true, &version, &findings);
	for (size_t i = 0; i < findings.n; i++)
		if (!findings.item[i].evidence.n || !findings.item[i].remedy)
			abort();
	if (run.error)
		abort();
	fuzz_end();
	return 0;
}
