/* What scale.cu gives to module.cpp. */
#pragma once

#ifdef CUENV_FULL
#include <torch/extension.h>
#else
#include <ATen/core/TensorBody.h>
#endif

/* x * factor, for float32 tensors on the CPU or a GPU; anything else is a c10::Error. */
at::Tensor scale(const at::Tensor &x, double factor);

/* What cudaRuntimeGetVersion says to this extension: 12040 is CUDA 12.4. */
int runtime_version();
