// C++20 by syntax: with -std=c++17 g++ refuses it.
template <typename T> concept small = sizeof(T) <= 4;
template <small T> T twice(T x) { return 2 * x; }
int four() { return twice(2); }
