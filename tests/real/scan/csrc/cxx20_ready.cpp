// C++20 where it is given: compiles either way.
#if __cplusplus >= 202002L
#include <span>
int first(std::span<int> s) { return s[0]; }
#else
int first(int *s) { return s[0]; }
#endif
