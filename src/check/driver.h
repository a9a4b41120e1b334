/* driver.h: what the driver's and cuda-compat's versions allow. */
#ifndef CHECK_DRIVER_H
#define CHECK_DRIVER_H

#include "check/check.h"

/* The least driver that runs a CUDA major, by data/toolkits.json; n == 0: not known. */
struct version driver_floor(struct run *run, int major);

/* The user half that programs get: the version of the libcuda that is configured first, else the kernel's. */
struct version driver_version(const struct machine *machine);

/* The libcuda of a cuda-compat package that programs get, or NULL. */
const struct libcuda *driver_compat(const struct machine *machine);

#endif
