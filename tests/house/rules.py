#!/usr/bin/env python3
"""The rules of CONTRIBUTING.md, one function each; says every breach with its file and line, and exits 1."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SRC = TOP / "src"
SOURCES = sorted(p for p in SRC.rglob("*") if p.suffix in (".c", ".h"))
# A folder may include from those on lower steps, and from those of its own step that PAIRS names.
STEPS = [{"base", "libraries.def"}, {"know"}, {"inspect", "discover"}, {"machine"}, {"select"}, {"build"},
         {"package", "check", "scan", "emit", "verify", "explain", "load", "consumers", "abi", "install"}, {"cli"}, {"main", "without"}]
PAIRS = {"verify": {"explain", "check", "load"}, "check": {"load"}, "consumers": {"load"}, "scan": {"check"}, "abi": {"scan"}, "without": {"main"}}
STEP = {name: step for step, names in enumerate(STEPS) for name in names}


def place(path):
    """discover, cli, … or the file's own name for those in src/ itself."""
    parts = path.relative_to(SRC).parts
    return parts[0] if len(parts) > 1 else path.stem


def code(path):
    """A file's lines without comments and texts, so that words in them break no rule."""
    text = path.read_text()
    blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, blank, text, flags=re.S).split("\n")


def breaches(pattern, files):
    for path in files:
        for number, line in enumerate(code(path), 1):
            found = re.search(pattern, line)
            if found:
                yield f"{path.relative_to(TOP)}:{number}: {found.group(0).strip('( ')}"


def arrows():
    """Every include points down the ladder; folders of one step meet where PAIRS says so."""
    for path in SOURCES:
        here = place(path)
        for number, line in enumerate(path.read_text().split("\n"), 1):
            found = re.match(r'#\s*include "([^"]+)"', line)
            if not found or found[1] == "cuenv.h" or path.name == "cuenv.h":
                continue
            there = found[1].split("/")[0].removesuffix(".h")
            if there != here and not STEP[there] < STEP[here] and there not in PAIRS.get(here, set()):
                yield f"{path.relative_to(TOP)}:{number}: {here} may not include {found[1]}"


def printers():
    """Only main.c and cli/ print, and only by cli/print.c, which makes what it shows harmless."""
    others = [p for p in SOURCES if p not in (SRC / "cli/print.c", SRC / "base/program_spawn.c")]   # a child's, captured
    yield from breaches(r"(?<!format\()\b(v?printf|v?fprintf|puts|fputs|putc|fputc|putchar|fwrite|perror|dprintf|"
                        r"stdout|stderr)\b", others)


def world():
    """The environment is the run's, and children go through program.c."""
    others = [p for p in SOURCES if place(p) not in ("main", "base")]
    yield from breaches(r"\b(getenv|setenv|putenv)\s*\(|\bextern char \*\*environ|\b(fopen|opendir|posix_spawnp?|exec[lv]p?e?|"
                        r"fork|vfork)\s*\(", others)
    yield from breaches(r"\b(system|popen|tmpnam|gets|strcpy|strcat|alloca)\s*\(", SOURCES)


def sizes():
    """Functions of at most 60 lines, files of at most 16 KB, code of at most 132 columns (tabs count eight)."""
    for path in SOURCES:
        lines = code(path)
        if path.stat().st_size > 16 * 1024:
            yield f"{path.relative_to(TOP)}: {path.stat().st_size} bytes"
        start = 0
        for number, line in enumerate(lines, 1):
            width = len(line.rstrip().expandtabs(8))
            if width > 132:
                yield f"{path.relative_to(TOP)}:{number}: {width} columns"
            if line == "{":
                start = number
            elif line == "}" and start:
                if number - start > 61:
                    yield f"{path.relative_to(TOP)}:{start}: a function of {number - start - 1} lines"
                start = 0


def acquire():
    """How to get something is told in src/know alone; elsewhere a table of explain has what is told where no machine is known."""
    pattern = re.compile(r"pip3? install|(conda|mamba) (create|install)|(apt|apt-get|dnf|zypper) install|pacman -S|emerge ")
    theirs = {"src/explain/causes.def"}
    for path in sorted(SRC.rglob("*")):
        name = str(path.relative_to(TOP))
        if path.suffix not in (".c", ".def") or name.startswith("src/know/") or name in theirs:
            continue
        for number, line in enumerate(path.read_text().split("\n"), 1):
            text = " ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', line))
            if pattern.search(text) and "does not have pip install it" not in text:
                yield f"{name}:{number}: {pattern.search(text)[0]}"


def rows():
    """Each row of a table is one file, and each file with such a value has its row."""
    for table, macro, value, before in (
            ("discover/sources.def", "SOURCE", "source_", ""), ("cli/commands.def", "COMMAND", "command_", ""),
            ("check/checks.def", "CHECK", "check_", ""), ("emit/emitters.def", "EMITTER", "emitter_", ""),
            ("emit/generators.def", "GENERATOR", "generator_", "gen_")):
        path = SRC / table
        if not path.exists():
            continue
        names = re.findall(rf"^{macro}\((\w+)", path.read_text(), re.M)
        for name in names:
            file = path.parent / f"{before}{name}.c"
            if not file.exists() or not re.search(rf"\b{value}{name}\b\s*=", file.read_text()):
                yield f"src/{table}: {name} has no {file.relative_to(TOP)} with {value}{name}"
        for file in path.parent.glob("*.c"):
            for name in re.findall(rf"^const struct \w+ {value}(\w+)\s*=", file.read_text(), re.M):
                if name not in names:
                    yield f"{file.relative_to(TOP)}: {value}{name} is in no row of {table}"


def words():
    """Nothing is left to do later, and the project speaks of itself alone."""
    files = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False).stdout.split("\n")
    for name in files:
        path = TOP / name
        if not name or not path.is_file() or path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            found = re.search(r"\b(TODO|FIXME|XXX|HACK)\b|/work/(main|shared)", line)
            if found:
                yield f"{name}:{number}: {found[0]}"


def readme():
    """What the README tells people to type exists, and every code is in docs/findings.md."""
    text = (TOP / "README.md").read_text()
    for script in re.findall(r"(?:\./|\b)(scripts/\w[\w-]*)", text):
        if not os.access(TOP / script, os.X_OK):
            yield f"README.md: {script} cannot be run"
    known = set(re.findall(r"^COMMAND\((\w+)\)", (SRC / "cli/commands.def").read_text(), re.M)) | {"list"}
    for verb in re.findall(r"^(?:\$ |\| `)cuenv ([a-z]+)", text, re.M):
        if verb not in known:
            yield f"README.md: cuenv {verb} is no command"
    for verb in known - {"list"}:
        if f"cuenv {verb}" not in text:
            yield f"README.md: does not speak of cuenv {verb}"
    documented = (TOP / "docs/findings.md").read_text()
    for path in sorted(SRC.rglob("*")):
        for code_word in re.findall(r"\bCE\d{3}\b", path.read_text() if path.suffix in (".c", ".def") else ""):
            if f"| {code_word} |" not in documented:
                yield f"docs/findings.md: {code_word} of {path.relative_to(TOP)} is not told"
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        if not (TOP / link).exists():
            yield f"README.md: {link} is not there"


def scripts():
    """shellcheck has nothing to say."""
    if not shutil.which("shellcheck"):
        print("shellcheck is not installed")
        sys.exit(77)
    found = [p for folder in ("scripts", ".ci", "tests") for p in sorted((TOP / folder).rglob("*"))
             if p.is_file() and p.stat().st_size and p.open("rb").readline().startswith((b"#!/bin/sh", b"#!/usr/bin/env bash",
                                                                                         b"#!/bin/bash"))]
    found = [p for p in found if "roots" not in p.relative_to(TOP).parts]
    result = subprocess.run(["shellcheck", "-x", "-S", "warning", "-e", "SC2034", *found], cwd=TOP, capture_output=True, text=True,
                            check=False)
    if result.returncode:
        yield result.stdout


def main():
    rule = globals()[sys.argv[1]]
    found = list(rule())
    if found:
        print(f"{rule.__doc__}\n" + "\n".join(found))
    sys.exit(1 if found else 0)


main()
