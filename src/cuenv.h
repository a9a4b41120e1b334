/*
 * cuenv.h: the nouns. Every struct that one stage hands to another is here; read this first.
 *
 * discover finds leads, inspect turns them into facts (toolkit, torch, python, compiler), machine.c joins the facts into
 * one struct machine, select picks a toolkit from it, verify proves it, cli prints. Stages know each other only by these.
 * All text lives in the run's arena, ends in NUL and is never freed; NULL means "not known".
 */
#ifndef CUENV_H
#define CUENV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/version.h"

/* A place worth looking at: who named it and what was seen there. Sources point, inspectors decide. */
struct lead {
	const char *path;	/* absolute path in the world; a toolkit's root, or an nvcc when is_nvcc */
	const char *source;	/* name of the source, as in discover/sources.def */
	const char *saw;	/* for people: "CUDA_HOME=/opt/cuda", "link in PATH"; never NULL */
	bool is_nvcc;		/* path is an executable called nvcc (ELF, link or script), not a root */
};
struct leads { struct lead *item; size_t n; };

/* The parts of a toolkit that decide what it can do; rows in inspect/parts.def. */
enum part {
#define PART(id, label, needed) PART_##id,
#include "inspect/parts.def"
#undef PART
	PART_COUNT
};

/* What a toolkit can be used for; the three are judged apart because layouts break them apart. */
enum ability {
	CAN_COMPILE = 1,	/* nvcc -c of a plain .cu */
	CAN_LINK = 2,		/* nvcc links an executable with its default static cudart */
	CAN_EXTEND = 4,		/* a torch extension: library headers and libcudart.so in an -L directory */
};

enum state { STATE_BUILDS, STATE_RUNTIME_ONLY, STATE_BROKEN };

/* One statement of a version and the file that made it. */
struct claim {
	const char *about;	/* "nvcc", "cuda.h", "cudart", "version.json", "directory", … */
	const char *file;	/* the file that says so */
	struct version version;
};
struct claims { struct claim *item; size_t n; };

struct toolkit {
	const char *root;		/* real path; what CUDA_HOME should be */
	struct version version;		/* nvcc's full build version where there is an nvcc (11.8.89), else the headers' or cudart's */
	const char *layout;		/* "nvidia", "debian", "conda", "wheel", "hpc-sdk", …: name of the layout it was read as */
	const char *nvcc;		/* the nvcc to call: beside its nvcc.profile, links not resolved; NULL when there is none */
	struct strings include_dirs;	/* where its headers are, in the order that nvcc or torch searches them */
	struct strings lib_dirs;	/* where its libraries are, likewise */
	const char *part[PART_COUNT];	/* the file that is this part; NULL when missing */
	struct strings missing;		/* names of the parts that some ability lacks */
	unsigned abilities;		/* enum ability, or-ed */
	enum state state;
	struct claims claims;		/* every version statement found */
	const char *contradiction;	/* one sentence when claims disagree on major.minor, else NULL */
	const char *gap;		/* one sentence on what keeps it from building a torch extension, else NULL */
	const char *remedy;		/* the command that closes the gap, else NULL */
	int gcc_max;			/* highest GCC major that crt/host_config.h accepts; 0: no limit stated */
	int clang_max;			/* highest clang major likewise */
	struct strings found_by;	/* "source: what it saw", one for each lead */
	bool active;			/* what a build started here and now would take (see machine.c) */
	struct strings named;		/* the paths of the command line that lead to it, as given */
};
struct toolkits { struct toolkit *item; size_t n; };

struct python {
	const char *executable;		/* as the user would type it */
	const char *real;		/* the binary behind shims, links and pyvenv.cfg */
	const char *prefix;		/* sys.prefix */
	const char *base_prefix;	/* sys.base_prefix; equals prefix outside a venv */
	const char *tag;		/* "cp311", "cp313t" */
	struct version version;		/* 3.11 or 3.11.2, as far as files tell */
	const char *include_dir;	/* where Python.h is; NULL when the headers are not installed */
	struct strings site_dirs;	/* site-packages in sys.path order */
	const char *chosen_by;		/* "--python", "VIRTUAL_ENV", "CONDA_PREFIX", ".venv", "PATH" */
};

struct torch {
	const char *dir;		/* …/site-packages/torch, links not resolved */
	const char *version;		/* "2.5.1+cu124", verbatim from torch/version.py; NULL when that tells none */
	const char *origin;		/* "PyPI wheel", "pytorch channel", "conda-forge", "Debian", "source", "unknown" */
	const char *origin_from;	/* the evidence, as for all …_from */
	struct version cuda;		/* n == 0: not a CUDA build */
	const char *hip;		/* ROCm version or NULL */
	const char *cudnn;		/* "9.1.0.70", "8", or NULL */
	const char *cudnn_from;
	int cxx11_abi;			/* value of _GLIBCXX_USE_CXX11_ABI: 0, 1; -1: not known */
	const char *cxx11_abi_from;
	struct strings archs;		/* "sm_80", …, "compute_90" as torch was compiled for */
	const char *archs_from;
	int cxx_std;			/* C++ standard that its headers demand: 14, 17, 20; 0: not known */
	const char *cxx_std_from;	/* the file that demands it */
	int gcc_min, clang_min;		/* lowest majors that its headers accept; 0: any */
	const char *gcc_min_from;	/* the file that refuses older ones */
	const char *cudart_soname;	/* what torch's libraries need: "libcudart.so.12", "libcudart-e409450e.so.11.0" */
	const char *cudart_from;	/* the library that needs it: libc10_cuda.so, in torch 1.13 libtorch_cuda_cpp.so */
	const char *cudart_file;	/* the file that RUNPATH finds for it; NULL when none: left to ld.so */
	struct strings include_dirs;	/* for -isystem, as torch.utils.cpp_extension.include_paths() */
	const char *lib_dir;		/* where libtorch*.so are */
};

struct compiler {
	const char *path;		/* as found, absolute: "/usr/bin/g++-11" */
	const char *real;		/* links resolved */
	bool is_clang;
	struct version version;		/* n == 0: the files do not tell */
};
struct compilers { struct compiler *item; size_t n; };

/* The kernel's part of CUDA, which every program shares. */
struct driver {
	const char *version;	/* "535.129.03", "535.129.03 (not loaded)", "L4T 32.6.1", "of Windows" */
	struct version cuda;	/* the newest CUDA that it runs; n == 0: not known */
};

enum severity { SEVERITY_NOTE, SEVERITY_WARN, SEVERITY_FAIL };

/* Something about the user's set-up that a build would trip over. */
struct finding {
	const char *code;		/* stable: "CE201" */
	enum severity severity;
	const char *what;		/* one sentence, the cause */
	struct strings evidence;	/* "file: value", one for each */
	const char *remedy;		/* a command to type, or what to change */
};
struct findings { struct finding *item; size_t n; };

/* Something measured or read that speaks for the verdict: "cudart", "libcudart.so.12 needed, torch loads the same". */
struct fact { const char *name, *value; };
struct facts { struct fact *item; size_t n; };

/* One change of an environment; what switching means is a list of them, made once and rendered by every emitter. */
enum change_kind {
	CHANGE_SET,	/* name becomes value */
	CHANGE_UNSET,	/* name is no more */
	CHANGE_PREPEND,	/* value becomes the first element of the ':' list name; the rest stays as it is */
	CHANGE_REMOVE,	/* value's first place in the ':' list name is taken out; a list that becomes empty is unset */
};
struct change { enum change_kind kind; const char *name, *value; };
struct changes { struct change *item; size_t n; };

/* A GPU, as /proc, /sys or the board tell. */
struct gpu {
	const char *name;	/* "NVIDIA GeForce RTX 3060"; "PCI 10de:2504" where only the bus tells */
	const char *arch;	/* "86"; NULL: in no table */
	const char *from;	/* the file that names it */
};
struct gpus { struct gpu *item; size_t n; };

/* A file that a program which asks for libcuda.so.1 may get, in the order of the places where they are kept. */
struct libcuda {
	const char *path, *real;
	const char *version;	/* of the driver that it belongs to, by the file's name: "535.129.03"; NULL: the name tells none */
	enum libcuda_kind { LIBCUDA_DRIVER, LIBCUDA_WSL, LIBCUDA_TEGRA, LIBCUDA_COMPAT, LIBCUDA_STUB } kind;
	bool configured;	/* LD_LIBRARY_PATH or ld.so.conf names its folder */
};
struct libcudas { struct libcuda *item; size_t n; };

/* An installed cuDNN; one entry for one place. */
struct cudnn {
	const char *version;	/* "9.1.0.70", "8" */
	const char *dir;	/* where its libraries are, or its header */
	const char *from;	/* the file that tells the version */
};
struct cudnns { struct cudnn *item; size_t n; };

/* A package of the Python at hand, by its dist-info or egg-info. */
struct package {
	const char *name;	/* as the folder writes it: "onnxruntime_gpu" */
	const char *version;
	const char *info;	/* that folder */
};
struct packages { struct package *item; size_t n; };

/* A library other than torch that brings CUDA code, and what it was built with. */
struct framework {
	const char *name;	/* "TensorFlow", "jax", "CuPy", "onnxruntime" */
	const char *version;
	const char *cuda, *cudnn;	/* "12.5", "12"; NULL: not told, or none */
	const char *from;		/* the file that says so */
};
struct frameworks { struct framework *item; size_t n; };

/* What all programs here share besides the driver. */
struct computer {
	const char *cpu;		/* "x86_64" */
	const char *libc;		/* "2.36"; NULL: not known, as for musl */
	const char *libc_from;		/* the file that tells */
	int cores;			/* that this process may use; 0: another machine's */
	long long memory;		/* bytes that a new process can have; -1: not known */
	const char *memory_from;	/* "MemAvailable", or the cgroup's file */
};

/* Parts of the machine that a command can ask for; only what is asked for is surveyed. */
enum need {
	NEED_TOOLKITS = 1,
	NEED_TORCH = 2,
	NEED_COMPILERS = 4,
	NEED_DRIVER = 16,
	NEED_DETAILS = 8,	/* of toolkits: layout, gcc_max, clang_max */
	NEED_GPUS = 32,
	NEED_LIBRARIES = 64,	/* libcudas, cudnns */
	NEED_PACKAGES = 128,	/* packages, frameworks */
	NEED_COMPUTER = 256,
};

/* All that is known, const once surveyed. */
struct machine {
	struct toolkits toolkits;	/* newest first; builders before runtime-only ones of the same version */
	struct python *python;		/* the Python at hand, or NULL */
	struct torch *torch;		/* its torch, or NULL */
	struct driver *driver;		/* or NULL */
	struct compilers compilers;	/* newest first, GCC before clang */
	const char *active_by;		/* what leads to the active toolkit: "CUDA_HOME=/opt/cuda", "first on PATH", "/usr/local/cuda" */
	const struct toolkit *toolkit;	/* the one that is judged: the active one, until somebody names another; or NULL */
	struct gpus gpus;
	struct libcudas libcudas;
	struct cudnns cudnns;
	struct packages packages;
	struct frameworks frameworks;
	struct computer *computer;	/* or NULL */
};

#endif
