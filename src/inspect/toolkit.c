#include "inspect/inspect.h"
bool inspect_toolkit(struct run *run, const struct lead *lead, struct toolkit *out){(void)run;(void)lead;(void)out;return false;}
