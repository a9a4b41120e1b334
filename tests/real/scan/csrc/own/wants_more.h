#include "absent_behind_a_header.h"
