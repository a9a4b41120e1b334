#!/usr/bin/env python3
"""terminal.py CUENV: names, versions, logs, sources and variables full of control characters, given to every verb on a terminal.

Whatever is said there, on either stream, is text: no byte of it is a control character but the end of a line and the tab, none
is bad UTF-8 or turns the text around, and no line of it was begun by a name. A verb that is marked shows such a name, so that the
test can fail.
"""
import os
import pty
import re
import subprocess
import sys
import tempfile
import tty
from pathlib import Path

CUENV = os.path.abspath(sys.argv[1])
ROOTS = Path(__file__).resolve().parents[1] / "roots"
# Colour, bell, backspace, DEL, shift out, title, CSI as UTF-8 and as one byte, override, isolate, line separators, a new line.
HOSTILE = (b"\x1b[31mE\x07\x08\x7f\x0e\x1b]0;t\x07\xc2\x9b2J\x9b2J" + "\u202e\u2066\u200f\u2028\u2029\u061c".encode() +
           b"\nFORGED")
PROGRESS = b"\r\x1b[K"    # cuenv's own: a line that the next one overwrites
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LONG = b"x" * (4 << 20)


def on_terminal(words, environment, cwd, stdin=subprocess.DEVNULL):
    """What a terminal gets, as it is written: OPOST is off."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    child = subprocess.Popen([CUENV, *words], stdin=stdin, stdout=theirs, stderr=theirs, env=environment, cwd=cwd)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    child.wait(60)
    return said


def breach(said):
    said = said.replace(PROGRESS, b"")
    try:
        text = said.decode()
    except UnicodeDecodeError as error:
        return f"bad UTF-8: {said[error.start - 20:error.end + 20]!r}"
    found = HIDDEN.search(text)
    if found:
        return f"{found[0]!r} in {text[max(0, found.start() - 30):found.end() + 30]!r}"
    if re.search("^FORGED", text, re.M):
        return "a line that a name began"
    longest = max(map(len, text.split("\n")))
    return f"a line of {longest} characters" if longest > 70000 else ""


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make_machine(here):
    """The recorded machine `doctor`, with hostile names where a file or a person gives one."""
    subprocess.run([ROOTS / "make-root", ROOTS / "doctor.root", here / "m"], check=True)
    m = os.fsencode(here / "m")
    os.rename(m + b"/usr/local/cuda-11.8", m + b"/usr/local/cuda-11.8" + HOSTILE)
    venv = m + b"/home/ada/v" + HOSTILE
    os.rename(m + b"/home/ada/venv", venv)
    packages = venv + b"/lib/python3.11/site-packages"
    write(packages + b"/torch/version.py", b"__version__ = '2.5.1+cu124" + HOSTILE.replace(b"\n", b"") +
          b"'\ncuda: Optional[str] = '12.4'\nhip: Optional[str] = None\n")
    write(m + b"/proc/sys/kernel/hostname", HOSTILE)
    write(m + b"/proc/driver/nvidia/gpus/0000:01:00.0/information", b"Model: " + HOSTILE + b"\n")
    package = m + b"/src/p" + HOSTILE
    quoted = HOSTILE.replace(b"\n", b"\\n")
    write(package + b"/setup.py", b"from setuptools import setup\nfrom torch.utils.cpp_extension import CUDAExtension\n"
          b"setup(name='n" + quoted + b"', ext_modules=[CUDAExtension('e', ['a" + quoted + b".cpp', 'b.cu', 'gone" + quoted +
          b".cpp'], extra_compile_args={'cxx': ['-fplugin=" + quoted + b"'], 'nvcc': ['-D', 'X=" + quoted + b"']})])\n")
    write(package + b"/a" + HOSTILE + b".cpp", b"#include <torch/extension.h>\n#error " + HOSTILE + b"\n#include \"no" +
          HOSTILE.replace(b"\n", b"") + b".h\"\n")
    write(package + b"/b.cu", b"#include <THC/THC.h>\n#error " + LONG + b"\n")
    write(package + b"/cc.json", b'[{"directory": ".", "file": "b.cu", "command": "nvcc -c b.cu -B\\u001b[31m\\u202e"},'
          b' {"directory": ".", "file": "x", "command": "\\u001b[31m x"}]')
    write(m + b"/src/log" + HOSTILE, b"x.cu:1: error: #error -- unsupported GNU version! gcc versions later than 11 " + HOSTILE +
          b" are not supported!\nImportError: libcudart.so.11" + HOSTILE + b": cannot open shared object file\n")
    write(m + b"/src/unknown", b"a.cu(3): error: " + HOSTILE + b"\nerror: " + LONG + b"\n")
    write(m + b"/src/m" + HOSTILE + b".so", b"\x7fELF" + HOSTILE)
    write(m + b"/src/n" + HOSTILE + b"-1.0-cp311-cp311-linux_x86_64.whl", b"PK" + HOSTILE)
    write(m + b"/p/.cuda-version", HOSTILE)
    return m, venv[len(m):], package[len(m):]


def commands(m, venv, package, here):
    """(whether a hostile name is shown, words)."""
    world = [b"--root", m, b"--env", b"PATH=/usr/local/cuda-11.8" + HOSTILE + b"/bin:/usr/bin:/bin", b"--env", b"HOME=/home/ada",
             b"--env", b"CUDA_HOME=/usr/local/cuda-11.8" + HOSTILE]
    bad = [b"--root", m, b"--env", b"PATH=/usr/bin:/" + HOSTILE]
    for name in b"CUDA_HOME CUDA_PATH TORCH_CUDA_ARCH_LIST CC CXX CPATH LIBRARY_PATH LD_LIBRARY_PATH MAX_JOBS NVCC_CCBIN".split():
        bad += [b"--env", name + b"=/" + HOSTILE]
    python = [b"--python", venv]
    for verb in b"versions", b"versions --why", b"doctor", b"doctor --markdown", b"doctor --redact":
        yield True, world + verb.split() + python
        yield b"redact" not in verb, bad + verb.split() + python
        yield None, world + verb.split() + [b"--json"] + python
    for verb in (b"prefix", b"version --origin", b"which nvcc", b"which nvcc --as all", b"which nvcc --as torch",
                 b"which libcudart.so.12 --as torch", b"env", b"gen cmake", b"cmake", b"cmake --components torch,cublas --compiler",
                 b"env --format json", b"env --format fish", b"env --format dotenv", b"env --format modulefile", b"shell --for bash",
                 b"shell --for fish", b"shell --for tcsh", b"torch", b"torch --json", b"match", b"match --all"):
        yield verb in (b"prefix", b"which nvcc", b"which nvcc --as all", b"env"), world + verb.split() + python
        yield None, bad + verb.split() + python
    for kind in b"cmake", b"preset", b"toolchain", b"pkgconfig", b"module", b"conda", b"direnv":
        yield None, world + [b"gen", kind]
    yield True, world + [b"complete", b"--", b"prefix", b""]
    yield True, world + [b"complete", b"--", b"verify", b"--toolkit", b"1"]
    for words in ([b"check"], [b"scan", b"--text"], [b"scan", b"--needs"], [b"scan", b"--text", b"--json"], [b"check", b"--json"],
                  [b"scan", b"--text", b"--compile-commands", package + b"/cc.json"]):
        yield b"--json" not in words, world + words + [package] + python
    for word in package + b"/gone", b"/src/m" + HOSTILE + b".so", b"/src/n" + HOSTILE + b"-1.0-cp311-cp311-linux_x86_64.whl", HOSTILE:
        yield True, world + [b"check", word] + python
    yield True, world + [b"explain", b"/src/log" + HOSTILE] + python
    yield None, world + [b"explain", b"/src/unknown"] + python
    yield None, world + [b"explain", b"/src/unknown", b"--json"] + python
    yield True, [b"explain", m + b"/src/log" + HOSTILE]
    yield True, [b"explain", HOSTILE]
    for verb in b"prefix env exec verify which explain shell local global help init gen check scan abi add remove match".split():
        yield None, [verb, HOSTILE]
        yield None, [verb, b"--" + HOSTILE]
        yield None, [verb, HOSTILE, HOSTILE]
    for words in ([HOSTILE], [b"-" + HOSTILE], [b"--root", HOSTILE], [b"--env", HOSTILE], [b"env", b"--format", HOSTILE],
                  [b"verify", b"--toolkit", HOSTILE], [b"scan", b"--jobs", HOSTILE], [b"prefix", b"--python", b"/" + HOSTILE],
                  [b"scan", b"--libclang", HOSTILE, os.fsencode(here / "src")], [b"exec", b"system", b"--", b"/" + HOSTILE],
                  [b"which", HOSTILE, b"--as", b"torch"], [b"which", b"nvcc", b"--as", HOSTILE], [b"gen", HOSTILE]):
        yield None, words


def main():
    good = bad = 0
    with tempfile.TemporaryDirectory(prefix="terminal-") as folder:
        here = Path(folder).resolve()
        m, venv, package = make_machine(here)
        write(os.fsencode(here / "src/a.cpp"), b"int x;\n")
        cwd = os.fsencode(here) + b"/c" + HOSTILE
        os.mkdir(cwd)
        plain = {b"HOME": os.fsencode(here / "home"), b"PATH": b"/usr/bin:/bin", b"LC_ALL": b"C.UTF-8",
                 b"ASAN_OPTIONS": b"detect_leaks=0"}
        hostile = {**plain, b"CUENV_VERSION": HOSTILE, b"CUDA_HOME": b"/" + HOSTILE, b"VIRTUAL_ENV": b"/" + HOSTILE,
                   b"CUENV_LIBCLANG": b"/" + HOSTILE}
        runs = [(shows, words, environment) for shows, words in commands(m, venv, package, here)
                for environment in ((plain,) if words[0] == b"--root" else (plain, hostile))]
        # What cuenv itself writes down and reads again.
        runs += [(None, [b"add", m + b"/usr/local/cuda-12.4"], plain), (None, [b"local", b"12.4"], plain),
                 (None, [b"version", b"--origin"], plain), (None, [b"local", b"--unset"], plain),
                 (None, [b"remove", m + b"/usr/local/cuda-12.4"], plain), (None, [b"prefix"], plain)]
        for shows, words, environment in runs:
            said = on_terminal(words, environment, cwd)
            wrong = breach(said)
            if shows and not wrong and b"\\x1b" not in said:
                wrong = f"no hostile name is shown, so nothing is tested: {said[:300]!r}"
            good, bad = good + (not wrong), bad + bool(wrong)
            if wrong:
                print("cuenv", *(w if w != m else b"M" for w in words[:2]), *words[-4:], wrong, sep="\n    ")
    print(f"{good} good, {bad} bad")
    return 1 if bad else 0


sys.exit(main())
