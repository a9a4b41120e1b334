// A member that std::string does not have.
#include <string>
bool has(const std::string &s) { return s.contains_word("x"); }
