/* The declarations of scan/clang.h beside the real headers of clang, where the build found some; and the real libraries. */
#define _GNU_SOURCE
#include "scan/clang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/world.h"

extern char **environ;

#if CUENV_HAS_CLANG_HEADERS
#include <clang-c/Index.h>

#define SAME(mine, theirs) _Static_assert(sizeof(struct mine) == sizeof(theirs), #theirs)
#define AT(mine, a, theirs, b) _Static_assert(offsetof(struct mine, a) == offsetof(theirs, b), #theirs "." #b)
#define IS(mine, theirs) _Static_assert((int)mine == (int)theirs, #theirs)
SAME(clang_string, CXString);
AT(clang_string, flags, CXString, private_flags);
SAME(clang_location, CXSourceLocation);
AT(clang_location, at, CXSourceLocation, int_data);
SAME(clang_range, CXSourceRange);
AT(clang_range, end, CXSourceRange, end_int_data);
SAME(clang_cursor, CXCursor);
AT(clang_cursor, data, CXCursor, data);
SAME(clang_type, CXType);
AT(clang_type, data, CXType, data);
SAME(clang_token, CXToken);
AT(clang_token, pointer, CXToken, ptr_data);
SAME(clang_unsaved, struct CXUnsavedFile);
AT(clang_unsaved, size, struct CXUnsavedFile, Length);
IS(CLANG_STRUCT, CXCursor_StructDecl);
IS(CLANG_UNION, CXCursor_UnionDecl);
IS(CLANG_CLASS, CXCursor_ClassDecl);
IS(CLANG_ENUM, CXCursor_EnumDecl);
IS(CLANG_FIELD, CXCursor_FieldDecl);
IS(CLANG_ENUMERATOR, CXCursor_EnumConstantDecl);
IS(CLANG_FUNCTION, CXCursor_FunctionDecl);
IS(CLANG_VARIABLE, CXCursor_VarDecl);
IS(CLANG_PARAMETER, CXCursor_ParmDecl);
IS(CLANG_TYPEDEF, CXCursor_TypedefDecl);
IS(CLANG_METHOD, CXCursor_CXXMethod);
IS(CLANG_NAMESPACE, CXCursor_Namespace);
IS(CLANG_LINKAGE, CXCursor_LinkageSpec);
IS(CLANG_CONSTRUCTOR, CXCursor_Constructor);
IS(CLANG_DESTRUCTOR, CXCursor_Destructor);
IS(CLANG_CONVERSION, CXCursor_ConversionFunction);
IS(CLANG_FUNCTION_TEMPLATE, CXCursor_FunctionTemplate);
IS(CLANG_CLASS_TEMPLATE, CXCursor_ClassTemplate);
IS(CLANG_PARTIAL, CXCursor_ClassTemplatePartialSpecialization);
IS(CLANG_ALIAS, CXCursor_TypeAliasDecl);
IS(CLANG_LAMBDA, CXCursor_LambdaExpr);
IS(CLANG_CUDA_CONSTANT, CXCursor_CUDAConstantAttr);
IS(CLANG_CUDA_DEVICE, CXCursor_CUDADeviceAttr);
IS(CLANG_CUDA_GLOBAL, CXCursor_CUDAGlobalAttr);
IS(CLANG_CUDA_HOST, CXCursor_CUDAHostAttr);
IS(CLANG_CUDA_SHARED, CXCursor_CUDASharedAttr);
IS(CLANG_UCHAR, CXType_UChar);
IS(CLANG_ULONGLONG, CXType_ULongLong);
IS(CLANG_UINT128, CXType_UInt128);
IS(CLANG_MACRO, CXCursor_MacroDefinition);
IS(CLANG_EXPANSION, CXCursor_MacroExpansion);
IS(CLANG_INCLUSION, CXCursor_InclusionDirective);
IS(CLANG_FATAL, CXDiagnostic_Fatal);
IS(CLANG_IGNORED, CXDiagnostic_Ignored);
IS(CLANG_WITH_MACROS, CXTranslationUnit_DetailedPreprocessingRecord);
IS(CLANG_INCOMPLETE, CXTranslationUnit_Incomplete);
IS(CLANG_FOR_SAVING, CXTranslationUnit_ForSerialization);
IS(CLANG_NO_BODIES, CXTranslationUnit_SkipFunctionBodies);
IS(CLANG_KEEP_GOING, CXTranslationUnit_KeepGoing);
IS(CLANG_DONE, CXError_Success);
IS(CLANG_FAILED, CXError_Failure);
IS(CLANG_CRASHED, CXError_Crashed);
IS(CLANG_ARGUMENTS, CXError_InvalidArguments);
IS(CLANG_AST, CXError_ASTReadError);
IS(CLANG_LINK_INTERNAL, CXLinkage_Internal);
IS(CLANG_LINK_EXTERNAL, CXLinkage_External);
IS(CLANG_BREAK, CXChildVisit_Break);
IS(CLANG_RECURSE, CXChildVisit_Recurse);

/* Each row is a function that clang-c declares. */
#define CLANG(result, name, takes) \
	_Static_assert(_Generic(&clang_##name, default: 1), "clang_" #name " is declared");
#include "scan/clang.def"
#undef CLANG
#endif

static struct run
fresh(void)
{
	return (struct run){ .root = "", .environ = environ, .cwd = "/" };
}

static bool
load(struct run *run, struct clang *clang)
{
	const char *why = NULL;

	if (clang_load(run, clang, &why))
		return true;
	assert_non_null(strstr(why, "sudo apt install"));
	print_message("skipped: %s\n", why);
	return false;
}

static void
loads(void **state)
{
	struct run run = fresh();
	struct clang clang;

	(void)state;
	if (!load(&run, &clang))
		skip();
	assert_true(clang.major >= 14 && clang.major <= 99);
	assert_int_equal(atoi(clang.version), clang.major);
	assert_int_equal(clang.path[0], '/');
	assert_true(world_is_file(&run, clang.path));
	if (clang.resource_dir)
		assert_true(world_is_file(&run, str_format(&run.arena, "%s/include/stddef.h", clang.resource_dir)));
}

static int
names(struct clang_cursor cursor, struct clang_cursor parent, void *context)
{
	struct { struct run *run; const struct clang *clang; struct strings seen; } *to = context;
	const char *name = clang_text(to->run, to->clang, to->clang->getCursorSpelling(cursor));

	(void)parent;
	if (to->clang->getCursorKind(cursor) == CLANG_STRUCT)
		strings_add(&to->run->arena, &to->seen, str_format(&to->run->arena, "%s %lld", name,
			    to->clang->Type_getSizeOf(to->clang->getCursorType(cursor))));
	return CLANG_CONTINUE;
}

/* A call of each kind: structs by value both ways, an unsaved file, a visitor. */
static void
parses(void **state)
{
	struct run run = fresh();
	struct clang clang;
	const char *source = "struct pair { char a; int b; }; int x = y;\n";
	struct clang_unsaved file = { "/nowhere/a.c", source, strlen(source) };
	void *index, *unit = NULL, *diagnostic, *where;
	unsigned line, column, offset;

	(void)state;
	if (!load(&run, &clang))
		skip();
	struct { struct run *run; const struct clang *clang; struct strings seen; } to = { &run, &clang, { 0 } };
	index = clang.createIndex(0, 0);
	assert_int_equal(clang.parseTranslationUnit2(index, file.file, NULL, 0, &file, 1, 0, &unit), CLANG_DONE);
	assert_int_equal(clang.getNumDiagnostics(unit), 1);
	diagnostic = clang.getDiagnostic(unit, 0);
	assert_int_equal(clang.getDiagnosticSeverity(diagnostic), CLANG_ERROR);
	assert_string_equal(clang_text(&run, &clang, clang.getDiagnosticSpelling(diagnostic)), "use of undeclared identifier 'y'");
	clang.getFileLocation(clang.getDiagnosticLocation(diagnostic), &where, &line, &column, &offset);
	assert_string_equal(clang_text(&run, &clang, clang.getFileName(where)), file.file);
	assert_int_equal(column, 41);
	clang.visitChildren(clang.getTranslationUnitCursor(unit), names, &to);
	assert_int_equal(to.seen.n, 1);
	assert_string_equal(to.seen.item[0], "pair 8");
	clang.disposeTranslationUnit(unit);
	clang.disposeIndex(index);
}

static void
named(void **state)
{
	char *environment[] = { "CUENV_LIBCLANG=lib/other.so", NULL };
	struct run run = { .root = "", .environ = environment, .cwd = "/nowhere" };
	struct strings places = clang_places(&run);
	struct clang clang = { 0 };
	const char *why = NULL;

	(void)state;
	assert_int_equal(places.n, 1);
	assert_string_equal(places.item[0], "/nowhere/lib/other.so");
	assert_false(clang_load(&run, &clang, &why));
	assert_non_null(strstr(why, "/nowhere/lib/other.so"));
	assert_null(clang.path);
}

/* No library of an environment, and none that LD_LIBRARY_PATH leads to: files of the system's own folders. */
static void
of_the_system(void **state)
{
	char *environment[] = { "LD_LIBRARY_PATH=/tmp", "VIRTUAL_ENV=/tmp", "CONDA_PREFIX=/tmp", NULL };
	struct run run = { .root = "", .environ = environment, .cwd = "/tmp" };
	struct strings places = clang_places(&run);

	(void)state;
	for (size_t i = 0; i < places.n; i++) {
		assert_true(str_starts(places.item[i], "/usr/lib/") || str_starts(places.item[i], "/usr/lib64/"));
		assert_true(world_is_file(&run, places.item[i]));
	}
	run.libclang = "own.so";
	environment[0] = "CUENV_LIBCLANG=/other.so";
	places = clang_places(&run);
	assert_int_equal(places.n, 1);
	assert_string_equal(places.item[0], "/tmp/own.so");
}

/* A library that is something else is told, and the next place is tried. */
static void
others(void **state)
{
	struct run run = fresh();
	struct clang clang = { 0 };
	const char *why = NULL;

	(void)state;
	assert_false(clang_open(&run, "libm.so.6", &clang, &why));
	assert_non_null(strstr(why, "libm.so.6 has no clang_getClangVersion"));
	assert_null(clang.path);
	run.root = "/tmp";
	assert_false(clang_load(&run, &clang, &why));
	assert_non_null(strstr(why, "--root"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loads),
		cmocka_unit_test(parses),
		cmocka_unit_test(named),
		cmocka_unit_test(of_the_system),
		cmocka_unit_test(others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
