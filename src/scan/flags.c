/*
 * A build's flags as libclang's. CUDA is parsed as the host compiler sees it. What clang's driver would do for --cuda-path is
 * spelled out (headers, cuda_wrappers, the SDK's version), because it knows NVIDIA's own layout alone and not the newest
 * CUDA; 11.0 is new enough for <<<>>> as all of them mean it, and known to every clang since 14.
 */
#define _GNU_SOURCE
#include <string.h>

#include "base/path.h"
#include "base/remember.h"
#include "base/trust.h"
#include "base/world.h"
#include "build/compiler.h"
#include "scan/engine.h"

/*
 * What nvcc's cuda_runtime.h gives host code (crt/math_functions.hpp, the same in 11.2 to 13.2) and clang's wrapper does not:
 * min and max of whole numbers in each mixture, and what <math.h> has in the global namespace. Templates, because clang 19
 * takes a host and a device function of one signature in a precompiled header for the same one where it reads C++20.
 */
#define FLAGS_HOST_MATH "cuenv_host_math.h"
static const char host_math[] =
	"#pragma once\n#include <math.h>\n"
	"#define CUENV_1(name, T, A, B) template <int = 0> static inline __attribute__((host)) T name(A a, B b) "
	"{ return (T)(a < b ? a : b); }\n"
	"#define CUENV_2(T, A, B) CUENV_1(min, T, A, B) CUENV_1(max, T, A, B)\n"
	"#define CUENV_4(S, U) CUENV_2(S, S, S) CUENV_2(U, U, U) CUENV_2(U, S, U) CUENV_2(U, U, S)\n"
	"CUENV_4(int, unsigned) CUENV_4(long, unsigned long) CUENV_4(long long, unsigned long long)\n"
	"CUENV_2(float, float, float) CUENV_2(double, double, double) CUENV_2(double, float, double)\n"
	"CUENV_2(double, double, float) CUENV_1(umin, unsigned, unsigned, unsigned) CUENV_1(umax, unsigned, unsigned, unsigned)\n"
	"CUENV_1(llmin, long long, long long, long long) CUENV_1(llmax, long long, long long, long long)\n"
	"CUENV_1(ullmin, unsigned long long, unsigned long long, unsigned long long)\n"
	"CUENV_1(ullmax, unsigned long long, unsigned long long, unsigned long long)\n"
	"#undef CUENV_1\n#undef CUENV_2\n#undef CUENV_4\n";

/* Written where it is not there yet: a precompiled header wants to see its headers unchanged. */
static void
write_once(struct engine *engine, const char *name, const char *text)
{
	const char *path = path_join(&engine->run->arena, engine->dir, name);
	struct blob old;

	if (!trust_read(engine->run, "scan", path, 1 << 16, &old) || strcmp(old.data, text) != 0)
		world_write(engine->run, path, text, strlen(text));
}

void
flags_headers(struct engine *engine)
{
	write_once(engine, "headers/texture_fetch_functions.h", "");	/* CUDA 13 has none, and clang's wrapper wants it */
	write_once(engine, "headers/" FLAGS_HOST_MATH, host_math);
}

static void
add(struct run *run, struct strings *argv, const char *a, const char *b)
{
	strings_add(&run->arena, argv, a);
	if (b)
		strings_add(&run->arena, argv, b);
}

/* The folder of a GCC's libgcc where its C++ headers are there too: clang would take the newest libgcc, with or without them. */
static const char *
gcc_of(struct run *run, int major)
{
	struct strings triples = { 0 };
	const char *headers = str_format(&run->arena, "/usr/include/c++/%d/vector", major);

	if (!world_is_file(run, headers) || !world_list(run, "/usr/lib/gcc", &triples))
		return NULL;
	for (size_t i = 0; i < triples.n; i++) {
		const char *dir = str_format(&run->arena, "/usr/lib/gcc/%s/%d", triples.item[i], major);

		if (world_is_dir(run, dir))
			return dir;
	}
	return NULL;
}

/* The GCC whose headers the build would use, else the newest that the toolkit accepts; its major in *major. */
static const char *
choose_gcc(struct run *run, const struct machine *machine, int *major)
{
	static const struct toolkit any;
	const struct toolkit *toolkit = machine->toolkit ? machine->toolkit : &any;
	const struct compiler *best = compiler_here(run, machine, toolkit).compiler;

	for (size_t i = 0; i <= machine->compilers.n; i++) {
		const struct compiler *c = i ? &machine->compilers.item[i - 1] : best;
		bool usable = c && !c->is_clang && compiler_fit(machine, toolkit, false, &c->version) <= COMPILER_UNREADABLE;
		const char *dir = usable ? gcc_of(run, c->version.part[0]) : NULL;

		if (dir) {
			*major = c->version.part[0];
			return dir;
		}
	}
	*major = 0;
	return NULL;
}

static void
add_language(struct engine *engine, const struct scan_flags *flags, struct strings *argv)
{
	struct run *run = engine->run;
	int major;
	const char *gcc = choose_gcc(run, engine->plan->machine, &major);
	int std = flags->std ? flags->std : major && major < 11 ? 14 : 17;

	add(run, argv, "-x", flags->cuda ? "cuda" : "c++");
	add(run, argv, std > 20 ? "-std=c++2b" : str_format(&run->arena, "-std=c++%02d", std), NULL);
	add(run, argv, str_format(&run->arena, "-resource-dir=%s", engine->clang->resource_dir), NULL);
	if (gcc && engine->clang->major >= 16)
		add(run, argv, str_format(&run->arena, "--gcc-install-dir=%s", gcc), NULL);
	add(run, argv, "-w", "-ferror-limit=0");
	add(run, argv, "-Wno-error", "-Wno-narrowing");
	add(run, argv, "-Wno-register", "-fPIC");
	add(run, argv, "-Xclang", "-fallow-pch-with-compiler-errors");
	add(run, argv, "-ftemplate-depth=1024", "-D__NV_NO_HOST_COMPILER_CHECK=1");
	if (!flags->cuda)
		return;
	add(run, argv, "--cuda-host-only", "-nocudainc");
	add(run, argv, "-nocudalib", "-Wno-unknown-cuda-version");
	add(run, argv, "-Xclang", "-target-sdk-version=11.0");
	add(run, argv, "-Xclang", "-fcuda-allow-variadic-functions");
	add(run, argv, "-D_NV_RSQRT_SPECIFIER=", NULL);
	if (engine->clang->major < 16)	/* which take CUDA's macro __noinline__ for GCC 12's attribute */
		add(run, argv, "-include", "memory");
	add(run, argv, "-include", "__clang_cuda_runtime_wrapper.h");
	add(run, argv, "-include", path_join(&run->arena, engine->dir, "headers/" FLAGS_HOST_MATH));
	add(run, argv, "-isystem", str_format(&run->arena, "%s/include/cuda_wrappers", engine->clang->resource_dir));
}

/* nvcc's own macros of its version, which clang does not define. */
static void
add_nvcc(struct run *run, const struct toolkit *toolkit, struct strings *argv)
{
	const struct version *v = &toolkit->version;

	add(run, argv, str_format(&run->arena, "-D__CUDACC_VER_MAJOR__=%d", v->part[0]),
	    str_format(&run->arena, "-D__CUDACC_VER_MINOR__=%d", v->n > 1 ? v->part[1] : 0));
	add(run, argv, str_format(&run->arena, "-D__CUDACC_VER_BUILD__=%d", v->n > 2 ? v->part[2] : 0), NULL);
	for (size_t i = 0; i < toolkit->include_dirs.n; i++)
		add(run, argv, "-isystem", toolkit->include_dirs.item[i]);
}

static void
add_foreign(struct engine *engine, struct context *context)
{
	const struct machine *m = engine->plan->machine;
	const struct scan_flags *flags = context->flags;
	struct run *run = engine->run;
	const char *const fixed[] = { "/usr/include", "/usr/lib", "/usr/local/include", engine->clang->resource_dir, engine->dir };

	for (size_t i = 0; i < flags->system_dirs.n; i++)
		strings_add(&run->arena, &context->foreign, flags->system_dirs.item[i]);
	for (size_t i = 0; m->toolkit && i < m->toolkit->include_dirs.n; i++)
		strings_add(&run->arena, &context->foreign, m->toolkit->include_dirs.item[i]);
	if (m->torch)
		strings_add(&run->arena, &context->foreign, m->torch->dir);
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		strings_add(&run->arena, &context->foreign, fixed[i]);
}

static void
make_key(struct engine *engine, struct context *context)
{
	const struct machine *m = engine->plan->machine;
	struct run *run = engine->run;
	struct hash hash = HASH_START;

	hash_text(&hash, "cuenv scan 3 " CUENV_VERSION);
	hash_text(&hash, engine->clang->version);
	for (size_t i = 0; i < context->argv.n; i++)
		hash_text(&hash, context->argv.item[i]);
	for (size_t i = 0; i < context->flags->include_dirs.n; i++)
		hash_text(&hash, remember_identity(run, context->flags->include_dirs.item[i]));
	if (m->torch)
		hash_text(&hash, remember_identity(run, path_join(&run->arena, m->torch->dir, "version.py")));
	for (size_t i = 0; m->toolkit && i < m->toolkit->include_dirs.n; i++)
		hash_text(&hash, remember_identity(run, m->toolkit->include_dirs.item[i]));
	context->key = hash.a ^ hash.b;
}

void
flags_argv(struct engine *engine, struct context *context)
{
	const struct scan_flags *flags = context->flags;
	const struct toolkit *toolkit = engine->plan->machine->toolkit;
	struct strings *argv = &context->argv;
	struct run *run = engine->run;

	add_language(engine, flags, argv);
	for (size_t i = 0; i < flags->defines.n; i++)
		add(run, argv, str_format(&run->arena, "-D%s", flags->defines.item[i]), NULL);
	for (size_t i = 0; i < flags->undefines.n; i++)
		add(run, argv, str_format(&run->arena, "-U%s", flags->undefines.item[i]), NULL);
	for (size_t i = 0; i < flags->include_dirs.n; i++)
		add(run, argv, "-I", flags->include_dirs.item[i]);
	for (size_t i = 0; i < flags->system_dirs.n; i++)
		add(run, argv, "-isystem", flags->system_dirs.item[i]);
	if (toolkit && flags->cuda)
		add_nvcc(run, toolkit, argv);
	add(run, argv, "-idirafter", path_join(&run->arena, engine->dir, "headers"));
	for (size_t i = 0; i < flags->macros.n; i++)
		add(run, argv, "-imacros", flags->macros.item[i]);
	for (size_t i = 0; i < flags->forced.n; i++)
		add(run, argv, "-include", flags->forced.item[i]);
	add_foreign(engine, context);
	make_key(engine, context);
}
