#!/usr/bin/env python3
"""quiet.py CUENV SHELL: the hook starts no process while nothing changes, as strace sees it; and one where something does.

Exits 77 where the shell, pexpect or strace is not installed, or the kernel lets nobody trace.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import Terminal
from toolkits import make

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
PROMPTS = 10


def started(home, since):
    """Processes that were started since that byte of the trace; threads are none."""
    lines = (home / "trace").read_text(errors="replace")[since:].splitlines()
    made = [line for line in lines if re.search(r"\b(clone3?|v?fork)\(", line) and "CLONE_THREAD" not in line]
    return len(made), [line for line in lines if "execve(" in line]


def count(t, lines):
    """How many processes these lines start beside the one that say() needs."""
    t.say(":")
    since = (t.home / "trace").stat().st_size
    for line in lines:
        t.child.send(line + "\r")
    t.say(":")
    number, what = started(t.home, since)
    return number - 1, what


def main():
    for name in (SHELL, "strace"):
        if not shutil.which(name):
            print(f"{name} is not installed")
            sys.exit(77)
    if subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        print("nobody may trace here")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="quiet-") as folder:
        home = Path(folder).resolve()
        make(home)
        t = Terminal(SHELL, CUENV, home, ("strace", "-f", "-e", "trace=process", "-o", str(home / "trace")))
        if SHELL == "fish":
            t.say("function fish_prompt; echo '> '; end")   # fish's own looks for git
        t.say(t.init % " --hook")
        for where in ("nothing chosen", "cuenv global", ".cuda-version", "cuenv shell"):
            t.say({"cuenv global": "cuenv global 11.8", ".cuda-version": "cd project/below",
                   "cuenv shell": "cuenv shell 11.8"}.get(where, ":"))
            number, what = count(t, [""] * PROMPTS)
            assert number == 0, f"{SHELL}: {number} processes at {PROMPTS} prompts, {where}: {what}"
        number, what = count(t, ["PATH=$PATH:/mine" if SHELL != "fish" else "set PATH $PATH /mine"] + [""] * PROMPTS)
        assert number == 1 and "--hook" in " ".join(what), f"{SHELL}: {number} processes where PATH changed: {what}"
        print(f"{SHELL}: none at {4 * PROMPTS} prompts, one where PATH changed")
        t.close()


main()
