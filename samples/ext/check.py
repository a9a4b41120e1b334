"""Imports the built extension beside torch and says what came of it, a line for each thing: name, tab, result.

    python check.py DIRECTORY [NAME]     the folder of NAME.so (default: cuenv_sample)
"""
import ctypes
import importlib
import sys


def say(name, result):
    print(name, str(result).split("\n")[0], sep="\t", flush=True)


def mapped_cudarts():
    """The CUDA runtimes that this process has mapped; old wheels call theirs libcudart-e409450e.so.11.0. None: no /proc."""
    try:
        with open("/proc/self/maps") as maps:
            return sorted({line.split(None, 5)[5].strip() for line in maps if "/libcudart" in line})
    except OSError:
        return None


def runtime_version(library):
    version = ctypes.c_int()
    ctypes.CDLL(library).cudaRuntimeGetVersion(ctypes.byref(version))
    return version.value


def main(directory, name="cuenv_sample"):
    import torch
    say("torch", torch.__version__)
    before = mapped_cudarts()
    say("torch_cudart", "\t".join(before or ["none"]))
    if before:
        say("torch_runtime", runtime_version(before[0]))

    sys.path.insert(0, directory)
    try:
        extension = importlib.import_module(name)
    except ImportError as error:
        return say("import_error", error)
    say("imported", extension.__file__)
    if before is None:
        say("cudart_unseen", "no /proc here")
    else:
        say("cudart", "\t".join(mapped_cudarts()))
    say("runtime", extension.runtime_version())

    x = torch.arange(1000, dtype=torch.float32)
    want = x * 2.5
    say("cpu", "same" if torch.equal(extension.scale(x, 2.5), want) else "differs")
    try:
        extension.scale(x.to(torch.int64), 2.5)
        say("error", "none came")
    except RuntimeError as error:
        say("error", error)

    if not torch.cuda.is_available():
        say("gpu_skipped", "torch sees no GPU here")
    else:
        say("gpu_name", torch.cuda.get_device_name())
        try:
            say("gpu", "same" if torch.equal(extension.scale(x.cuda(), 2.5).cpu(), want) else "differs")
        except RuntimeError as error:
            say("gpu_error", error)
    say("done", "")


if __name__ == "__main__":
    main(*sys.argv[1:])
