#ifndef CHECK_PYTHON_HEADERS_H
#define CHECK_PYTHON_HEADERS_H

#include "check/check.h"

void python_headers_lack(struct run *run, const struct python *python, enum severity severity, struct findings *out);

#endif
