// C10_FALLTHROUGH likewise.
#include <c10/macros/Macros.h>
int kind(int n)
{
	switch (n) {
	case 1: n++; C10_FALLTHROUGH;
	default: return n;
	}
}
