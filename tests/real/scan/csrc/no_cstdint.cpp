// A type used without its header: g++ 13 took <cstdint> out of others, 11 and 12 bring it with <string>.
#include <string>
uint32_t length(const std::string &s) { return (uint32_t)s.size(); }
