/*
 * The module's undefined symbols against what the process will have, and the one cause behind those that are missing:
 * std::string's ABI (torch from PyPI had _GLIBCXX_USE_CXX11_ABI=0 up to 2.6), a library that is not linked, another Python,
 * another torch. libc10's torchCheckFail has a std::string among its parameters and tells torch's ABI in every version.
 */
#include <string.h>

#include "base/path.h"
#include "verify/judge_parts.h"

#define SHOWN 4	/* symbols that a finding shows */

/* What the missing symbols mean; filled by sort_missing. */
struct missing { struct elf_symbols abi, unlinked, python, torch; };

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
is_torch_name(const char *name)
{
	return str_starts(name, "_Z") &&
	       (strstr(name, "3c10") || strstr(name, "2at") || strstr(name, "5torch") || strstr(name, "6caffe2"));
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
		if (abi >= 0 && name_string_abi(symbol.name) == !abi && is_torch_name(symbol.name))
			list = &out->abi;
		else if ((symbol.found_in = elsewhere(judge, symbol)))
			list = &out->unlinked;
		else if (is_python_name(symbol.name))
			list = judge->program ? &out->python : NULL;
		else if (!incomplete || is_torch_name(symbol.name))
			list = &out->torch;
		if (list)
			*list_add(&judge->run->arena, list) = symbol;
	}
}

static const char *
shown(struct judge *judge, const char *name)
{
	const char *plain = name_plain(&judge->run->arena, name, NULL);

	return plain ? str_format(&judge->run->arena, "%s (%s)", plain, name) : name;
}

/* What torch has under the same qualified name with other parameters. */
static void
show_nearest(struct judge *judge, struct finding *finding, const char *name)
{
	size_t shared = 0;

	if (!name_plain(&judge->run->arena, name, &shared))
		return;
	for (size_t i = 0; i < judge->torch_n; i++) {
		const struct loaded *at = &judge->loader.item[i];
		const char *nearest = strstr(at->soname, "torch") || strstr(at->soname, "c10") ?
				      elf_nearest(judge->run, at->path, name, shared) : NULL;

		if (nearest) {
			judge_evidence(judge, finding, at->path, str_format(&judge->run->arena, "has %s", nearest));
			return;
		}
	}
}

static void
show(struct judge *judge, struct finding *finding, const struct elf_symbols *symbols)
{
	for (size_t i = 0; i < symbols->n && i < SHOWN; i++) {
		const struct elf_symbol *at = &symbols->item[i];

		judge_evidence(judge, finding, judge->in->module,
			       str_format(&judge->run->arena, "needs %s", shown(judge, at->name)));
		if (at->found_in)
			judge_evidence(judge, finding, at->found_in, "has it");
		else if (i < 2)
			show_nearest(judge, finding, at->name);
	}
	if (symbols->n > SHOWN)
		judge_evidence(judge, finding, judge->in->module,
			       str_format(&judge->run->arena, "and %zu more", symbols->n - SHOWN));
}

static const char *
count(struct judge *judge, size_t n)
{
	return n == 1 ? "a symbol" : str_format(&judge->run->arena, "%zu symbols", n);
}

static void
say_abi(struct judge *judge, const struct elf_symbols *symbols, int abi)
{
	struct arena *arena = &judge->run->arena;

	if (symbols->n)
		show(judge, judge_finding(judge, "CE407",
			str_format(arena, "the module is compiled with _GLIBCXX_USE_CXX11_ABI=%d and torch with %d: they "
				   "do not mean the same by std::string", !abi, abi),
			str_format(arena, "compile all of it with -D_GLIBCXX_USE_CXX11_ABI=%d", abi)), symbols);
}

static void
say_unlinked(struct judge *judge, const struct elf_symbols *symbols)
{
	const char *library;

	if (!symbols->n)
		return;
	library = path_name(symbols->item[0].found_in);
	show(judge, judge_finding(judge, "CE408",
		str_format(&judge->run->arena, "the module uses %s of %s and does not name it in NEEDED, so the loader "
			   "does not look there", count(judge, symbols->n), library),
		str_format(&judge->run->arena, "link it with -l%.*s", (int)strcspn(library + 3, "."), library + 3)), symbols);
}

static void
say_python(struct judge *judge, const struct elf_symbols *symbols)
{
	if (symbols->n)
		show(judge, judge_finding(judge, "CE409",
			str_format(&judge->run->arena, "the module uses %s of Python's C interface that this Python (%s) has "
				   "not: it is compiled for another Python", count(judge, symbols->n),
				   judge->in->python->tag ? judge->in->python->tag : judge->program),
			str_format(&judge->run->arena, "cuenv verify --torch %s", judge->in->python->executable)), symbols);
}

static void
say_torch(struct judge *judge, const struct elf_symbols *symbols)
{
	bool torch = false;

	for (size_t i = 0; i < symbols->n; i++)
		torch = torch || is_torch_name(symbols->item[i].name);
	if (!symbols->n)
		return;
	show(judge, judge_finding(judge, "CE411",
		torch ? str_format(&judge->run->arena, "the module uses %s that torch %s does not have: it is compiled for "
				   "another torch", count(judge, symbols->n), judge->in->torch->version)
		      : str_format(&judge->run->arena, "the module uses %s that no library of this process has",
				   count(judge, symbols->n)),
		torch ? "build it again against this torch, after removing the old build folder"
		      : "link the library that has them, or add the source file that defines them"), symbols);
}

static void
say_found(struct judge *judge, const struct elf_symbols *symbols, int abi)
{
	size_t strong = 0, found = 0, strings = 0;

	for (size_t i = 0; i < symbols->n; i++) {
		const struct elf_symbol *at = &symbols->item[i];

		strong += !at->weak;
		found += !at->weak && at->found_in;
		strings += at->found_in && is_torch_name(at->name) && name_string_abi(at->name) == abi;
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
	say_abi(judge, &missing.abi, abi);
	say_unlinked(judge, &missing.unlinked);
	say_python(judge, &missing.python);
	say_torch(judge, &missing.torch);
	say_found(judge, &symbols, abi);
}
