// c10/util/variant.h left torch between 2.0 and 2.5.
#include <c10/util/variant.h>
c10::variant<int, float> none() { return 0; }
