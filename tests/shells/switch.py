#!/usr/bin/env python3
"""switch.py CUENV SHELL: types into a real shell, on a terminal, what a person does, and reads back what the shell then has.

shell 11.8 and 12.4, - and --unset, a version that is not here, and, where the shell has a hook, cd into a folder with a
.cuda-version and out again. Exits 77 where the shell or pexpect is not installed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import pexpect
except ImportError:
    sys.exit(77)

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
ROOTS = Path(__file__).resolve().parents[1] / "roots"
# How each is started without files of the machine's, how it takes the code, and whether a hook follows the folder.
START = {
    "bash": (["--norc", "--noprofile"], 'eval "$(cuenv init bash --hook)"', True),
    "zsh": (["-f", "-o", "no_zle"], 'eval "$(cuenv init zsh --hook)"', True),
    "fish": (["--no-config"], "cuenv init fish --hook | source", True),
    "dash": (["-i"], 'eval "$(cuenv init dash --hook)"', True),
    "ksh": (["-i"], 'eval "$(cuenv init ksh --hook)"', True),
    "mksh": (["-i"], 'eval "$(cuenv init mksh --hook)"', True),
    "tcsh": (["-f"], 'eval "`cuenv init tcsh --hook`"', True),
    "elvish": (["-norc"], "eval (cuenv init elvish --hook | slurp)", True),
    "xonsh": (["--no-rc", "--shell-type", "dumb"], "execx($(cuenv init xonsh --hook))", True),
}


class Terminal:
    """A shell on a terminal; say() types a line and waits until it is done."""

    def __init__(self, home):
        args, self.init, self.hook = START[SHELL]
        self.home, self.count = home, 0
        environment = {"HOME": str(home), "PATH": f"{CUENV.parent}:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8",
                       "CUDA_HOME": "/users/own", "XDG_CONFIG_HOME": str(home / ".config"), "SHELL": "/bin/sh",
                       "XDG_RUNTIME_DIR": str(home), "ASAN_OPTIONS": "detect_leaks=0"}
        self.child = pexpect.spawn(SHELL, args, env=environment, cwd=str(home), timeout=40, encoding="utf-8",
                                   codec_errors="replace", dimensions=(50, 2000), echo=False)
        self.log = open(home / "log", "w", encoding="utf-8")
        self.child.logfile_read = self.log

    def say(self, line):
        self.count += 1
        mark = self.home / f"mark{self.count}"
        self.child.send(line + "\r")
        self.child.send(f"touch {mark}\r")
        for _ in range(400):
            if mark.exists():
                return
            try:
                self.child.expect("\0never", timeout=0.1)
            except pexpect.TIMEOUT:
                pass
        raise AssertionError(f"{line!r} was not done; the terminal shows:\n{(self.home / 'log').read_text()}")

    def environment(self):
        """What the shell exports, but for what every command changes."""
        self.count += 1
        file = self.home / f"env{self.count}"
        self.say(f"python3 {self.home}/env.py {file}")
        found = dict(item.split("=", 1) for item in file.read_text().split("\0") if item)
        return {k: v for k, v in found.items() if k not in ("_", "OLDPWD", "PWD", "SHLVL", "LINES", "COLUMNS", "PWD")}


def make(home):
    """Two toolkits, as the machine `twelve` has them, that only this HOME knows of."""
    subprocess.run([ROOTS / "make-root", ROOTS / "twelve.root", home / "twelve"], check=True)
    (home / ".config/cuenv").mkdir(parents=True)
    folders = [home / f"twelve/usr/local/cuda-{version}" for version in ("11.8", "12.4")]
    (home / ".config/cuenv/roots").write_text("".join(f"{folder}\n" for folder in folders))
    (home / "env.py").write_text("import os, sys\nopen(sys.argv[1], 'w').write('\\0'.join(f'{k}={v}' for k, v in os.environ.items()))\n")
    (home / "project/below").mkdir(parents=True)
    (home / "project/.cuda-version").write_text("12.4\r\n")
    return [str(folder) for folder in folders]


def check(got, root, what):
    names = ("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT")
    wrong = {name: got.get(name) for name in names if got.get(name) != root}
    assert not wrong, f"{what}: {wrong}"
    assert got["CUDACXX"] == root + "/bin/nvcc" and got["PATH"].startswith(root + "/bin:"), f"{what}: {got}"
    assert "::" not in got["PATH"], got["PATH"]


def main():
    if not shutil.which(SHELL):
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="switch-") as folder:
        home = Path(folder).resolve()
        old, new = make(home)
        t = Terminal(home)
        t.say(t.init)
        before = t.environment()
        t.say("cuenv shell 11.8")
        check(t.environment(), old, "shell 11.8")
        t.say("cuenv shell 12.4")
        check(t.environment(), new, "shell 12.4")
        t.say("cuenv shell -")
        check(t.environment(), old, "shell -")
        t.say("cuenv shell 12.5")
        check(t.environment(), old, "shell 12.5, which is not here")
        t.say("cuenv version --origin")
        t.say("cuenv shell --unset")
        after = t.environment()
        assert after == before, f"--unset: {set(after.items()) ^ set(before.items())}"
        if t.hook:
            t.say("cd project")
            check(t.environment(), new, "cd to a folder with .cuda-version")
            t.say("cd below")
            check(t.environment(), new, "cd below it")
            t.say("cd ../..")
            after = t.environment()
            assert after == before, f"cd out: {set(after.items()) ^ set(before.items())}"
        text = (home / "log").read_text()
        assert re.search(r"cuenv: CUDA 11\.8\.89 at \S+, nvcc here; (no )?driver.*; ", text), text
        assert "no toolkit 12.5; the nearest is 12.4" in text, text
        assert "11.8.89 (11.8, by CUENV_VERSION)" in text, text
        t.child.close(force=True)


main()
