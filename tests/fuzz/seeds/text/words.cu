// a comment \
   that goes on
#include <ATen/ATen.h> /* one */
#include "shared.h"
#define CHECK(x) \
	TORCH_CHECK(x.is_cuda(), #x " must be a CUDA tensor")
const char *raw = R"x(not "the end" )y" )x", *plain = "a \" b", c = '\'';
long n = 1'000'000 + 0x1.8p+3;
void f(at::Tensor x) { CHECK(x); AT_DISPATCH_FLOATING_TYPES(x.type(), "f", [&] { g<scalar_t>(x); }); }
texture<float, 2> image; ::cudaMalloc(0, 1); a->b::c<d>::e();
