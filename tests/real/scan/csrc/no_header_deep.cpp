// The same, two headers down.
#include "wants_more.h"
int answer() { return 42; }
