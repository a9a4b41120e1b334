// THC/THC.h left torch in 1.11.
#include <THC/THC.h>
extern THCState *state;
