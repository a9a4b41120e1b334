/* recipe.h: what torch's own build says, read from its utils/cpp_extension.py. */
#ifndef CHECK_RECIPE_H
#define CHECK_RECIPE_H

#include "check/check.h"

struct recipe {
	const char *file;		/* NULL: it cannot be read */
	int cxx_std;			/* -std=c++NN that it passes */
	bool says_abi;			/* whether it passes -D_GLIBCXX_USE_CXX11_ABI */
	bool nvcc_variable;		/* whether PYTORCH_NVCC, where it is set, is called instead of the toolkit's nvcc */
	bool quotes_nvcc;		/* whether a blank in nvcc's path survives (2.15 and later) */
	bool quotes_cxx;		/* whether CXX is one word, so that "ccache g++" is no program (2.15 and later) */
	bool passes_pybind;		/* whether it passes -DPYBIND11_… (up to 2.8) */
	struct strings nvcc_flags;	/* COMMON_NVCC_FLAGS */
	struct strings archs;		/* supported_arches: "8.6", "9.0a" */
	bool native;			/* whether "native" in TORCH_CUDA_ARCH_LIST means none named */
};

void recipe_read(struct run *run, const struct torch *torch, struct recipe *out);

/* "Ampere" → "8.0;8.6+PTX"; NULL: no name that this torch knows. */
const char *recipe_named_arch(struct run *run, const struct recipe *recipe, const char *name);

/* -DPYBIND11_…: the words of pybind11's ABI that its own Python side was built with; searches libtorch_python.so. */
void recipe_pybind(struct run *run, const struct torch *torch, struct strings *out);

/* The flags of torch.utils.cpp_extension for both compilers, and those for nvcc alone. */
void recipe_flags(struct run *run, const struct torch *torch, struct strings *cxx, struct strings *nvcc);

/* Whether torch would stop at this TORCH_CUDA_ARCH_LIST; then a finding says so. */
bool recipe_refuses(struct run *run, const struct recipe *recipe, const char *list, struct findings *out);

#endif
