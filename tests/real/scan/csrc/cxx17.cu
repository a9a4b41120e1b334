// C++17, which is given.
#include <optional>
#include <string_view>
template <typename T> int kind() { if constexpr (sizeof(T) == 4) return 4; else return 0; }
std::optional<int> find(std::string_view s) { if (auto n = s.size(); n > 3) return kind<float>(); return {}; }
