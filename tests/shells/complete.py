#!/usr/bin/env python3
"""complete.py CUENV SHELL: the tab key in a real shell, by what `cuenv init` prints and by the file that is installed.

A verb, an installed version, a format, another shell's name and a file's name are completed, and what the line then does is
looked at. Exits 77 where the shell or pexpect is not installed.
"""
import shutil
import sys
import tempfile
import time
from pathlib import Path

from terminal import START, Terminal
from toolkits import make

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
WRAPPERS = Path(__file__).resolve().parents[2] / "wrappers"
PLACE = {"bash": "complete.bash", "zsh": "functions/_cuenv", "fish": ".config/fish/completions/cuenv.fish"}
COMPINIT = "fpath=(~/functions $fpath); autoload -Uz compinit; compinit -u -D"


def install(home):
    file = home / PLACE[SHELL]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((WRAPPERS / f"complete.{SHELL}").read_text().replace("@CUENV@", f"'{CUENV}'"))
    return {"bash": f". {file}", "zsh": COMPINIT, "fish": f"set -p fish_complete_path {file.parent}"}[SHELL]


def press(t, *words):
    """Types the words with a tab behind each, and what follows the last one after a blank."""
    *words, rest = words
    for word in words:
        t.child.send(word + "\t")
        time.sleep(0.2)
        t.read()
        time.sleep(0.3)
        t.read()
    t.say(rest)


def check(t, name, line, wanted):
    file = t.home / f"out-{name}"
    press(t, *line, f"> {file}")
    text = file.read_text() if file.exists() else ""
    assert wanted in text, f"{SHELL}: {line} said {text!r}; the terminal shows:\n{t.shown()[-3000:]}"


def try_once(home, start):
    old, _ = make(home)
    (home / "archive.txt").write_text("a file\n")
    START[SHELL] = ([word for word in START[SHELL][0] if word not in ("-o", "no_zle")], START[SHELL][1])
    t = Terminal(SHELL, CUENV, home, TERM="vt100")
    t.say(start(t))
    check(t, "version", ("cuenv pref", "11."), old)
    check(t, "format", ("cuenv env --form", "dot", "11."), f"CUDA_PATH={old}")
    check(t, "shell", ("cuenv init mk",), "cuenv for sh, dash")
    check(t, "file", ("cat archi",), "a file")
    t.close()


def main():
    if not shutil.which(SHELL):
        print(f"{SHELL} is not installed")
        sys.exit(77)
    ways = {"cuenv init": lambda t: (COMPINIT + "; " if SHELL == "zsh" else "") + t.init % "",
            "the installed file": lambda t: install(t.home)}
    for way, start in ways.items():
        with tempfile.TemporaryDirectory(prefix="complete-") as folder:
            try_once(Path(folder).resolve(), start)
            print(f"{SHELL}: completes by {way}")


main()
