/*
 * The module's undefined symbols against what the process will have, and the one cause behind those that are missing:
 * std::string's ABI (torch from PyPI had _GLIBCXX_USE_CXX11_ABI=0 up to 2.6), a library that is not linked, another Python,
 * another torch. libc10's torchCheckFail has a std::string among its parameters and tells torch's ABI in every version.
 */
#include <string.h>

#include "verify/judge_missing.h"

/* Debian gives its torch libraries a version: libc10.so.1.13. */
static const struct loaded *
torch_file(const struct judge *judge, const char *soname)
{
	for (size_t i = 0; i < judge->torch_n; i++)
		if (str_starts(judge->loader.item[i].soname, soname))
			return &judge->loader.item[i];
	return NULL;
}

static int
torch_abi(struct judge *judge)
{
	struct elf_symbol probe[2] = {
		{ .name = "_ZN3c106detail14torchCheckFailEPKcS2_jRKSs" },
		{ .name = "_ZN3c106detail14torchCheckFailEPKcS2_jRKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE" },
	};
	struct elf_symbols symbols = { probe, 2 };
	const struct loaded *c10 = torch_file(judge, "libc10.so");

	if (c10)
		elf_resolve(judge->run, c10->path, &symbols);
	if (!probe[0].found_in == !probe[1].found_in)
		return judge->in->torch->cxx11_abi;
	return probe[1].found_in ? 1 : 0;
}

/* Symbols of a version that its library lacks, or of a library that is not there, have their finding already. */
static bool
is_said(const struct judge *judge, const struct elf_symbol *symbol)
{
	for (size_t i = 0; symbol->version && i < judge->module.needs.n; i++) {
		const struct elf_version *need = &judge->module.needs.item[i];
		const struct loaded *file = loader_find(&judge->loader, need->library ? need->library : "");
		struct elf elf;

		if (!str_same(need->name, symbol->version))
			continue;
		if (!file)
			return true;
		if (!elf_read(judge->run, file->path, ELF_VERSIONS, &elf))
			return false;
		for (size_t k = 0; k < elf.defines.n; k++)
			if (str_same(elf.defines.item[k].name, symbol->version))
				return false;
		return elf.defines.n > 0;
	}
	return false;
}

static bool
is_python_name(const char *name)
{
	return str_starts(name, "Py") || str_starts(name, "_Py");
}

/* In memory, and yet not where the loader looks for the module's symbols. */
static const char *
elsewhere(struct judge *judge, struct elf_symbol symbol)
{
	struct elf_symbols one = { &symbol, 1 };

	for (size_t i = 0; !symbol.found_in && i < judge->loader.n; i++)
		elf_resolve(judge->run, judge->loader.item[i].path, &one);
	return symbol.found_in;
}

static void
sort_missing(struct judge *judge, const struct elf_symbols *symbols, int abi, struct missing *out)
{
	bool incomplete = judge->loader.absent.n > 0;

	for (size_t i = 0; i < symbols->n; i++) {
		struct elf_symbol symbol = symbols->item[i];
		struct elf_symbols *list = NULL;

		if (symbol.found_in || symbol.weak || is_said(judge, &symbol))
			continue;
		if (abi >= 0 && name_string_abi(symbol.name) == !abi && name_is_torch(symbol.name))
			list = &out->abi;
		else if ((symbol.found_in = elsewhere(judge, symbol)))
			list = &out->unlinked;
		else if (is_python_name(symbol.name))
			list = judge->program ? &out->python : NULL;
		else if (!incomplete || name_is_torch(symbol.name))
			list = &out->torch;
		if (list)
			*list_add(&judge->run->arena, list) = symbol;
	}
}

static void
say_found(struct judge *judge, const struct elf_symbols *symbols, int abi)
{
	size_t strong = 0, found = 0, strings = 0;

	for (size_t i = 0; i < symbols->n; i++) {
		const struct elf_symbol *at = &symbols->item[i];

		strong += !at->weak;
		found += !at->weak && at->found_in;
		strings += at->found_in && name_is_torch(at->name) && name_string_abi(at->name) == abi;
	}
	if (found == strong)
		judge_fact(judge, "symbols", str_format(&judge->run->arena, "all %zu are provided", strong));
	if (strings && found == strong)
		judge_fact(judge, "std::string", str_format(&judge->run->arena,
			   "_GLIBCXX_USE_CXX11_ABI=%d on both sides (%zu symbols)", abi, strings));
}

void
judge_symbols(struct judge *judge)
{
	struct elf_symbols symbols = judge->module.undefined;
	struct missing missing = { 0 };
	int abi = torch_abi(judge);

	for (size_t i = 0; i < judge->scope.n; i++)
		elf_resolve(judge->run, judge->scope.item[i], &symbols);
	sort_missing(judge, &symbols, abi, &missing);
	missing_say(judge, &missing, abi);
	say_found(judge, &symbols, abi);
}
