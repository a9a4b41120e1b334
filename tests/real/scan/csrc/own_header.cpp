// A folder of the package's own that is called THC: compiles.
#include <THC/own.h>
int value() { return own_value(); }
