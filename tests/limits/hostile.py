#!/usr/bin/env python3
"""hostile.py [--verbose] CUENV FOLDER [NAME…]: files that are made to cost time or memory, and the verbs that read them.

Each function below that has a row in CASES changes a copy of one machine (tests/roots/doctor.root) or makes a package of
sources, and returns the commands to run there. Each has to end within CPU seconds of a processor and MEMORY bytes, both far
more than it takes, and less than what grows by the square takes; where the row has a text, standard error has to say that
something was left out. Nothing here is a clock's time."""
import os
import resource
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CPU = 6
MEMORY = 700 << 20
SITE = "home/ada/venv/lib/python3.11/site-packages"
VENV = ["--env=VIRTUAL_ENV=/home/ada/venv"]
TOO_LARGE = "too large, left out: "


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def copies(path, text, names):
    """Files of one text, which take the place of one."""
    write(path, text)
    for name in names:
        name.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, name)


def hole(path, size, start=b""):
    write(path, start)
    os.truncate(path, size)


def package(root, setup, **files):
    """A package of sources with one file, and the scan of it as text."""
    write(root / "src/p/a.cpp", "int x;\n")
    write(root / "src/p/setup.py", "from setuptools import setup\nfrom torch.utils.cpp_extension import CppExtension\n" + setup)
    for name, text in files.items():
        write(root / "src/p" / name.replace("_", "."), text)
    return [VENV + ["scan", "--text", "/src/p"]]


END = 'setup(name="x", ext_modules=[CppExtension("x", ["a.cpp"])])\n'


def response_names_itself(root):
    return package(root, 'setup(name="x", ext_modules=[CppExtension("x", ["a.cpp"], extra_compile_args=["@f.rsp"])])\n',
                   f_rsp="@f.rsp " * 100)


def response_names_others(root):
    for i in range(200):
        write(root / f"src/p/{i}.rsp", " ".join(f"@{k}.rsp" for k in range(200)) + " -DX=1" * 2000)
    return package(root, 'setup(name="x", ext_modules=[CppExtension("x", ["a.cpp"], extra_compile_args=["@0.rsp"])])\n')


def response_of_each_command(root):
    write(root / "src/p/f.rsp", " ".join(f"-DN{i}={i}" for i in range(50000)))
    write(root / "src/p/a.cpp", "int x;\n")
    entry = '{"directory": "/src/p", "file": "a.cpp", "command": "g++ @f.rsp -DA=%d -c a.cpp"}'
    write(root / "src/p/cc.json", "[" + ",".join(entry % i for i in range(5000)) + "]")
    return [VENV + ["scan", "--text", "/src/p", "--compile-commands", "/src/p/cc.json"]]


def setup_names(root):
    names = 120000
    lines = ",\n".join('f"' + "".join("{n%x}" % i for i in range(k, k + 200)) + '"' for k in range(0, names, 200))
    return package(root, f"x = [{lines}]\n{END}")


def setup_assignments(root):
    return package(root, "".join(f"n{i} = '{i}'\n" for i in range(60000)) + END)


def setup_dictionary(root):
    return package(root, "d = {" + ",".join(f'"{i}":"1"' for i in range(60000)) + "}\n" + END)


def setup_globs(root):
    for i in range(5000):
        write(root / f"src/p/f{i:05}.txt", "")
    deep = "**/" * 20
    return package(root, "import glob\nx = []\n" + f"x += glob.glob('{deep}*.cpp', recursive=True)\n" * 100 +
                   'setup(name="x", ext_modules=[CppExtension("x", x)])\n')


def setup_loops_over_tokens(root):
    skipped = "lambda " + "a " * 100000
    return package(root, "L = [" + "'a'," * 500 + f"]\nfor a in L:\n for b in L:\n  for c in L:\n   x = {skipped}\n" + END)


def setup_doubles(root):
    return package(root, "x = ['a']\n" + "x = x + x\n" * 60 + END)


def setup_extensions(root):
    write(root / SITE / "torch/utils/cpp_extension.py", "#" * 900000)
    return package(root, "E = [\n" + "CppExtension('x', ['a.cpp']),\n" * 20000 + "]\nsetup(ext_modules=E)\n")


def setup_keywords(root):
    return package(root, "x = '" + "{}" * 2000 + "'.format(" + ",".join(f"k{i}=1" for i in range(50000)) + ")\n" + END)


def sources_of_many_names(root):
    words = " ".join(f"word{i};" for i in range(400000))
    return package(root, END, a_cpp=words)


def includes_of_many_names(root):
    return package(root, END, a_cpp="".join(f"#include <x/{i}.h>\n" for i in range(100000)))


def includes_fan_out(root):
    for i in range(200):
        write(root / f"src/p/h{i}.h", "".join(f'#include "h{k}.h"\n' for k in range(200)))
    return package(root, END, a_cpp='#include "h0.h"\n')


def conditions_nest(root):
    return package(root, END, a_cpp="#if " + "(" * 100000 + "1" + ")" * 100000 + "\n" + "#if A\n" * 100000 +
                   "#if " + "A+" * 100000 + "1\n")


def macros_double(root):
    lines = "".join(f"#define M{i} M{i - 1} M{i - 1}\n" for i in range(1, 60))
    return package(root, END, a_cpp="#define M0 x\n" + lines + "int a = M59;\n#if M59\n#endif\n")


def compile_commands_many_units(root):
    for i in range(3000):
        write(root / f"src/p/{i}.cpp", "int x;\n")
    entry = '{"directory": "/src/p", "file": "%d.cpp", "command": "g++ -DA=%d -c %d.cpp"}'
    write(root / "src/p/cc.json", "[" + ",".join(entry % (i, i, i) for i in range(3000)) + "]")
    return [VENV + ["scan", "--text", "/src/p", "--compile-commands", "/src/p/cc.json"]]


def compile_commands_huge(root):
    write(root / "src/p/a.cpp", "int x;\n")
    hole(root / "src/p/cc.json", 1 << 30, b"[")
    return [VENV + ["scan", "--text", "/src/p", "--compile-commands", "/src/p/cc.json"]]


def pyproject_requires(root):
    write(root / "src/p/setup.py", "")
    write(root / "src/p/a.cpp", "int x;\n")
    write(root / "src/p/pyproject.toml", "[build-system]\nrequires = [" + ",".join(f'"p{i}"' for i in range(80000)) + "]\n")
    many_packages(root)
    return [VENV + ["check", "/src/p"]]


def setup_requires(root):
    write(root / "src/p/a.cpp", "int x;\n")
    write(root / "src/p/setup.py", "import torch\n" + "".join(f"import p{i}\n" for i in range(60000)))
    return [VENV + ["check", "/src/p"]]


def many_packages(root):
    for i in range(20000):
        (root / SITE / f"name_{i}-1.0.dist-info").mkdir()
    return [VENV + ["doctor"], VENV + ["check"], VENV + ["torch"]]


def huge_record(root):
    hole(root / SITE / "torch-2.5.1+cu124.dist-info/RECORD", 1 << 30)
    hole(root / SITE / "torch-2.5.1+cu124.dist-info/METADATA", 1 << 30, b"Name: torch\n")
    return [VENV + ["doctor"], VENV + ["torch"]]


def pth_lines(root):
    for i in range(100000):
        os.makedirs(root / f"d/{i // 1000}/{i}", exist_ok=True)
    write(root / SITE / "a.pth", "".join(f"/d/{i // 1000}/{i}\n" for i in range(100000)))
    return [VENV + ["torch"], VENV + ["doctor"]]


def pth_files(root):
    copies(root / SITE / "a.pth", "".join(f"/d/{i}\n" for i in range(100)), (root / SITE / f"a{i}.pth" for i in range(10000)))
    return [VENV + ["torch"]]


def pth_climbs(root):
    write(root / SITE / "a.pth", "/" + "a/../" * 200000 + "\n")
    return [VENV + ["torch"]]


def egg_links(root):
    copies(root / SITE / "a_finder.py", "x" * 4000 + "MAPPING = {'torch': '/nowhere'}\n",
           (root / SITE / f"__editable___torch_{i}_finder.py" for i in range(10000)))
    shutil.rmtree(root / SITE / "torch")
    return [VENV + ["torch"]]


def pyvenv_hole(root):
    hole(root / "home/ada/venv/pyvenv.cfg", 1 << 30, b"home = /usr/bin\nversion = 3.11.2\n")
    return [VENV + ["torch"], VENV + ["doctor"]]


def long_path(root):
    path = ":".join(f"/n/{i}" for i in range(13000))
    return [[f"--env=PATH={path}:/usr/local/cuda/bin:/usr/bin"] + VENV + [verb] for verb in ("doctor", "versions", "match")]


def long_lists(root):
    dirs = [f"d{i}" for i in range(13000)]
    for name in dirs[::10]:
        os.makedirs(root / "n" / name)
    value = ":".join(f"/n/{name}" for name in dirs)
    return [[f"--env={name}={value}"] + VENV + words for name in ("LD_LIBRARY_PATH", "CPATH", "LIBRARY_PATH", "PYTHONPATH", "MODULEPATH")
            for words in (["doctor"], ["which", "libcudart.so.12", "--as", "torch"], ["env", "12.4"])]


def version_json(root):
    hole(root / "usr/local/cuda-12.4/version.json", 500 << 20, b'{"cuda": {"version": "12.4.1"}')
    return [["versions"], ["prefix", "12.4"]]


def deep_json(root):
    write(root / "usr/local/cuda-12.4/version.json", "[" * 500000)
    write(root / "home/ada/venv/conda-meta/a.json", "{\"a\":" * 150000)
    write(root / SITE / "torch-2.5.1+cu124.dist-info/direct_url.json", "[" * 60000)
    return [["versions"], VENV + ["torch"], VENV + ["doctor"]]


def wide_json(root):
    names = ",".join(f'"k{i}": {{"version": "1.0"}}' for i in range(40000))
    write(root / "usr/local/cuda-12.4/version.json", "{" + names + "}")
    return [["versions"]]


def conda_meta(root):
    copies(root / "one", "{}", (root / f"home/ada/venv/conda-meta/p{i}-1-0.json" for i in range(20000)))
    return [VENV + ["versions"], VENV + ["torch"], VENV + ["doctor"]]


def conda_environments(root):
    write(root / "home/ada/.conda/environments.txt", "".join(f"/e/{i}\n" for i in range(100000)))
    return [["versions"]]


def nvcc_profile(root):
    lines = "".join(f"V{i} = $(V{i - 1})/x\nINCLUDES += \"-I$(V{i})\" $(_SPACE_)\n" for i in range(1500))
    write(root / "usr/local/cuda-12.4/bin/nvcc.profile", lines * 2)
    return [["versions"], ["prefix", "12.4"]]


def nvcc_profile_doubles(root):
    write(root / "usr/local/cuda-12.4/bin/nvcc.profile", "A=aaaaaaaa\n" + "A = $(A)$(A)$(A)$(A)\n" * 3000)
    return [["versions"]]


def host_config(root):
    for path in root.glob("usr/local/cuda-12.4/**/host_config.h"):
        write(path, "#if " + "(" * 100000 + "\n" + "#if A\n" * 20000 + "#define A B\n" * 10000 + "#if A && B || C\n" * 5000)
    return [["versions"], VENV + ["doctor"]]


def module_tree(root):
    for i in range(5000):
        write(root / f"m/cuda/{i}.lua", f'setenv("CUDA_HOME", "/opt/{i}")\n')
    return [["--env=MODULEPATH=/m", "versions"]]


def module_variables(root):
    lines = "".join(f"set v{i} $v{i - 1}/a\n" for i in range(1, 4000))
    for i in range(20):
        write(root / f"m/cuda/{i}", "set v0 /a\n" + lines + "prepend-path PATH $v10/bin\n" * 300)
    return [["--env=MODULEPATH=/m", "versions"]]


def module_folders(root):
    copies(root / "one", "x" * 60000, (root / f"m/kind{i % 100}/cuda/{i}" for i in range(20000)))
    return [["--env=MODULEPATH=/m", "versions"]]


def pkg_config(root):
    copies(root / "one", "".join(f"v{k}=${{v{k - 1}}}\n" for k in range(1, 2000)) + "Name: x\nVersion: 1\nCflags: -I${v1}\n",
           (root / f"usr/lib/pkgconfig/cuda-{i}.pc" for i in range(2000)))
    return [["versions"]]


def pkg_config_doubles(root):
    write(root / "usr/lib/pkgconfig/cuda-12.4.pc", "v0=aaaaaaaaaaaaaaaa\n" + "".join(
        f"v{k}=${{v{k - 1}}}${{v{k - 1}}}\n" for k in range(1, 60)) + "cudaroot=${v59}\nName: x\nVersion: 1\nCflags: -I${v59}\n")
    return [["versions"]]


def registered_roots(root):
    write(root / "home/ada/.config/cuenv/roots", "".join(f"/r/{i}\n" for i in range(80000)))
    return [["versions"], ["prefix", "12.4"]]


def one_root_registered_often(root):
    write(root / "home/ada/.config/cuenv/roots", "/usr/local/cuda-12.4\n/usr/local/cuda-11.8\n" * 20000)
    return [["versions"]]


def many_toolkits(root):
    for i in range(10000):
        os.makedirs(root / f"usr/local/cuda-{i}/bin")
    return [["versions"], ["prefix", "12.4"]]


def linked_toolkits(root):
    for i in range(5000):
        os.symlink("cuda-12.4", root / f"usr/local/cuda-9{i}")
    return [["versions"]]


def loader_cache(root, rows=200000, sections=200000):
    """Many rows of one name, each with a hwcap that the extension's many sections do not explain."""
    start = 48 + rows * 24
    strings = b"libcudart.so.12\0/x/libcudart.so.12\0"
    extension = start + len(strings)
    extension += -extension % 4
    data = b"glibc-ld.so.cache1.1" + struct.pack("<IIB3xI12x", rows, len(strings), 2, extension)
    data += struct.pack("<iIIIQ", 0x0303, start, start + 16, 0, 1 << 62) * rows + strings
    data += b"\0" * (extension - len(data)) + struct.pack("<II", 0xeaa42174, sections) + struct.pack("<IIII", 7, 0, 0, 0) * sections
    write(root / "etc/ld.so.cache", data)
    write(root / "usr/bin/python3.11", elf(needed=[b"libcudart.so.12"] + [b"lib%d.so" % i for i in range(300)]))
    return [VENV + ["which", "libcudart.so.12", "--as", "torch"]]


def loader_conf(root):
    write(root / "etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n" + "".join(f"/l/{i}\n" for i in range(1000000)))
    for i in range(100):
        write(root / f"etc/ld.so.conf.d/{i}.conf", "include /etc/ld.so.conf.d/*.conf\n" * 10)
    return [VENV + ["which", "libcudart.so.12", "--as", "torch"], VENV + ["doctor"]]


def elf(needed=(), tags=(), strings=b"", sections=0, segments=None, symbols=b"", order=b""):
    """A shared library whose one segment holds all of it, at address 0."""
    names, offsets = b"\0" + strings, []
    for name in needed:
        offsets.append(len(names))
        names += name + b"\0"
    at_names = 64 + 56 * (segments or 2)
    at_symbols = at_names + len(names) + -len(names) % 8
    at_dynamic = at_symbols + len(symbols) + -len(symbols) % 8
    dynamic = [(5, at_names), (10, len(names)), *[(1, o) for o in offsets], *tags]
    if symbols:
        dynamic.append((6, at_symbols))
    dynamic.append((0, 0))
    body = names + b"\0" * (-len(names) % 8) + symbols + b"\0" * (-len(symbols) % 8)
    body += b"".join(struct.pack("<QQ", *entry) for entry in dynamic)
    size = at_names + len(body)
    at_sections = size if sections else 0
    head = b"\x7fELF\2\1\1" + b"\0" * 9 + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, at_sections, 0, 64, 56, segments or 2,
                                                     64 if sections else 0, 0, 0)
    load = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, size, size, 8)
    where = struct.pack("<IIQQQQQQ", 2, 6, at_dynamic, at_dynamic, at_dynamic, 16 * len(dynamic), 16 * len(dynamic), 8)
    return head + load * ((segments or 2) - 1) + where + body


def modules(root, data):
    write(root / "src/m.so", data)
    return [VENV + ["check", "/src/m.so"]]


def elf_tags(root):
    return modules(root, elf(segments=60000, tags=[(5, 64)] * 300000))


def elf_needed(root):
    return modules(root, elf(needed=[b"lib%d.so" % i for i in range(60000)]))


def elf_runpath(root):
    return modules(root, elf(strings=b":".join(b"/r/%d" % i for i in range(8000)) + b"\0", tags=[(29, 1)] * 20,
                             needed=[b"lib%d.so" % i for i in range(900)]))


def elf_runpaths(root):
    return modules(root, elf(strings=b":" * 65000 + b"\0", tags=[(29, 1), (14, 1)] * 25000))


def elf_sections(root):
    data = elf(sections=1)
    first = struct.pack("<IIQQQQIIQQ", 0, 0, 0, 0, 0, 1 << 24, 0, 0, 0, 0)
    hole(root / "src/m.so", 2 << 30, data + first)
    return [VENV + ["check", "/src/m.so"]]


def elf_dynamic(root):
    data = bytearray(elf())
    data[64 + 56 + 32:64 + 56 + 40] = struct.pack("<Q", 1 << 30)
    hole(root / "src/m.so", 2 << 30, bytes(data))
    return [VENV + ["check", "/src/m.so"]]


def elf_symbols(root):
    """900 000 symbols that are asked for, all by one name of 60 000 bytes."""
    symbol = struct.pack("<IBBHQQ", 1, 0x12, 0, 0, 0, 0)
    count = 900000
    return modules(root, elf(strings=b"n" * 60000 + b"\0", symbols=struct.pack("<II", 1, count) + b"\0" * 16 + symbol * count,
                             tags=[(4, 64 + 112 + 60002 + -60002 % 8)]))


def wheel(root):
    """A METADATA that packs a thousand times smaller, and 200 modules of 30 MB."""
    path = root / "src/x-1-cp311-cp311-linux_x86_64.whl"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x-1.dist-info/METADATA", "Name: x\n" + " " * 900000)
        block = b"\0" * 1000 + os.urandom(10)
        for i in range(200):
            file.writestr(f"x/{i}.so", block * 30000)
    return [["--env=PATH=/usr/bin", "check", str(path)]]


def log(root):
    write(root / "log", "error: " * 500000 + "\n" + "x.cu(1): error: a\n" * 100000 + "/usr/bin/ld: cannot find -lcudart\n" * 100000)
    return [["explain", "/log"]]


def fifos(root):
    for path in ("src/p/x.h", "src/p/pyproject.toml", f"{SITE}/torch/version.py.d", "etc/ld.so.cache", "etc/ld.so.conf",
                 "home/ada/.config/cuenv/roots", "home/ada/venv/conda-meta/history", "usr/lib/pkgconfig/cuda-1.pc",
                 f"{SITE}/a.pth"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / path)
    for path in ("usr/local/cuda-12.4/version.json", f"{SITE}/torch/version.py"):
        (root / path).unlink(missing_ok=True)
        os.mkfifo(root / path)
    commands = package(root, END, a_cpp='#include "x.h"\n')
    return commands + [VENV + [verb] for verb in ("doctor", "versions", "torch", "match")]


# What each has to say on standard error at the least, or None.
CASES = {
    response_names_itself: TOO_LARGE, response_names_others: TOO_LARGE, response_of_each_command: TOO_LARGE,
    setup_names: TOO_LARGE, setup_assignments: TOO_LARGE, setup_dictionary: TOO_LARGE, setup_globs: None,
    setup_loops_over_tokens: TOO_LARGE, setup_doubles: TOO_LARGE, setup_extensions: TOO_LARGE, setup_keywords: None,
    sources_of_many_names: None, includes_of_many_names: None, includes_fan_out: None, conditions_nest: None, macros_double: None,
    compile_commands_many_units: None, compile_commands_huge: None, pyproject_requires: None, setup_requires: None,
    many_packages: None, huge_record: None, pth_lines: None, pth_files: None, pth_climbs: None, egg_links: None,
    pyvenv_hole: TOO_LARGE, long_path: None, long_lists: None, version_json: TOO_LARGE, deep_json: None, wide_json: None,
    conda_meta: None, conda_environments: None, nvcc_profile: None, nvcc_profile_doubles: None, host_config: None, module_tree: None,
    module_variables: None, module_folders: None, pkg_config: None, pkg_config_doubles: None, registered_roots: None,
    one_root_registered_often: None, many_toolkits: None, linked_toolkits: None, loader_cache: None, loader_conf: TOO_LARGE,
    elf_tags: TOO_LARGE, elf_needed: TOO_LARGE, elf_runpath: TOO_LARGE, elf_runpaths: None, elf_sections: TOO_LARGE,
    elf_dynamic: TOO_LARGE, elf_symbols: TOO_LARGE, wheel: None, log: None, fifos: None,
}


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (3 * CPU, 3 * CPU))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(cuenv, root, env, words):
    """The exit code, standard error, and what the processor and the memory gave."""
    own = words[:next(i for i, word in enumerate(words) if not word.startswith("--"))]
    at = [] if any(str(root) in word for word in words) else [f"--root={root}"]
    if not at:
        os.environ.update(word[6:].split("=", 1) for word in own)
        words = words[len(own):]
    with subprocess.Popen([cuenv, *at, *(env if at else []), *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, preexec_fn=limits) as child:
        said = child.stderr.read().decode("utf-8", "replace")
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, said, used.ru_utime + used.ru_stime, used.ru_maxrss << 10


def main(words):
    verbose = words[0] == "--verbose"
    cuenv, folder, *names = words[verbose:]
    base, wrong = Path(folder, "base"), []
    subprocess.run([HERE.parent / "roots/make-root", HERE.parent / "roots/doctor.root", base], check=True)
    env = [f"--env={line}" for line in Path(f"{base}.world").read_text().splitlines()]
    for make, says in CASES.items():
        if names and make.__name__ not in names:
            continue
        root = Path(folder, "machine")
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(base, root, symlinks=True)
        all_said = ""
        for command in make(root):
            code, said, used, memory = run(os.path.abspath(cuenv), root.absolute(), env, command)
            all_said += said
            shown = " ".join(word[:40] for word in command)
            if verbose:
                print(f"{make.__name__}: {used:.2f} s, {memory >> 20} MB, exit {code}: {shown}")
                print(*(f"    {line[:160]}\n" for line in said.splitlines()[:3]), sep="", end="", flush=True)
            if code < 0 or code > 2 or used > CPU:
                wrong.append(f"{make.__name__}: {shown}: exit code {code}, {used:.1f} s of processor, {memory >> 20} MB")
        if says and says not in all_said:
            wrong.append(f"{make.__name__}: nothing says '{says}': {all_said[:300]}")
        shutil.rmtree(root, ignore_errors=True)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
