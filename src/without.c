/*
 * For the static program, in place of the libraries that this system has no archive of (Debian: cJSON, and from 13 on libelf):
 * the first call of any of their functions makes the process cuenv-full, which starts over with all of them. Nothing has been
 * printed or written by then, for what a verb needs of the machine is read before it begins. Most quick verbs call none.
 */
#include "main.h"

#define ABSENT(name) \
	void name(void); \
	void \
	name(void) \
	{ \
		start_over(); \
	}
#define PRESENT(name)

#if WITHOUT_LIBELF
#define LIBELF ABSENT
#else
#define LIBELF PRESENT
#endif
#if WITHOUT_LIBPKGCONF
#define LIBPKGCONF ABSENT
#else
#define LIBPKGCONF PRESENT
#endif
#if WITHOUT_ZLIB
#define ZLIB ABSENT
#else
#define ZLIB PRESENT
#endif
#if WITHOUT_CJSON
#define CJSON ABSENT
#else
#define CJSON PRESENT
#endif

#include "libraries.def"
