/*
 * The flags of a package that may be passed on to a compiler, where nothing of the package is to run. A list of what is known,
 * because what loads code has no common form: -fplugin=, -B, -specs=, -wrapper, -Xclang -load, -mllvm, -fmodule-mapper=|, nvcc's
 * -ccbin and -run, and what the next release brings. Folders and macros are no part of it: plan_flags.c reads them.
 */
#include <string.h>

#include "scan/plan.h"

/* A star stands for letters, digits and "_.,+-", and no path can be written with these. */
static const char *const known[] = {
	"-fopenmp", "-fopenmp-simd", "-fPIC", "-fpic", "-fPIE", "-fpie", "-pthread", "-pedantic",
	"-pedantic-errors", "-ansi", "-fpermissive", "-fexceptions", "-fno-exceptions", "-frtti", "-fno-rtti",
	"-fms-extensions", "-fconcepts", "-fconcepts-ts", "-fcoroutines", "-fchar8_t", "-fno-char8_t",
	"-fsized-deallocation", "-fno-sized-deallocation", "-faligned-new", "-fno-aligned-new",
	"-fno-operator-names", "-fno-builtin", "-fno-access-control", "-fno-threadsafe-statics",
	"-fext-numeric-literals", "-fno-ext-numeric-literals", "-fsigned-char", "-funsigned-char", "-fshort-enums",
	"-fno-elide-constructors", "-fno-implicit-templates", "-fno-gnu-unique", "-fno-semantic-interposition",
	"-fno-plt", "-ffast-math", "-fno-fast-math", "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros",
	"-fno-rounding-math", "-fassociative-math", "-freciprocal-math", "-ffinite-math-only",
	"-fno-finite-math-only", "-funsafe-math-optimizations", "-fno-unsafe-math-optimizations",
	"-ffp-contract=*", "-fstrict-aliasing", "-fno-strict-aliasing", "-fwrapv", "-fno-strict-overflow",
	"-fno-delete-null-pointer-checks", "-fstack-protector", "-fstack-protector-strong",
	"-fstack-protector-all", "-fno-stack-protector", "-fstack-clash-protection", "-fcf-protection",
	"-fcf-protection=*", "-fvisibility=*", "-fvisibility-inlines-hidden", "-fno-common",
	"-fomit-frame-pointer", "-fno-omit-frame-pointer", "-funroll-loops", "-fno-unroll-loops",
	"-ftree-vectorize", "-fno-tree-vectorize", "-fvectorize", "-finline-functions", "-fno-inline",
	"-ffunction-sections", "-fdata-sections", "-fasynchronous-unwind-tables", "-fabi-version=*",
	"-fabi-compat-version=*", "-ftemplate-depth=*", "-ftemplate-depth-*", "-fconstexpr-depth=*",
	"-fconstexpr-steps=*", "-fconstexpr-loop-limit=*", "-fconstexpr-ops-limit=*", "-fmax-errors=*",
	"-ferror-limit=*", "-fdiagnostics-color", "-fdiagnostics-color=*", "-fcolor-diagnostics",
	"-fno-diagnostics-show-caret", "-fbracket-depth=*", "-fdelayed-template-parsing",
	"-frelaxed-template-template-args", "-stdlib=*", "-m32", "-m64", "-m16", "-march=*", "-mtune=*", "-mcpu=*",
	"-mabi=*", "-mfpmath=*", "-mcmodel=*", "-mno-*", "-msse*", "-mssse3", "-mavx*", "-mfma*", "-mf16c",
	"-mbmi*", "-mpopcnt", "-mlzcnt", "-maes", "-mpclmul", "-mrdrnd", "-madx", "-mamx-*",
	"-mprefer-vector-width=*", "-mcx16", "-mabm", "-mmmx", "-mgfni", "-mvaes", "-mfpu=*", "-mfloat-abi=*",
	"-mlong-double-*", "--expt-extended-lambda", "-expt-extended-lambda", "--extended-lambda",
	"-extended-lambda", "--expt-relaxed-constexpr", "-expt-relaxed-constexpr", "-use_fast_math", "-rdc=*",
	"--relocatable-device-code=*", "-ftz=*", "--ftz=*", "-prec-div=*", "--prec-div=*", "-prec-sqrt=*",
	"--prec-sqrt=*", "-fmad=*", "--fmad=*", "--generate-line-info", "-restrict", "--restrict",
	"-maxrregcount=*", "--maxrregcount=*", "-default-stream=*", "--default-stream=*", "-diag-suppress=*",
	"--diag-suppress=*", "-diag-warn=*", "--diag-warn=*", "-diag-error=*", "--diag-error=*",
	"--disable-warnings", "--display-error-number", "--no-display-error-number", "-allow-unsupported-compiler",
	"--allow-unsupported-compiler", "-forward-unknown-to-host-compiler", "--forward-unknown-to-host-compiler",
	"-forward-unknown-opts", "--forward-unknown-opts", "-src-in-ptx", "--source-in-ptx",
	"--keep-device-functions", "-split-compile=*", "--split-compile=*", "-static-global-template-stub=*",
	"--static-global-template-stub=*", "-res-usage", "--resource-usage", "-extra-device-vectorization",
	"--extra-device-vectorization", "--no-host-device-move-forward",
};

static bool
fits(const char *word, const char *pattern)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,+-";
	size_t n = strcspn(pattern, "*");

	if (strncmp(word, pattern, n) != 0)
		return false;
	return pattern[n] ? !word[n + strspn(word + n, plain)] : !word[n];
}

bool
plan_known(const char *word)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (fits(word, known[i]))
			return true;
	return false;
}

bool
plan_known_include(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-/";

	return name[0] && !strchr("-./+", name[0]) && !name[strspn(name, plain)] && !strstr(name, "..");
}
