// c10::guts::to_string likewise; the header stayed.
#include <c10/util/string_utils.h>
#include <c10/util/C++17.h>
#include <string>
std::string three() { return c10::guts::to_string(3); }
