// Headers that are not there, where they are not reached: compiles.
#include <cstddef>
#ifdef NO_ONE_DEFINES_THIS
#include "absent.h"
#endif
#if !defined(WITH_CUDA) || LEVEL < 3
#include "absent_too.h"
#endif
#if __has_include("absent.h")
#include "absent.h"
#endif
#if 0
#include <THC/THC.h>
#endif
/* #include <THC/THC.h> */ // #include <THC/THC.h>
const char *told = "#include <THC/THC.h>";
const char *raw = R"(
#include <THC/THC.h>
#error this is a text
)";
#ifdef __clang__
#error a compiler that this is not built with
#endif
