/* The table of codes as a value, so that they can be listed. */
#include "verify/verify.h"

const struct code verify_codes[] = {
#define CODE(code, meaning) { #code, meaning },
#include "verify/codes.def"
#undef CODE
	{ NULL, NULL },
};
