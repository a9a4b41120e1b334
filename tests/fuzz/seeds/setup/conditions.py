import os, sys, torch
from torch.utils.cpp_extension import CUDAExtension, CppExtension
here = os.path.dirname(os.path.abspath(__file__))
args = {"cxx": ["-O3"], 'nvcc': ["-DA=1", "-U__CUDA_NO_HALF_OPERATORS__"] + os.getenv("FLAGS", "").split()}
def extensions():
    ext, macros = CppExtension, []
    sources = glob.glob(os.path.join(here, "csrc", "**", "*.cpp"), recursive=True)
    if (torch.cuda.is_available() and CUDA_HOME is not None) or os.getenv("FORCE_CUDA", "0") == "1":
        ext = CUDAExtension
        macros += [("WITH_CUDA", None), ("N", "3")]
        sources += glob.glob("csrc/*.cu")
    elif sys.platform == "win32" or not (torch.version.hip is None):
        raise RuntimeError("no")
    for head in [32, 64]:
        for kind in ["fp16", "bf16"]:
            sources.append(f"csrc/run_{kind}_{head}.cu")
    if torch.__version__ <= "1.12.1": args["cxx"] += ["-std=c++14"]
    else: args["cxx"].extend(["-std=c++17"])
    sources.remove("./csrc/run_fp16_32.cu")
    return [ext(name="own._C", sources=[os.path.join(here, s) for s in sources], include_dirs=[Path(here) / "csrc"],
                define_macros=macros, extra_compile_args={**args, "x": ["{}y{0}".format("a")]})]
setup(name="own", ext_modules=extensions())
