// An #error that is reached.
#if LEVEL != 4
#error "LEVEL has to be 4"
#endif
