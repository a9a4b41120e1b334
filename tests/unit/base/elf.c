#define _GNU_SOURCE
#include "base/elf.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/world.h"

static struct run run = { .root = "" };
static char dir[64];

/* GPU code as nvcc leaves it, in this very program: headers as read off objects of nvcc 12.4 and 13.0. */
struct entry {
	uint16_t kind, version;
	uint32_t header_size;
	uint64_t size;
	uint32_t compressed, options, minor_major, arch, name, name_size;
	uint64_t flags, zero[2];
	char code[8];
};
struct fatbin { uint32_t magic; uint16_t version, header_size; uint64_t size; struct entry entry[3]; };

#define CUBIN(number, bits) { .kind = 2, .header_size = 64, .size = 8, .arch = (number), .flags = (bits) }
#define PTX(number, bits) { .kind = 1, .header_size = 64, .size = 8, .arch = (number), .flags = (bits) }

__attribute__((section(".nv_fatbin"), used)) static const struct {
	struct fatbin first;
	char padding[24];
	struct fatbin second;
} gpu = {
	{ 0xba55ed50, 1, 16, 3 * sizeof(struct entry), { CUBIN(80, 0x11), CUBIN(90, 0x100011), PTX(90, 0x2011) } },
	{ 0 },
	{ 0xba55ed50, 1, 16, 3 * sizeof(struct entry),
	  { CUBIN(100, 0x1200011), PTX(120, 0x208011), { .kind = 8, .header_size = 64, .size = 8, .arch = 80 } } },
};

/* A shared library made of C text with the compiler that made this test. */
static const char *
library(const char *name, const char *text, const char *options)
{
	const char *source = str_format(&run.arena, "%s/%s.c", dir, name);
	const char *path = str_format(&run.arena, "%s/%s", dir, name);
	const char *command = str_format(&run.arena, "cc -shared -fPIC -w -o %s %s %s", path, source, options);

	assert_true(world_write(&run, source, text, strlen(text)));
	assert_int_equal(system(command), 0);
	return path;
}

static bool
finds(const char *path, const char *name, const char *version)
{
	struct elf_symbol symbol = { .name = name, .version = version };
	struct elf_symbols symbols = { &symbol, 1 };

	assert_true(elf_resolve(&run, path, &symbols));
	return symbol.found_in != NULL;
}

static void
reads_dynamic_section(void **state)
{
	const char *path = library("libone.so", "int one(void) { return 1; }",
				   "-Wl,-soname,libone.so.3 -Wl,--enable-new-dtags,-rpath,'$ORIGIN/a::/b' -Wl,--no-as-needed -lm");
	struct elf elf;

	(void)state;
	assert_true(elf_read(&run, path, ELF_DYNAMIC, &elf));
	assert_string_equal(elf.soname, "libone.so.3");
	assert_true(strings_has(&elf.needed, "libm.so.6"));
	assert_int_equal(elf.runpath.n, 3);
	assert_string_equal(elf.runpath.item[0], "$ORIGIN/a");
	assert_string_equal(elf.runpath.item[1], "");	/* the current folder, as ld.so takes it */
	assert_string_equal(elf.runpath.item[2], "/b");
	assert_false(elf.inherited);

	path = library("libtwo.so", "", "-Wl,--disable-new-dtags,-rpath,/c");
	assert_true(elf_read(&run, path, ELF_DYNAMIC, &elf));
	assert_null(elf.soname);
	assert_string_equal(elf.runpath.item[0], "/c");
	assert_true(elf.inherited);
}

static void
tells_undefined_symbols(void **state)
{
	const char *path = library("libundef.so",
		"extern int strong(void), maybe(void) __attribute__((weak)); extern __thread int tls;"
		"static int local(void) { return 2; } int (*hidden)(void) = local;"
		"int printf(const char *, ...);"
		"int use(void) { return strong() + (maybe ? maybe() : 0) + tls + printf(\"\"); }", "");
	bool strong = false, weak = false, versioned = false, tls = false;
	struct elf elf;

	(void)state;
	assert_true(elf_read(&run, path, ELF_UNDEFINED, &elf));
	for (size_t i = 0; i < elf.undefined.n; i++) {
		const struct elf_symbol *at = &elf.undefined.item[i];

		assert_string_not_equal(at->name, "local");
		assert_string_not_equal(at->name, "use");
		strong |= str_same(at->name, "strong") && !at->weak && !at->version;
		weak |= str_same(at->name, "maybe") && at->weak;
		tls |= str_same(at->name, "tls");
		versioned |= str_same(at->name, "printf") && at->version && str_starts(at->version, "GLIBC_2.");
	}
	assert_true(strong && weak && tls && versioned);
}

/* GNU ld writes a .gnu.hash that knows no symbol when nothing is exported. */
static void
tells_undefined_symbols_of_a_library_that_exports_nothing(void **state)
{
	const char *path = library("libnothing.so",
		"extern int strong(void); __attribute__((constructor)) static void use(void) { strong(); }", "");
	bool strong = false;
	struct elf elf;

	(void)state;
	assert_true(elf_read(&run, path, ELF_UNDEFINED, &elf));
	for (size_t i = 0; i < elf.undefined.n; i++)
		strong |= str_same(elf.undefined.item[i].name, "strong");
	assert_true(strong);
}

static const char exports[] =
	"int one(void) { return 1; } int shared_data = 5; __thread int of_thread;"
	"static int chosen(void) { return 1; } static void *choose(void) { return chosen; }"
	"int indirect(void) __attribute__((ifunc(\"choose\")));"
	"__attribute__((weak)) int weak_one(void) { return 2; }"
	"__attribute__((visibility(\"hidden\"))) int hidden(void) { return 3; }"
	"__asm__(\".globl unique\\n.type unique, %gnu_unique_object\\n.data\\nunique: .long 1\\n.size unique, 4\\n.text\");"
	"extern int elsewhere(void); int use(void) { return elsewhere() + hidden(); }";

static void
finds_all_kinds(const char *path)
{
	static const char *const there[] = {
		"one", "shared_data", "of_thread", "indirect", "weak_one", "unique", "use",
	};

	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
		assert_true(finds(path, there[i], NULL));
	assert_true(finds(path, "one", "ANY_1"));	/* a library without versions satisfies every version */
	assert_false(finds(path, "hidden", NULL));
	assert_false(finds(path, "chosen", NULL));
	assert_false(finds(path, "elsewhere", NULL));
	assert_false(finds(path, "on", NULL));
	assert_false(finds(path, "onee", NULL));
	assert_false(finds(path, "", NULL));
}

/* Puts another tag in place of the two hash tables', so that the symbols have to be looked through one by one. */
static void
forget_hash(const char *path)
{
	FILE *file = fopen(path, "r+b");
	Elf64_Ehdr header;
	Elf64_Phdr at;
	Elf64_Dyn entry;

	assert_int_equal(fread(&header, sizeof(header), 1, file), 1);
	for (unsigned i = 0; i < header.e_phnum; i++) {
		fseek(file, (long)(header.e_phoff + i * sizeof(at)), SEEK_SET);
		assert_int_equal(fread(&at, sizeof(at), 1, file), 1);
		for (unsigned k = 0; at.p_type == PT_DYNAMIC && k < at.p_filesz / sizeof(entry); k++) {
			fseek(file, (long)(at.p_offset + k * sizeof(entry)), SEEK_SET);
			assert_int_equal(fread(&entry, sizeof(entry), 1, file), 1);
			if (entry.d_tag != DT_GNU_HASH && entry.d_tag != DT_HASH)
				continue;
			entry.d_tag = 0x6ffffe00;
			fseek(file, (long)(at.p_offset + k * sizeof(entry)), SEEK_SET);
			fwrite(&entry, sizeof(entry), 1, file);
		}
	}
	fclose(file);
}

static void
finds_symbols_by_either_hash_and_by_none(void **state)
{
	const char *path;

	(void)state;
	finds_all_kinds(library("libgnu.so", exports, "-Wl,--hash-style=gnu"));
	finds_all_kinds(library("libsysv.so", exports, "-Wl,--hash-style=sysv"));
	path = library("libnone.so", exports, "-Wl,--hash-style=both");
	forget_hash(path);
	finds_all_kinds(path);
}

static void
minds_versions(void **state)
{
	static const char map[] = "V_1 { global: one; two; local: *; }; V_2 { global: three; } V_1;";
	const char *file = str_format(&run.arena, "%s/map", dir), *path;
	struct elf elf;

	(void)state;
	assert_true(world_write(&run, file, map, strlen(map)));
	path = library("libversions.so", "int one(void){return 1;} int two(void){return 2;} int three(void){return 3;}"
		       "int four(void){return 4;}", str_format(&run.arena, "-Wl,--version-script=%s", file));
	assert_true(finds(path, "one", NULL));
	assert_true(finds(path, "one", "V_1"));
	assert_false(finds(path, "one", "V_2"));
	assert_false(finds(path, "one", "V_9"));
	assert_true(finds(path, "three", "V_2"));
	assert_false(finds(path, "four", NULL));
	assert_true(elf_read(&run, path, ELF_VERSIONS, &elf));
	assert_int_equal(elf.defines.n, 2);
	assert_string_equal(elf.defines.item[0].name, "V_1");
	assert_string_equal(elf.defines.item[1].name, "V_2");

	path = library("libuser.so", "int three(void); int use(void) { return three(); }",
		       str_format(&run.arena, "%s/libversions.so", dir));
	assert_true(elf_read(&run, path, ELF_VERSIONS | ELF_UNDEFINED, &elf));
	for (size_t i = 0; i < elf.needs.n; i++)
		if (str_same(elf.needs.item[i].name, "V_2"))
			assert_true(str_ends(elf.needs.item[i].library, "libversions.so"));
	for (size_t i = 0; i < elf.undefined.n; i++)
		if (str_same(elf.undefined.item[i].name, "three"))
			assert_string_equal(elf.undefined.item[i].version, "V_2");
}

static void
finds_the_nearest_name(void **state)
{
	const char *path = library("libnear.so", "int say_hello(void){return 1;} int say_hi(void){return 1;} int other;", "");

	(void)state;
	assert_string_equal(elf_nearest(&run, path, "say_hello_there", 4), "say_hello");
	assert_string_equal(elf_nearest(&run, path, "say_hix", 4), "say_hi");
	assert_null(elf_nearest(&run, path, "say_hello", 10));
	assert_null(elf_nearest(&run, path, "nothing", 1));
}

static void
tells_archs(void **state)
{
	static const char *const want[] = { "sm_80", "sm_90a", "compute_90", "sm_100f", "compute_120f", "lto_80" };
	const char *plain = library("libplain.so", "", "");
	struct elf elf;

	(void)state;
	assert_true(gpu.first.magic == gpu.second.magic);
	assert_true(elf_read(&run, "/proc/self/exe", ELF_FATBIN, &elf));
	assert_int_equal(elf.archs.n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(elf.archs.item[i], want[i]);
	assert_true(elf_read(&run, plain, ELF_FATBIN, &elf));
	assert_int_equal(elf.archs.n, 0);
}

static void
reads_sections(void **state)
{
	size_t offset = 0, size = 0;
	struct blob blob;

	(void)state;
	assert_true(elf_find_section(&run, "/proc/self/exe", ".nv_fatbin", &offset, &size));
	assert_int_equal(size, sizeof(gpu));
	assert_true(elf_section(&run, "/proc/self/exe", ".nv_fatbin", 16, &blob));
	assert_int_equal(blob.size, 16);
	assert_memory_equal(blob.data, &gpu, 16);
	assert_false(elf_section(&run, "/proc/self/exe", ".bss", 16, &blob));
	assert_false(elf_section(&run, "/proc/self/exe", ".not_there", 16, &blob));
}

static void
refuses_what_is_no_whole_elf(void **state)
{
	const char *path = library("libcut.so", exports, ""), *cut = str_format(&run.arena, "%s/cut", dir);
	struct elf elf = { .soname = "untouched" };
	struct blob blob;

	(void)state;
	assert_true(world_read(&run, path, 1 << 20, &blob));
	for (size_t size = 0; size < blob.size; size += 64) {
		assert_true(world_write(&run, cut, blob.data, size));
		assert_false(elf_read(&run, cut, ELF_DYNAMIC, &elf));
	}
	assert_true(world_write(&run, cut, "INPUT(libcudart.so.12)\n", 23));
	assert_false(elf_read(&run, cut, ELF_DYNAMIC, &elf));
	assert_false(elf_read(&run, "/dev/zero", ELF_DYNAMIC, &elf));
	assert_false(elf_read(&run, dir, ELF_DYNAMIC, &elf));
	assert_false(elf_read(&run, "/nowhere", ELF_DYNAMIC, &elf));
	assert_false(elf_resolve(&run, "/nowhere", &(struct elf_symbols){ 0 }));
	blob.data[EI_CLASS] = ELFCLASS32;
	assert_true(world_write(&run, cut, blob.data, blob.size));
	assert_false(elf_read(&run, cut, ELF_DYNAMIC, &elf));
	assert_string_equal(elf.soname, "untouched");
	assert_null(run.error);
}

static int
make_dir(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/cuenv-elf-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int
remove_dir(void **state)
{
	(void)state;
	return system(str_format(&run.arena, "rm -r %s", dir));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dynamic_section),
		cmocka_unit_test(tells_undefined_symbols),
		cmocka_unit_test(tells_undefined_symbols_of_a_library_that_exports_nothing),
		cmocka_unit_test(finds_symbols_by_either_hash_and_by_none),
		cmocka_unit_test(minds_versions),
		cmocka_unit_test(finds_the_nearest_name),
		cmocka_unit_test(tells_archs),
		cmocka_unit_test(reads_sections),
		cmocka_unit_test(refuses_what_is_no_whole_elf),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
