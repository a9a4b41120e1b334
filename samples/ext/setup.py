"""CUDA_HOME="$(cuenv prefix torch)" python setup.py build_ext --inplace"""
from setuptools import setup
from torch.utils.cpp_extension import BuildExtension, CUDAExtension

name = "cuenv_sample"
setup(
    name=name,
    version="1.0",
    ext_modules=[CUDAExtension(name, ["module.cpp", "scale.cu"])],
    cmdclass={"build_ext": BuildExtension},
)
