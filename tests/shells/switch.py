#!/usr/bin/env python3
"""switch.py CUENV SHELL: types into a real shell, on a terminal, what a person does, and reads back what the shell then has.

shell 11.8 and 12.4, - and --unset, a version that is not here, and, where the shell has a hook, cd into a folder with a
.cuda-version and out again. Exits 77 where the shell or pexpect is not installed.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import Terminal, check_active, check_same

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
ROOTS = Path(__file__).resolve().parents[1] / "roots"


def make(home):
    """Two toolkits, as the machine `twelve` has them, that only this HOME knows of."""
    subprocess.run([ROOTS / "make-root", ROOTS / "twelve.root", home / "twelve"], check=True)
    (home / ".config/cuenv").mkdir(parents=True)
    folders = [home / f"twelve/usr/local/cuda-{version}" for version in ("11.8", "12.4")]
    (home / ".config/cuenv/roots").write_text("".join(f"{folder}\n" for folder in folders))
    (home / "project/below").mkdir(parents=True)
    (home / "project/.cuda-version").write_text("12.4\r\n")
    return [str(folder) for folder in folders]


def first(got, root, what):
    check_active(got, root, what)
    assert got["PATH"].startswith(f"{root}/bin:"), f"{what}: PATH={got['PATH']}"


def main():
    if not shutil.which(SHELL):
        print(f"{SHELL} is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="switch-") as folder:
        home = Path(folder).resolve()
        old, new = make(home)
        t = Terminal(SHELL, CUENV, home, CUDA_HOME="/users/own")
        t.say(t.init % " --hook")
        before = t.environment()
        t.say("cuenv shell 11.8")
        first(t.environment(), old, "shell 11.8")
        t.say("cuenv shell 12.4")
        first(t.environment(), new, "shell 12.4")
        t.say("cuenv shell -")
        first(t.environment(), old, "shell -")
        t.say("cuenv shell 12.5")
        first(t.environment(), old, "shell 12.5, which is not here")
        t.say("cuenv version --origin")
        t.say("cuenv shell --unset")
        check_same(before, t.environment(), "--unset")
        t.say("cd project")
        first(t.environment(), new, "cd to a folder with .cuda-version")
        t.say("cd below")
        first(t.environment(), new, "cd below it")
        t.say("cd ../..")
        check_same(before, t.environment(), "cd out")
        text = t.shown()
        assert re.search(r"cuenv: CUDA 11\.8\.89 at \S+, nvcc here; (no )?driver.*; ", text), text
        assert "no toolkit 12.5; the nearest is 12.4" in text, text
        assert "11.8.89 (11.8, by CUENV_VERSION)" in text, text
        t.close()


main()
