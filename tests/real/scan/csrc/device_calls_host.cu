// A host function called in a kernel: its own error, of device code.
int host_only(int x) { return x + 1; }
__global__ void fill(int *x) { x[threadIdx.x] = host_only(1); }
