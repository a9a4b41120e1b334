#!/usr/bin/env python3
"""run.py CUENV ROWS MODULE DIRECTORY [MACHINE…]: every verb in text and in JSON on every machine, and every option on some.

CUENV should be built with sanitizers. ROWS prints the verbs, their options and what their rows call the values; SAMPLES says
what to give for such a name, so that a new verb or option is tried as soon as it has a row. The machines are those of
tests/roots, each with a package, a wheel, a module and a log in /matrix; one that is empty; and this one with a recorded
toolkit, where verbs may write and run programs: below DIRECTORY, in a folder and a HOME of their own. Or they are the folders
named, each with its variables in MACHINE.world.

No run may crash, hang, or print a control character. The exit code is 0, 1 or 2 (or the row's own), and the same with
--json. What is said on standard error begins with "cuenv: ", and something is said where nothing else is. JSON is exactly one
document as docs/cuenv.schema.json has it, refusals too, and answers as the exit code does.
"""
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import schema   # noqa: E402

ROOTS = Path(__file__).resolve().parents[1] / "roots"
OWN = "/matrix"
SAMPLES = {
    "SPEC": ["12", "torch", "system", ">=11,<13", "99.9", "bogus"], "TOOLKIT": ["12", "11.8"], "RANGE": [">=11,<13", "x"],
    "TOOL": ["nvcc", "ptxas", "libcudart.so.12", "a/b"], "DIR": [f"{OWN}/pkg", "/usr/local/cuda", "/nowhere"],
    "PACKAGE": ["mmcv==2.2.0", "flash-attn"], "WHEEL": [f"{OWN}/x-1.0-cp311-cp311-linux_x86_64.whl"],
    "MODULE": [f"{OWN}/module.so"], "LOG": [f"{OWN}/log", "/nowhere"], "CODE": ["CE301", "CE999"],
    "FILE": [f"{OWN}/pkg/a.cu", f"{OWN}/compile_commands.json"], "PATH": ["/usr", "/nowhere"], "PYTHON": ["/usr", "/nowhere"],
    "LIST": ["8.6,9.0+PTX", "cudart,torch", "?"], "NAME": ["mmcv", "?"], "N": ["1", "0"], "CMD": ["true"], "WORD": ["ver", "-"],
    "KIND": ["all"], "WHO": ["all"],
}
FULLEST = "doctor"		# the machine on which all samples are tried
ALL_OPTIONS = (FULLEST, "twelve", "torch-wheels", "bad-files", "jetson", "empty")	# on these every option is tried
CODE = {"init", "shell", "env", "gen", "cmake"}		# what these print may hold any text that a shell or CMake is to read
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0:exitcode=99",
               "UBSAN_OPTIONS": "print_stacktrace=1:exitcode=98"}
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_rows(program):
    """The verbs by name; adds to SAMPLES what a row of a table can be called."""
    verbs = {}
    for line in subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines():
        kind, *words = line.split("\t")
        if kind == "verb":
            name, arguments, runs, has_json, failure = words
            verbs[name] = {"arguments": arguments, "runs": runs == "1", "json": has_json == "1", "failure": int(failure),
                           "options": []}
        elif kind == "option":
            verbs[words[0]]["options"].append(words[1:])
        else:
            SAMPLES.setdefault(words[0], []).append(words[1])
    return verbs


def samples(name, machine):
    if name in ("PATH", "PYTHON"):
        return machine.pythons + SAMPLES[name]
    if name not in SAMPLES:
        sys.exit(f"run.py: a row calls a word {name}; say in SAMPLES what to give for it")
    return SAMPLES[name]


def arguments(text, machine):
    """Lists of words for "KIND [SPEC]" or "[LOG | CODE | -]": what must be there, and each word once in its place."""
    places = []
    for place in re.findall(r"\[(?:[^\[\]]|\[[^\]]*\])*\]|\S+", text):
        names = re.findall(r"[A-Z]{2,}", re.sub(r"(?<=.)\[.*?\]", "", place.strip("[")))
        if place == "--":
            places.append((False, ["--"]))
        elif names and "--" not in place and names != ["OPTION"]:
            places.append((place.startswith("["), [w for n in names for w in samples(n, machine)]))
    needed = [words[0] for optional, words in places if not optional]
    found = [needed]
    for at, (_, words) in enumerate(places):
        before = [w[0] for _, w in places[:at]]
        after = [w[0] for optional, w in places[at + 1:] if not optional]
        found += [before + [word] + after for word in words]
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


def lines(verb, row, machine):
    """All command lines of a verb to try on a machine, without --json."""
    words = arguments(row["arguments"], machine)
    tried = [[verb] + w for w in (words if machine.all_options else words[:1])]
    if machine.all_options:
        tried += [[verb, "--nonsense"], [verb, "--help"], [verb] + ["x"] * 70]
        for name, value in row["options"]:
            given = samples(value, machine) if value else [None]
            for word in given if machine.all_samples else [given[0], given[-1]]:
                option = [f"--{name}"] + ([word] if value else [])
                tried.append([verb] + option + words[len(words) > 1])
        for a, b in itertools.combinations([o[0] for o in row["options"] if not o[1]], 2):
            tried.append([verb, f"--{a}", f"--{b}"] + words[0])
    return [list(line) for line in dict.fromkeys(map(tuple, tried))]


class Machine:
    def __init__(self, root, all_options):
        self.root, self.all_options, self.all_samples = root, all_options, root.name == FULLEST
        self.global_words, self.environment = [f"--root={root}"], ENVIRONMENT
        world = Path(f"{root}.world")
        self.world = world.read_text().splitlines() if world.exists() else []
        marks = [p for mark in ("pyvenv.cfg", "conda-meta") for p in root.rglob(mark)]
        self.pythons = sorted({f"/{p.parent.relative_to(root)}" for p in marks})[: 3 if all_options else 1]

    def run(self, cuenv, words):
        command = [cuenv, *self.global_words, *(f"--env={line}" for line in self.world), *words]
        try:
            done = subprocess.run(command, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, env=self.environment,
                                  check=False, cwd=self.root)
        except subprocess.TimeoutExpired:
            return None, "", ""
        return done.returncode, done.stdout.decode("utf-8", "backslashreplace"), done.stderr.decode("utf-8", "backslashreplace")


class Here(Machine):
    """Without --root: what is written goes to root/home and root, the current folder, and is gone before the next run."""

    def __init__(self, root):
        super().__init__(root, True)
        self.global_words = []
        self.environment = {**ENVIRONMENT, "HOME": f"{root}/home", "TMPDIR": str(root), "CUDA_HOME": f"{root}/usr/local/cuda-12.4"}

    def run(self, cuenv, words):
        config = self.root / "home/.config/cuenv"
        shutil.rmtree(self.root / "home", ignore_errors=True)
        (self.root / ".cuda-version").unlink(missing_ok=True)
        config.mkdir(parents=True)
        (config / "roots").write_text("".join(f"{path}\n" for path in self.root.glob("usr/local/cuda-1*")))
        return super().run(cuenv, [f"{self.root}{word}" if word.startswith("/") and word != "/usr" else word for word in words])


def faults(row, words, code, out, err):
    """What is wrong with a run in either form."""
    if code is None:
        yield "does not end"
        return
    if code not in {0, 1, 2, row["failure"]}:
        yield f"exit code {code}"
    if "runtime error" in err or "Sanitizer" in err or "Sanitizer" in out:
        yield "\n".join(err.splitlines()[:12])
        return
    if err and not err.startswith("cuenv: "):
        yield f"on standard error: {err[:200]!r}"
    if code and not out and not err:
        yield "fails, and does not say why"
    if not code and "unknown option" in err:
        yield "complains, and does it"
    for name, text in (("error", err), ("output", out)):
        if CONTROL.search(text) and not (name == "output" and words[0] in CODE):
            yield f"a control character on standard {name}: {CONTROL.search(text)[0]!r}"


def json_faults(row, code, out, err, text_code):
    if not row["json"]:
        if code == 0 or "--json" not in err:
            yield f"takes --json, which it does not have: exit code {code}, {err!r}"
    elif code != text_code:
        yield f"exit code {code}, and {text_code} without --json"
    if not row["json"] and not out:
        return
    try:
        document = json.loads(out)
    except json.JSONDecodeError as why:
        yield f"no JSON document: {why}: {out[:80]!r}"
        return
    yield from schema.faults(document)
    if code in (0, 1, 2) and document.get("answer") != ("yes", "no", "unknown")[code]:
        yield f"answers {document.get('answer')} with exit code {code}"
    if "error" in document:
        error = document["error"]
        if sorted(error) != ["remedy", "what"] or not error["what"] or error["remedy"] == "" or not code or not err:
            yield f"the error is {error}, the exit code {code}, on standard error {err!r}"


def try_machine(machine, cuenv, verbs):
    found, runs = [], 0
    for verb, row in verbs.items():
        for words in lines(verb, row, machine):
            code, out, err = machine.run(cuenv, words)
            found += [f"{machine.root.name}: {' '.join(words)}: {f}" for f in faults(row, words, code, out, err)]
            words = [verb, "--json"] + words[1:]
            json_code, out, err = machine.run(cuenv, words)
            runs += 2
            for fault in itertools.chain(faults(row, words, json_code, out, err),
                                         json_faults(row, json_code, out, err, code) if json_code is not None else ()):
                found.append(f"{machine.root.name}: {' '.join(words)}: {fault}")
    print(*found, sep="\n", end="\n" if found else "", flush=True)
    return len(found), runs


def fill(root, module):
    """A package, a wheel, a module and a log, for verbs that read such files."""
    own = root / OWN[1:]
    (own / "pkg").mkdir(parents=True, exist_ok=True)
    (own / "pkg/setup.py").write_text("from setuptools import setup\nfrom torch.utils.cpp_extension import CUDAExtension, BuildExtension\n"
                                      "setup(name='own', ext_modules=[CUDAExtension('own', ['a.cu', 'b.cpp'])], "
                                      "cmdclass={'build_ext': BuildExtension})\n")
    (own / "pkg/a.cu").write_text("#include <cuda_runtime.h>\n#include <THC/THC.h>\n__global__ void k() {}\n")
    (own / "pkg/b.cpp").write_text("#include <torch/extension.h>\nint b;\n")
    (own / "compile_commands.json").write_text(json.dumps([{"directory": f"{OWN}/pkg", "file": "b.cpp", "command": "g++ -c b.cpp"}]))
    (own / "log").write_text("b.cpp:1:10: fatal error: cusparse.h: No such file or directory\nerror: command 'g++' failed\n")
    shutil.copy(module, own / "module.so")
    with zipfile.ZipFile(own / "x-1.0-cp311-cp311-linux_x86_64.whl", "w") as wheel:
        wheel.writestr("x-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: x\nVersion: 1.0\nRequires-Dist: torch\n")
        wheel.writestr("x-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n")
        wheel.write(module, "x/module.so")


def make(directory, module):
    """The recorded machines, an empty one, and this one."""
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "empty").mkdir(parents=True)
    listings = {path.stem: path for path in sorted(ROOTS.glob("*.root"))}
    for name, path in {**listings, "here": listings["twelve"]}.items():
        subprocess.run([ROOTS / "make-root", path, directory / name], check=True)
        fill(directory / name, module)
    venv = Path(f"{directory / FULLEST}.world")
    venv.write_text(venv.read_text() + "VIRTUAL_ENV=/home/ada/venv\n")
    return [Machine(directory / name, name in ALL_OPTIONS) for name in ("empty", *listings)] + [Here(directory / "here")]


def main(cuenv, rows, module, directory, *named):
    verbs = read_rows(rows)
    machines = [Machine(Path(n).resolve(), True) for n in named] or make(Path(directory).resolve(), module)
    machines.sort(key=lambda machine: not machine.all_options)		# the long ones first
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda machine: try_machine(machine, cuenv, verbs), machines))
    found, runs = sum(n for n, _ in results), sum(n for _, n in results)
    print(f"{runs} runs of {len(verbs)} verbs on {len(machines)} machines: {found} faults")
    return 1 if found or not runs else 0


sys.exit(main(*sys.argv[1:]))
