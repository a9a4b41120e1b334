// Cooperative groups.
#include <cooperative_groups.h>
namespace groups = cooperative_groups;
__global__ void sum(int *x)
{
	groups::thread_block_tile<32> tile = groups::tiled_partition<32>(groups::this_thread_block());
	x[threadIdx.x] = tile.shfl_down(x[threadIdx.x], 1);
	tile.sync();
}
