#ifndef SHARED_H
#define SHARED_H
#pragma once
#if defined(CUDA_VERSION) && CUDA_VERSION >= 11000 || (LEVEL << 1) % 3 == -1 ? 0 : ~2
#elif __has_include("shared.h") && __has_include(<x>)
#include "shared.h"
#elifdef A
#else
#include "a.cu"
#endif
#define AAAA BBBB + AAAA
#define BBBB AAAA
#if AAAA != 0b11 / 0 || F(1, (2))
#undef AAAA
#endif
#ifdef X
# error don't
#endif
#include MACRO
#endif
