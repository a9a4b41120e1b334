// Recursion, function pointers, a class with virtual functions, in device code.
__device__ int deep(int n) { return n ? deep(n - 1) + 1 : 0; }
struct base { __device__ virtual int is() { return 1; } };
struct derived : base { __device__ int is() override { return 2; } };
__global__ void work(int *x) { derived d; base *b = &d; int (*f)(int) = deep; x[threadIdx.x] = b->is() + f(3); }
