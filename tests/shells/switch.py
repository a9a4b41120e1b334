#!/usr/bin/env python3
"""switch.py CUENV SHELL: types into a real shell, on a terminal, what a person does, and reads back what the shell then has.

Without cuenv init, the line that is missing; with it shell 11.8 and 12.4, - and --unset, a version that is not here; and what
the hook follows: a .cuda-version when it is entered, changed and left, a PATH that is restored or that has another nvcc
first. Exits 77 where the shell or pexpect is not installed.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import Terminal, check_active, check_same, keep, put_before, restore
from toolkits import make

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
BY_PROMPT = SHELL in ("bash", "zsh", "fish", "xonsh")   # the others' hook looks at cd


def first(got, root, what):
    check_active(got, root, what)
    assert got["PATH"].startswith(f"{root}/bin:"), f"{what}: PATH={got['PATH']}"


def without_init(t):
    """The rc line of the shell that is typed in, or that a script or a login runs, whatever SHELL is."""
    line = t.init % ""
    said = t.say("cuenv shell 11.8")
    assert line in said, f"without init: {said}"
    for name, environment in (("-" + SHELL, {"HOME": str(t.home), "SHELL": "/bin/sh"}), (SHELL, {})):
        done = subprocess.run([name, "-c", f"{CUENV} shell 11.8\necho done"], executable=shutil.which(SHELL), env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert line in done.stderr, f"without init, {name} -c: {done.stderr}"


def guard(t, old, before):
    """What the hook notices of PATH."""
    look = ":" if BY_PROMPT and SHELL != "xonsh" else "pass" if BY_PROMPT else "cd ."
    t.say(keep(SHELL, "kept"))
    t.say("cuenv shell 11.8")
    t.say(restore(SHELL, "kept"))
    t.say(look)
    first(t.environment(), old, "PATH restored")
    t.say(put_before(SHELL, t.home / "other"))
    t.say(look)
    first(t.environment(), old, "another nvcc before ours")
    t.say(keep(SHELL, "later"))
    t.say("cuenv shell --unset")
    t.say(restore(SHELL, "later"))
    t.say(look)
    assert old + "/bin" not in t.environment()["PATH"], "PATH restored after --unset"
    t.say(restore(SHELL, "kept"))
    t.say(look)
    check_same(before, t.environment(), "PATH as it was")
    text = t.shown()
    for said in ("PATH has lost", "with an nvcc, before", "again, as when", "; taken out"):
        assert text.count(said) == 1, f"{said!r} was said {text.count(said)} times: {text}"


def changed_in_place(t, project, old, new):
    """Only a prompt's hook sees a file that changes under it; cuenv shell asks anew everywhere."""
    (project / ".cuda-version").write_text("11.8\n")
    t.say("cuenv shell" if not BY_PROMPT else "echo")
    first(t.environment(), old, ".cuda-version changed")
    (project / ".cuda-version").write_text("12.4\n")
    t.say("cuenv shell" if not BY_PROMPT else "echo")
    first(t.environment(), new, ".cuda-version changed back")


def main():
    if not shutil.which(SHELL):
        print(f"{SHELL} is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="switch-") as folder:
        home = Path(folder).resolve()
        old, new = make(home)
        t = Terminal(SHELL, CUENV, home, CUDA_HOME="/users/own")
        without_init(t)
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
        changed_in_place(t, home / "project", old, new)
        t.say("cd below")
        first(t.environment(), new, "cd below it")
        t.say("cd ../..")
        check_same(before, t.environment(), "cd out")
        guard(t, old, before)
        text = t.shown()
        assert re.search(r"cuenv: CUDA 11\.8\.89 at \S+, nvcc here; (no )?driver.*; ", text), text
        assert "no toolkit 12.5; the nearest is 12.4" in text, text
        assert not re.search("ommand not found|nknown command", text), text
        assert "11.8.89 (11.8, by CUENV_VERSION)" in text, text
        t.close()


main()
