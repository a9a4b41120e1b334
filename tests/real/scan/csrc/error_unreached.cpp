// One that is not.
#if LEVEL == 4
#error "LEVEL has to be 3"
#endif
#ifndef __cplusplus
#error "C++ only"
#endif
