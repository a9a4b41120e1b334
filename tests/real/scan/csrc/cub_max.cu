// cub::Max left CUB with CUDA 13.0.
#include <cub/cub.cuh>
__global__ void most(int *x)
{
	typedef cub::BlockReduce<int, 128> reduce;
	__shared__ typename reduce::TempStorage room;
	int all = reduce(room).Reduce(x[threadIdx.x], cub::Max());
	if (threadIdx.x == 0) x[0] = all;
}
