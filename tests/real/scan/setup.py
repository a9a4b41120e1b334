"""Sources that do not compile, for many reasons, beside others that only look so. Read by `cuenv scan`, and compiled one by
one by scripts/scan-truth and tests/real/scan.test; never built as a whole."""
import glob
import os

from setuptools import setup
from torch.utils.cpp_extension import BuildExtension, CUDAExtension

here = os.path.dirname(os.path.abspath(__file__))
setup(
    name="scan_sources",
    version="1",
    ext_modules=[CUDAExtension(
        name="scan_sources",
        sources=sorted(glob.glob("csrc/*.cpp") + glob.glob("csrc/*.cu")),
        include_dirs=[os.path.join(here, "csrc", "own")],
        define_macros=[("WITH_CUDA", None), ("LEVEL", "3")],
        extra_compile_args={"cxx": ["-std=c++17"], "nvcc": ["-std=c++17", "--expt-relaxed-constexpr", "--expt-extended-lambda"]},
    )],
    cmdclass={"build_ext": BuildExtension},
)
