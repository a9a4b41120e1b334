/*
 * What a compiler must be told to fit torch: the std::string that its libraries were compiled with, and the C++ standard
 * that its headers demand. libc10.so exports c10::detail::torchCheckFail(const char *, const char *, uint32_t, const
 * std::string &) since torch 1.9 in every build; TorchConfig.cmake has the flag up to torch 2.8. The headers' own #error is
 * there since torch 1.5; before it, the flag that cpp_extension.py gives is all there is. Compilers that are too old meet an
 * #error in c10/util/C++17.h: GCC before 5 in torch 2.0.1, before 9 since 2.2.2.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/path.h"
#include "base/str.h"
#include "base/world.h"
#include "inspect/torch_parts.h"

#define CHECK_FAIL "_ZN3c106detail14torchCheckFailEPKcS2_j"

static bool
abi_of_symbol(struct run *run, struct torch *torch)
{
	struct elf_symbol check[] = {
		{ .name = CHECK_FAIL "RKSs" },
		{ .name = CHECK_FAIL "RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE" },
	};
	struct elf_symbols symbols = { check, 2 };
	const char *file = path_join(&run->arena, torch->lib_dir, "libc10.so");

	if (!elf_resolve(run, file, &symbols) || !check[0].found_in == !check[1].found_in)
		return false;
	torch->cxx11_abi = check[1].found_in != NULL;
	torch->cxx11_abi_from = str_format(&run->arena, "%s: torchCheckFail takes %s", file,
					   torch->cxx11_abi ? "std::__cxx11::string" : "the old std::string");
	return true;
}

/* set(TORCH_CXX_FLAGS "-D_GLIBCXX_USE_CXX11_ABI=0") */
static void
abi_of_cmake(struct run *run, struct torch *torch)
{
	static const char flag[] = "\"-D_GLIBCXX_USE_CXX11_ABI=";
	const char *file = path_join(&run->arena, torch->dir, "share/cmake/Torch/TorchConfig.cmake"), *found;
	struct blob text;

	if (!world_read(run, file, 65536, &text) || !(found = blob_find(&text, flag)))
		return;
	found += sizeof(flag) - 1;
	if (*found != '0' && *found != '1')
		return;
	torch->cxx11_abi = *found - '0';
	torch->cxx11_abi_from = file;
}

void
torch_abi(struct run *run, struct torch *torch)
{
	if (!abi_of_symbol(run, torch))
		abi_of_cmake(run, torch);
}

/* The number behind "C++" in a line with all of the words; 0 when there is none. */
static int
demanded(const struct blob *text, const char *before, const char *after)
{
	const char *line;
	size_t at = 0, length, n = strlen(before), m = strlen(after);

	while (blob_line(text, &at, &line, &length)) {
		const char *found = length > n ? memmem(line, length, before, n) : NULL;
		long number = found ? strtol(found + n, NULL, 10) : 0;

		if (number >= 11 && number <= 99 && memmem(line, length, after, m))
			return (int)number;
	}
	return 0;
}

static bool
std_of(struct run *run, const char *file, size_t size, const char *before, const char *after, struct torch *torch)
{
	struct blob text = { 0 };

	world_read_at(run, file, 0, size, &text);
	torch->cxx_std = demanded(&text, before, after);
	if (torch->cxx_std)
		torch->cxx_std_from = file;
	return torch->cxx_std != 0;
}

void
torch_cxx_std(struct run *run, struct torch *torch)
{
	static const char *const headers[] = {
		"ATen/ATen.h", "torch/csrc/api/include/torch/all.h", "c10/util/C++17.h",
	};
	const char *include = torch->include_dirs.n ? torch->include_dirs.item[0] : NULL;

	for (size_t i = 0; include && i < sizeof(headers) / sizeof(headers[0]); i++) {
		const char *file = path_join(&run->arena, include, headers[i]);

		if (std_of(run, file, 4096, "#error C++", "or later compatible compiler is required", torch) ||
		    std_of(run, file, 4096, "#error You need C++", "to compile PyTorch", torch))
			return;
	}
	std_of(run, path_join(&run->arena, torch->dir, "utils/cpp_extension.py"), 1 << 20, "'-std=c++", "'", torch);
}

/* The number behind a macro's " < ". */
static int
below(const struct blob *text, const char *macro)
{
	const char *at = blob_find(text, macro);

	return at ? atoi(at + strlen(macro)) : 0;
}

void
torch_compilers(struct run *run, struct torch *torch)
{
	static const struct version since = { 3, { 2, 2, 2, 0 } };
	const char *file = torch->include_dirs.n ? path_join(&run->arena, torch->include_dirs.item[0], "c10/util/C++17.h") : NULL;
	struct version version;
	struct blob text;

	if (file && world_read_at(run, file, 0, 4096, &text)) {
		if (!blob_find(&text, "too old version of GCC"))
			return;
		torch->gcc_min = below(&text, "__GNUC__ < ");
		torch->clang_min = below(&text, "__clang_major__ < ");
		torch->gcc_min_from = file;
	} else if (torch->version && version_parse(torch->version, &version, NULL) && version_compare(&version, &since) >= 0) {
		torch->gcc_min = torch->clang_min = 9;
		torch->gcc_min_from = str_format(&run->arena, "torch %s", torch->version);
	}
}
