// What GNU C++ has: compiles.
int square_of(int n)
{
	int many[n];
	many[0] = ({ int x = n; x * x; });
	static const int by_kind[] = { [0] = 1, [1] = 2 };
	__int128 wide = many[0];
	return (int)wide + by_kind[1] + (n ?: 3);
}
__attribute__((optimize("O3"), noclone)) int fast(int n) { return n + __builtin_constant_p(n); }
