// Assembly, intrinsics, and what only nvcc declares.
__device__ __managed__ int counter;
__constant__ float table[16];
__global__ void __launch_bounds__(128, 2) work(unsigned *x, double *d)
{
	extern __shared__ float room[];
	unsigned lane;
	asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane));
	atomicAdd(d, 1.0);
	__nanosleep(10);
	x[threadIdx.x] = __ballot_sync(0xffffffffu, lane & 1) + __popc(lane) + (unsigned)__ldg(&table[lane & 15]) + counter;
	room[threadIdx.x] = __saturatef(table[0]);
	__syncwarp();
}
