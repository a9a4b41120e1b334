/* A CMake toolchain file. */
#include "base/str.h"
#include "emit/generator.h"

extern const struct generator generator_toolchain;

static bool
generate(struct run *run, const struct blueprint *from, struct sheets *out)
{
	const char *text = str_format(&run->arena, "# %s\n", generator_note(run, &generator_toolchain, from->toolkit));

	*list_add(&run->arena, out) = (struct sheet){ str_format(&run->arena, "cuda-%s-toolchain.cmake",
		version_text(&run->arena, &from->toolkit->version, 2)), text };
	return true;
}

const struct generator generator_toolchain = {
	.name = "toolchain",
	.what = "a CMake toolchain file",
	.use = "cmake -S . -B build -DCMAKE_TOOLCHAIN_FILE=@D/cuda-@V-toolchain.cmake",
	.single = true,
	.generate = generate,
};
