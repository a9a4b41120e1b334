#!/usr/bin/env python3
"""run.py [--update] FILE.case: types what a transcript says and compares what is answered.

A line "$ COMMAND" is given to bash in an empty folder, with cuenv on PATH and nothing of this machine's CUDA in the
environment; below it stands what it says on both streams, then "[N]" when it exits with another code than 0. A line "…"
stands for any lines, {here} for the folder, {who and when} for cuenv, machine and time of a JSON document. `on NAME WORD…`
is cuenv with these words on the machine that tests/roots/NAME.root lists, made as the folder roots/NAME. --update writes
what is said now.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def blocks(text):
    """The transcript in pieces: (lines before, command, expected lines)."""
    piece = ([], None, [])
    for line in text.splitlines():
        if line.startswith("$ ") or (line.startswith("# ") and piece[2][-1:] == [""]) or (not line and piece[1] is None):
            if piece[1] is not None:
                yield piece
                piece = ([], None, [])
            if line.startswith("$ "):
                piece = (piece[0], line[2:], [])
                continue
        (piece[0] if piece[1] is None else piece[2]).append(line)
    yield piece


TOP = Path(__file__).resolve().parents[2]
ROOTS = TOP / "tests/roots"
CUENV = Path(os.environ.get("CUENV", TOP / "build/cuenv"))
ON = """on() {
	local name=$1 variable; local -a words=(--root "roots/$1"); shift
	while IFS= read -r variable; do words+=(--env "$variable"); done <"roots/$name.world"
	cuenv "${words[@]}" "$@"
}
"""


def make_roots(command, here):
    for name in re.findall(r"\bon ([\w.-]+)", command):
        if (ROOTS / f"{name}.root").exists() and not (here / "roots" / name).exists():
            (here / "roots").mkdir(exist_ok=True)
            subprocess.run([ROOTS / "make-root", ROOTS / f"{name}.root", here / "roots" / name], check=True)


def say(command, here):
    make_roots(command, here)
    environment = {"HOME": f"{here}/home", "PATH": f"{CUENV.parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                   "TMPDIR": str(here), "ASAN_OPTIONS": "detect_leaks=0"}   # the arena is never freed
    done = subprocess.run(["bash", "-c", ON + command.replace("{here}", str(here))], cwd=here, env=environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          check=False)
    text = done.stdout.decode("utf-8", "backslashreplace").replace(str(here), "{here}")
    text = re.sub(r'"cuenv": "[^"]*",\s*"machine": \{[^}]*\},\s*"time": "[^"]*Z"', "{who and when}", text)
    return text.splitlines() + ([f"[{done.returncode}]"] if done.returncode else [])


def same(expected, said):
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in said)) is not None


def main():
    update = sys.argv[1] == "--update"
    path = Path(sys.argv[-1])
    text = path.read_text()
    if not os.access(CUENV, os.X_OK):
        sys.exit(f"{CUENV} is not built; name another with CUENV=")
    failed, out = 0, []
    with tempfile.TemporaryDirectory(prefix="case-") as folder:
        here = Path(folder).resolve()
        (here / "home").mkdir()
        for before, command, expected in blocks(text):
            out += before
            if command is None:
                continue
            trailing = [] if not expected or expected[-1] else [""]
            wanted = expected[: len(expected) - len(trailing)]
            said = say(command, here)
            if not same(wanted, said):
                failed += 1
                if not update:
                    print(f"$ {command}\n--- expected", *wanted, "--- said", *said, sep="\n")
            out += [f"$ {command}"] + (wanted if same(wanted, said) else said) + trailing
    if update:
        path.write_text("\n".join(out) + "\n")
    return 1 if failed and not update else 0


sys.exit(main())
