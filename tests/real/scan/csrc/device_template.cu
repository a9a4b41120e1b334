// A template that no one instantiates may hold what would not compile.
template <typename T> __global__ void never(T *x) { x->no_such_member(); x[0] = T::no_such_name(); }
template <typename T> __global__ void once(T *x) { x[threadIdx.x] *= static_cast<T>(2); }
template __global__ void once<double>(double *);
