// A header that a configure step would have written.
#include "config_written_by_no_one.h"
int answer() { return ANSWER; }
