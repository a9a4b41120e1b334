// printf, assert, new and clock in a kernel.
#include <cassert>
#include <cstdio>
__global__ void tell(int *x)
{
	assert(x);
	int *y = new int(3);
	printf("%d %lld\n", *y, clock64());
	delete y;
}
