// C++20 in a .cu.
#include <compare>
struct pair {
	int a, b;
	auto operator<=>(const pair &) const = default;
};
bool less(pair a, pair b) { return a < b; }
