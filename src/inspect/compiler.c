#include "inspect/inspect.h"
void inspect_compilers(struct run *run, struct compilers *out){(void)run;(void)out;}
