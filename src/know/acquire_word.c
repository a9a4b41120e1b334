/* The words {acquire:…} of explain/causes.def. */
#include <string.h>

#include "base/str.h"
#include "know/acquire.h"

/* "/v/bin/python -m pip install", with what comes before it. */
static const char *
pip(struct run *run, const struct machine *machine)
{
	struct installer by;

	if (!machine->python)
		return NULL;
	by = acquire_installer(run, machine->python, machine->torch);
	return by.install ? str_format(&run->arena, "%s%s", by.first, by.install) : NULL;
}

static const char *
rebuild(struct run *run, const struct machine *machine)
{
	return machine->python ? acquire_rebuild(run, machine->python, machine->torch, NULL) : NULL;
}

static const char *
torch(struct run *run, const struct machine *machine)
{
	if (!machine->python)
		return NULL;
	return machine->torch && machine->torch->cuda.n
		   ? acquired_text(acquire_torch_again(run, machine->python, machine->torch))
		   : acquired_text(acquire_torch(run, machine));
}

static const char *
torch_for_gpu(struct run *run, const struct machine *machine)
{
	return machine->python && machine->gpus.n ? acquired_text(acquire_torch(run, machine)) : NULL;
}

static const char *
compiler(struct run *run, const struct machine *machine)
{
	return acquired_text(acquire_compiler(run, machine, 0));
}

static const char *
compiler_with_libc(struct run *run, const struct machine *machine)
{
	return acquired_text(acquire_compiler_with_libc(run, machine, 0));
}

static const char *
toolkit_of_glibc(struct run *run, const struct machine *machine)
{
	static const struct version mended = { 2, { 13, 2, 0, 0 } };

	return acquired_text(acquire_toolkit(run, machine, &mended));
}

static const char *
headers(struct run *run, const struct machine *machine)
{
	return machine->python ? acquired_text(acquire_headers(run, machine->python)) : NULL;
}

static const char *
driver(struct run *run, const struct machine *machine)
{
	(void)machine;
	return acquired_text(acquire_driver(run, NULL));
}

static const char *
gxx_of_conda(struct run *run, const struct machine *machine)
{
	return acquired_text(acquire_conda(run, machine->python, "gxx"));
}

static const char *
cudnn(struct run *run, const struct machine *machine)
{
	int cuda = machine->torch && machine->torch->cuda.n ? machine->torch->cuda.part[0] : 12;

	return machine->python
		   ? acquired_text(acquire_packages(run, machine->python, machine->torch,
						    str_format(&run->arena, "nvidia-cudnn-cu%d", cuda)))
		   : NULL;
}

const char *
acquire_word(struct run *run, const struct machine *machine, const char *word, size_t length)
{
	static const struct {
		const char *word;
		const char *(*get)(struct run *run, const struct machine *machine);
	} words[] = {
		{ "acquire:pip", pip },
		{ "acquire:rebuild", rebuild },
		{ "acquire:torch", torch },
		{ "acquire:torch-for-gpu", torch_for_gpu },
		{ "acquire:compiler", compiler },
		{ "acquire:compiler-with-libc", compiler_with_libc },
		{ "acquire:toolkit-for-glibc", toolkit_of_glibc },
		{ "acquire:headers", headers },
		{ "acquire:driver", driver },
		{ "acquire:conda-gxx", gxx_of_conda },
		{ "acquire:cudnn", cudnn },
	};

	for (size_t i = 0; machine && i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == length && strncmp(words[i].word, word, length) == 0)
			return words[i].get(run, machine);
	return NULL;
}
