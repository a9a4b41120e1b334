#define _GNU_SOURCE
#include "inspect/inspect.h"

#include <elf.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/str.h"
#include "base/world.h"

static struct run run;
static char *environment[] = { "PATH=/usr/lib/ccache:/usr/bin:/bin:relative:", NULL };

static const char *
in_root(const char *path)
{
	return str_format(&run.arena, "%s%s", run.root, path);
}

static void
put(const char *path, const void *data, size_t size)
{
	assert_true(world_write(&run, path, data, size));
	assert_int_equal(chmod(in_root(path), 0755), 0);
}

static void
put_text(const char *path, const char *text)
{
	put(path, text, strlen(text));
}

static void
put_link(const char *path, const char *to)
{
	assert_int_equal(symlink(to, in_root(path)), 0);
}

/* An ELF file with nothing but constants. */
static void
put_program(const char *path, const char *constants, size_t size)
{
	static const char names[] = "\0.rodata\0.shstrtab";
	struct { Elf64_Ehdr head; Elf64_Shdr section[3]; char names[32], data[512]; } file = { 0 };

	assert_true(size <= sizeof(file.data));
	memcpy(file.head.e_ident, ELFMAG "\2\1\1", 7);
	file.head.e_type = ET_DYN;
	file.head.e_machine = EM_X86_64;
	file.head.e_version = EV_CURRENT;
	file.head.e_ehsize = sizeof(file.head);
	file.head.e_shoff = sizeof(file.head);
	file.head.e_shentsize = sizeof(file.section[0]);
	file.head.e_shnum = 3;
	file.head.e_shstrndx = 2;
	file.section[1] = (Elf64_Shdr){ .sh_name = 1, .sh_type = SHT_PROGBITS, .sh_size = size, .sh_addralign = 1,
					.sh_offset = (Elf64_Off)(file.data - (char *)&file) };
	file.section[2] = (Elf64_Shdr){ .sh_name = 9, .sh_type = SHT_STRTAB, .sh_size = sizeof(names), .sh_addralign = 1,
					.sh_offset = (Elf64_Off)(file.names - (char *)&file) };
	memcpy(file.names, names, sizeof(names));
	memcpy(file.data, constants, size);
	put(path, &file, sizeof(file));
}

#define SPECS "%{E:cc1plus -E %(cpp_options)}"
#define GCC(version) "1.4.2\0" SPECS "\0x" version "\0gcc version %s\0" version "\0(Debian " version "-14)"
#define PUT_GCC(path, version) put_program(path, &GCC(version)[6], sizeof(GCC(version)) - 6)

/* "/usr/bin/g++-12 gcc 12.2.0" for each, a line each. */
static void
expect(const char *want)
{
	struct compilers found = { 0 };
	struct strings lines = { 0 };

	inspect_compilers(&run, &found);
	for (size_t i = 0; i < found.n; i++)
		strings_add(&run.arena, &lines, str_format(&run.arena, "%s %s %s", found.item[i].path,
			found.item[i].is_clang ? "clang" : "gcc", version_text(&run.arena, &found.item[i].version, 0)));
	assert_string_equal(strings_join(&run.arena, &lines, "\n"), want);
	assert_null(run.error);
}

static void
test_nothing(void **state)
{
	static char *none[] = { NULL };

	(void)state;
	expect("");
	run.environ = none;
	expect("");
}

static void
test_debian(void **state)
{
	(void)state;
	PUT_GCC("/usr/bin/x86_64-linux-gnu-g++-11", "11.3.0");
	PUT_GCC("/usr/bin/x86_64-linux-gnu-g++-12", "12.2.0");
	put_link("/usr/bin/g++-11", "x86_64-linux-gnu-g++-11");
	put_link("/usr/bin/g++-12", "x86_64-linux-gnu-g++-12");
	put_link("/usr/bin/g++", "g++-12");
	put_link("/usr/bin/x86_64-linux-gnu-g++", "g++-12");
	put_link("/usr/bin/c++", "/etc/alternatives/c++");
	put_text("/etc/alternatives/README", "");
	put_link("/etc/alternatives/c++", "/usr/bin/g++");
	put_link("/bin", "usr/bin");
	put_text("/usr/lib/gcc/x86_64-linux-gnu/11/cc1plus", "");
	put_text("/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus", "");
	put_program("/usr/lib/llvm-14/bin/clang", "clang", 6);
	put_link("/usr/lib/llvm-14/bin/clang++", "clang");
	put_link("/usr/bin/clang++-14", "../lib/llvm-14/bin/clang++");
	put_text("/usr/lib/llvm-14/lib/clang/14.0.6/include/x.h", "");
	put_program("/usr/lib/llvm-19/bin/clang", "clang", 6);	/* not on PATH by any name */
	put_link("/usr/lib/llvm-19/bin/clang++", "clang");
	put_text("/usr/lib/llvm-19/lib/clang/19/include/x.h", "");
	expect("/usr/bin/g++-12 gcc 12.2.0\n/usr/bin/g++-11 gcc 11.3.0\n"
	       "/usr/lib/llvm-19/bin/clang++ clang 19\n/usr/bin/clang++-14 clang 14.0.6");
}

static void
test_other_distributions(void **state)
{
	(void)state;
	/* Fedora: hard links, files in libexec; two clangs share lib/clang */
	PUT_GCC("/usr/bin/g++", "14.2.1");
	assert_int_equal(link(in_root("/usr/bin/g++"), in_root("/usr/bin/c++")), 0);
	assert_int_equal(link(in_root("/usr/bin/g++"), in_root("/usr/bin/x86_64-redhat-linux-g++")), 0);
	put_text("/usr/libexec/gcc/x86_64-redhat-linux/14/cc1plus", "");
	put_text("/usr/lib/gcc/x86_64-redhat-linux/14/crtbegin.o", "");
	put_program("/usr/bin/clang-18", "clang", 6);
	put_link("/usr/bin/clang++", "clang-18");
	put_text("/usr/lib/clang/18/include/x.h", "");
	put_text("/usr/lib/clang/17/include/x.h", "");
	/* Red Hat's toolsets, and Amazon Linux' gcc10-c++ */
	PUT_GCC("/opt/rh/gcc-toolset-12/root/usr/bin/g++", "12.2.1");
	PUT_GCC("/usr/bin/gcc10-g++", "10.5.0");
	expect("/usr/bin/g++ gcc 14.2.1\n/opt/rh/gcc-toolset-12/root/usr/bin/g++ gcc 12.2.1\n/usr/bin/gcc10-g++ gcc 10.5.0\n"
	       "/usr/bin/clang++ clang 18");
}

static void
test_conda_and_nix(void **state)
{
	static char *paths[] = { "PATH=/env/bin:/nix/store/abc-gcc-wrapper-13.3.0/bin:/nix/store/def-clang-wrapper-17.0.6/bin", NULL };

	(void)state;
	run.environ = paths;
	PUT_GCC("/env/bin/x86_64-conda-linux-gnu-g++", "13.3.0");
	assert_int_equal(link(in_root("/env/bin/x86_64-conda-linux-gnu-g++"), in_root("/env/bin/x86_64-conda-linux-gnu-c++")), 0);
	put_text("/env/libexec/gcc/x86_64-conda-linux-gnu/13.3.0/cc1plus", "");
	put_text("/nix/store/abc-gcc-wrapper-13.3.0/bin/g++", "#!/nix/store/xyz-bash/bin/bash\n");
	put_text("/nix/store/def-clang-wrapper-17.0.6/bin/c++", "#!/nix/store/xyz-bash/bin/bash\n");
	expect("/env/bin/x86_64-conda-linux-gnu-g++ gcc 13.3.0\n/nix/store/abc-gcc-wrapper-13.3.0/bin/g++ gcc 13.3.0\n"
	       "/nix/store/def-clang-wrapper-17.0.6/bin/c++ clang 17.0.6");
}

static void
test_fronts(void **state)
{
	(void)state;
	PUT_GCC("/usr/bin/g++-12", "12.2.0");
	put_link("/usr/bin/g++", "g++-12");
	put_program("/usr/bin/ccache", "4.7.5\0" "1.3.1", 12);
	put_text("/usr/lib/ccache/README", "");
	put_link("/usr/lib/ccache/g++", "../../bin/ccache");
	put_link("/usr/lib/ccache/g++-12", "../../bin/ccache");
	put_link("/usr/lib/ccache/clang++", "../../bin/ccache");
	/* the same as a copy, and as a script: a compiler, but of what version nobody knows */
	put_program("/usr/local/bin/g++", "4.7.5\0" "1.3.1", 12);
	put_text("/usr/local/bin/c++", "#!/bin/sh\nexec ccache g++ \"$@\"\n");
	expect("/usr/bin/g++-12 gcc 12.2.0\n/usr/local/bin/c++ gcc ?\n/usr/local/bin/g++ gcc ?");
}

static void
test_not_compilers(void **state)
{
	(void)state;
	PUT_GCC("/usr/bin/aarch64-linux-gnu-g++-12", "12.2.0");
	PUT_GCC("/usr/bin/x86_64-w64-mingw32-g++", "12.0.0");
	PUT_GCC("/usr/bin/g++-12-extra", "12.2.0");
	PUT_GCC("/usr/bin/afl-g++", "12.2.0");
	PUT_GCC("/usr/bin/mpic++", "12.2.0");
	PUT_GCC("/usr/bin/g++filt", "12.2.0");
	PUT_GCC("/usr/bin/++", "12.2.0");
	PUT_GCC("/usr/bin/g++-9", "9.5.0");
	assert_int_equal(chmod(in_root("/usr/bin/g++-9"), 0644), 0);
	put_text("/usr/bin/g++-8/file", "");
	put_link("/usr/bin/g++-7", "g++-7");
	put_link("/usr/bin/g++-6", "nowhere");
	/* a driver whose compiler is gone */
	PUT_GCC("/usr/bin/g++-10", "10.2.1");
	put_text("/usr/lib/gcc/x86_64-linux-gnu/10/crtbegin.o", "");
	put_program("/usr/bin/clang++-13", "", 0);
	expect("/usr/bin/clang++-13 clang 13");
}

static void
test_contradictions(void **state)
{
	(void)state;
	PUT_GCC("/usr/bin/g++-10", "11.3.0");	/* the file counts, not its name */
	put_program("/usr/bin/g++", "\0" SPECS "\0" "13.1.0\0" "12.1.0", sizeof(SPECS) + 15);
	put_program("/usr/bin/g++-13", "\0" SPECS "\0" "13.1.0\0" "12.1.0", sizeof(SPECS) + 15);
	put_text("/usr/bin/g++-5", "\177ELF");	/* cut off */
	put_text("/usr/bin/g++-4.8", "#!/bin/sh\n");
	expect("/usr/bin/g++-13 gcc 13.1.0\n/usr/bin/g++-10 gcc 11.3.0\n/usr/bin/g++-5 gcc 5\n/usr/bin/g++-4.8 gcc 4.8\n"
	       "/usr/bin/g++ gcc ?");
}

static int
set_up(void **state)
{
	static char folder[32];

	(void)state;
	strcpy(folder, "/tmp/cuenv-compiler-XXXXXX");
	run = (struct run){ .arena = run.arena, .root = mkdtemp(folder), .environ = environment };
	return run.root ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static int
tear_down(void **state)
{
	(void)state;
	return nftw(run.root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing), TEST(test_debian), TEST(test_other_distributions), TEST(test_conda_and_nix),
		TEST(test_fronts), TEST(test_not_compilers), TEST(test_contradictions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
