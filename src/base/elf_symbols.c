/*
 * Dynamic symbols, looked up as ld.so does: DT_GNU_HASH (a Bloom filter, buckets, chains of hashes) or DT_HASH, then the
 * name, then the version. A lookup reads some dozen bytes, so libtorch_cpu's 200,000 symbols cost no more than ten.
 * The rule for versions is that of glibc's elf/dl-lookup.c, check_match.
 */
#include "base/elf_file.h"

#include <string.h>

#define LONGEST 4096	/* chain entries that are followed; healthy tables have a handful */
#define MOST 1000000	/* symbols of a file whose own are read; libtorch_cpu has 85,000 */
#define NAMES_MAX ((size_t)64 << 20)	/* bytes of the names of those that a file asks for */
#define STRINGS_MAX ((size_t)512 << 20)
#define COMPARISONS_MAX 100000000	/* with a file that has no hash table */
#define HIDDEN 0x8000
#define INDEX 0x7fff

struct lookup {
	struct elf_file *file;
	struct elf_names versions;	/* defined by the file */
	const char *path;
	struct elf_symbols *symbols;
};

/* DT_HASH says it; DT_GNU_HASH does not (its symoffset is 1 when nothing is exported), so section headers must. */
size_t
elf_file_count(struct elf_file *file)
{
	const Elf64_Shdr *header;
	Elf_Scn *at = NULL;
	uint32_t hash[2];

	if (!file->symbols)
		return 0;
	if (file->hash && elf_file_copy(file, file->hash, hash, 8))
		return hash[1];
	while ((header = elf_file_section(file, &at)))
		if (header->sh_type == SHT_DYNSYM && header->sh_offset == file->symbols)
			return header->sh_size / sizeof(Elf64_Sym);
	return file->gnu_hash && elf_file_copy(file, file->gnu_hash, hash, 8) ? hash[1] : 0;
}

static const char *
version_name(const struct elf_names *names, const uint16_t *index)
{
	size_t i = index ? *index & INDEX : 0;

	return i < names->n ? names->item[i] : NULL;
}

bool
elf_file_undefined(struct elf_file *file, struct elf_symbols *out)
{
	size_t count = elf_file_count(file), bytes = 0;
	const Elf64_Sym *symbol = count && count <= MOST ? elf_file_at(file, file->symbols, count * sizeof(*symbol)) : NULL;
	const uint16_t *versym = count && count <= MOST && file->versym ? elf_file_at(file, file->versym, count * 2) : NULL;
	struct elf_names needs = elf_file_needs(file, NULL);

	if (count > MOST)
		return elf_file_too_many(file, count, MOST, "symbols");
	if (count && !symbol)
		return false;
	for (size_t i = 1; i < count; i++) {
		bool weak = ELF64_ST_BIND(symbol[i].st_info) == STB_WEAK;
		const char *name;

		if (symbol[i].st_shndx != SHN_UNDEF || ELF64_ST_BIND(symbol[i].st_info) == STB_LOCAL)
			continue;
		name = elf_file_string(file, symbol[i].st_name);
		bytes += name ? strlen(name) : 0;
		if (bytes > NAMES_MAX)
			return elf_file_too_many(file, bytes, NAMES_MAX, "bytes of names that it asks for");
		if (name && name[0])
			*list_add(&file->run->arena, out) = (struct elf_symbol){
				name, version_name(&needs, versym ? versym + i : NULL), weak, NULL
			};
	}
	return true;
}

/* glibc prefers the default version for a symbol that names none; any will do here. */
static bool
has_version(struct lookup *lookup, size_t index, const char *version)
{
	uint16_t versym;
	const char *have;

	if (!version || !lookup->file->versym)
		return true;
	if (!elf_file_copy(lookup->file, lookup->file->versym + 2 * index, &versym, 2))
		return false;
	have = version_name(&lookup->versions, &versym);
	return have ? strcmp(have, version) == 0 : !(versym & HIDDEN);
}

/* Whether dynamic symbol number index is an exported definition of the one that is wanted. */
static bool
is_match(struct lookup *lookup, size_t index, const struct elf_symbol *want)
{
	struct elf_file *file = lookup->file;
	Elf64_Sym symbol;

	return elf_file_copy(file, file->symbols + index * sizeof(symbol), &symbol, sizeof(symbol)) &&
	       symbol.st_shndx != SHN_UNDEF && ELF64_ST_BIND(symbol.st_info) != STB_LOCAL &&
	       elf_file_says(file, symbol.st_name, want->name) && has_version(lookup, index, want->version);
}

/* The chain of a bucket: hashes whose lowest bit marks the last; entry i belongs to symbol first + i. */
static bool
in_chain(struct lookup *lookup, const struct elf_symbol *want, uint32_t hash, size_t index, size_t at)
{
	uint32_t entry;

	for (int left = LONGEST; left-- && elf_file_copy(lookup->file, at, &entry, 4); index++, at += 4) {
		if ((entry | 1) == (hash | 1) && is_match(lookup, index, want))
			return true;
		if (entry & 1)
			break;
	}
	return false;
}

static bool
in_gnu_hash(struct lookup *lookup, const struct elf_symbol *want)
{
	struct { uint32_t buckets, first, words, shift; } head;
	struct elf_file *file = lookup->file;
	uint32_t hash = 5381, index;
	size_t buckets;
	uint64_t bloom;

	for (const unsigned char *c = (const unsigned char *)want->name; *c; c++)
		hash = hash * 33 + *c;
	if (!elf_file_copy(file, file->gnu_hash, &head, 16) || !head.buckets || !head.words || head.shift > 31 ||
	    !elf_file_copy(file, file->gnu_hash + 16 + 8 * (size_t)(hash / 64 % head.words), &bloom, 8) ||
	    !(bloom >> hash % 64 & bloom >> (hash >> head.shift) % 64 & 1))
		return false;
	buckets = file->gnu_hash + 16 + 8 * (size_t)head.words;
	if (!elf_file_copy(file, buckets + 4 * (size_t)(hash % head.buckets), &index, 4) || index < head.first)
		return false;
	return in_chain(lookup, want, hash, index, buckets + 4 * ((size_t)head.buckets + index - head.first));
}

static bool
in_hash(struct lookup *lookup, const struct elf_symbol *want)
{
	struct elf_file *file = lookup->file;
	uint32_t head[2], hash = 0, index;
	size_t at;

	for (const unsigned char *c = (const unsigned char *)want->name; *c; c++) {
		hash = (hash << 4) + *c;
		hash ^= hash >> 24 & 0xf0;
		hash &= 0xfffffff;
	}
	if (!elf_file_copy(file, file->hash, head, 8) || !head[0])
		return false;
	at = file->hash + 8 + 4 * (size_t)(hash % head[0]);
	for (int left = LONGEST; left-- && elf_file_copy(file, at, &index, 4) && index;) {
		if (is_match(lookup, index, want))
			return true;
		at = file->hash + 8 + 4 * ((size_t)head[0] + index);
	}
	return false;
}

static struct elf_symbol *
wanted(struct elf_symbols *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->n; i++)
		if (!symbols->item[i].found_in && strcmp(symbols->item[i].name, name) == 0)
			return &symbols->item[i];
	return NULL;
}

/* All dynamic symbols with their names; valid while the file is open. */
struct table {
	const Elf64_Sym *symbol;
	size_t count;
	const char *names;
	size_t size;
};

static bool
read_table(struct elf_file *file, struct table *out)
{
	out->count = elf_file_count(file);
	if (out->count > MOST)
		return elf_file_too_many(file, out->count, MOST, "symbols");
	if (file->strings_size > STRINGS_MAX)
		return elf_file_too_many(file, file->strings_size, STRINGS_MAX, "bytes of names");
	out->symbol = out->count ? elf_file_at(file, file->symbols, out->count * sizeof(*out->symbol)) : NULL;
	out->size = file->strings_size;
	out->names = out->symbol ? elf_file_at(file, file->strings, out->size) : NULL;
	return out->names && !out->names[out->size - 1];
}

static const char *
table_name(const struct table *table, size_t index)
{
	size_t at = table->symbol[index].st_name;

	return at < table->size ? table->names + at : NULL;
}

/* A file without hash tables: its symbols one by one. */
static void
scan(struct lookup *lookup)
{
	struct table table;

	if (!read_table(lookup->file, &table))
		return;
	if (table.count * lookup->symbols->n > COMPARISONS_MAX) {
		elf_file_too_many(lookup->file, table.count, COMPARISONS_MAX / lookup->symbols->n, "symbols without a hash table");
		return;
	}
	for (size_t i = 1; i < table.count; i++) {
		const char *name = table_name(&table, i);
		struct elf_symbol *want = name ? wanted(lookup->symbols, name) : NULL;

		if (want && is_match(lookup, i, want))
			want->found_in = lookup->path;
	}
}

static void
look_up(struct lookup *lookup, bool (*find)(struct lookup *lookup, const struct elf_symbol *want))
{
	for (size_t i = 0; i < lookup->symbols->n; i++) {
		struct elf_symbol *want = &lookup->symbols->item[i];

		if (!want->found_in && find(lookup, want))
			want->found_in = lookup->path;
	}
}

static bool
resolve(struct elf_file *file, void *context)
{
	struct lookup *lookup = context;

	if (!file->symbols || !file->strings)
		return true;
	lookup->file = file;
	lookup->versions = elf_file_defines(file, NULL);
	if (file->gnu_hash)
		look_up(lookup, in_gnu_hash);
	else if (file->hash)
		look_up(lookup, in_hash);
	else
		scan(lookup);
	return true;
}

bool
elf_resolve(struct run *run, const char *path, struct elf_symbols *symbols)
{
	struct lookup lookup = { .path = path, .symbols = symbols };

	return elf_file_open(run, path, resolve, &lookup);
}

struct nearing {
	const char *name;
	size_t shared;
	const char *nearest;
};

static size_t
common(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

static bool
near(struct elf_file *file, void *context)
{
	struct nearing *nearing = context;
	struct table table;
	const char *best = NULL;

	if (!read_table(file, &table))
		return false;
	for (size_t i = 1; i < table.count; i++) {
		const char *name = table_name(&table, i);
		size_t n = name && table.symbol[i].st_shndx != SHN_UNDEF ? common(name, nearing->name) : 0;

		if (n && n >= nearing->shared + (best != NULL)) {
			nearing->shared = n;
			best = name;
		}
	}
	if (best)
		nearing->nearest = str_copy(&file->run->arena, best, strlen(best));
	return true;
}

const char *
elf_nearest(struct run *run, const char *path, const char *name, size_t shared)
{
	struct nearing nearing = { name, shared, NULL };

	elf_file_open(run, path, near, &nearing);
	return nearing.nearest;
}
