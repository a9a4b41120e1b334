#!/usr/bin/env python3
"""handed.py CUENV SHELL: a venv's PATH full of hostile text, handed to cuenv by the shell's function and given back.

All values of hostile.py stand in one element of PATH. Switched to it, _OLD_VIRTUAL_PATH begins with the toolkit; --unset gives
back every byte, and nothing was executed. Exits 77 where the shell is not installed.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hostile import VALUES
from toolkits import make

CUENV, SHELL = Path(sys.argv[1]).resolve(), sys.argv[2]
SH = 'eval "$(%s init %s)"; _OLD_VIRTUAL_PATH=$HOSTILE\n' \
     'show() { env -0 KEPT="$_OLD_VIRTUAL_PATH" > $1; }\ncuenv shell 11.8; show ../set; cuenv shell --unset; show ../left\n'
SCRIPT = {
    "fish": "%s init %s | source; set -g _OLD_VIRTUAL_PATH $HOSTILE\n"
            'function show; env -0 KEPT="$_OLD_VIRTUAL_PATH" > $argv[1]; end\n'
            "cuenv shell 11.8; show ../set; cuenv shell --unset; show ../left\n",
    "tcsh": 'eval "`%s init %s`"\nset _OLD_VIRTUAL_PATH = "$HOSTILE"\n'
            'cuenv shell 11.8\nenv -0 KEPT="$_OLD_VIRTUAL_PATH" > ../set\n'
            'cuenv shell --unset\nenv -0 KEPT="$_OLD_VIRTUAL_PATH" > ../left\n',
}
QUIET = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["-N"], "tcsh": ["-f"]}


def read(file):
    return dict(item.split(b"=", 1) for item in file.read_bytes().split(b"\0") if item)


def main():
    if not shutil.which(SHELL):
        print(f"{SHELL} is not installed")
        sys.exit(77)
    hostile = b"/q/" + b" ".join(v for v in VALUES if b":" not in v) + b":/usr/bin:/bin"
    with tempfile.TemporaryDirectory(prefix="handed-") as folder:
        home = Path(folder).resolve()
        old, _ = make(home)
        (home / "in").mkdir()
        (home / "script").write_text(SCRIPT.get(SHELL, SH) % (CUENV, SHELL))
        environment = {b"HOME": bytes(home), b"PATH": hostile, b"HOSTILE": hostile, b"VIRTUAL_ENV": b"/v", b"LC_ALL": b"C.UTF-8"}
        done = subprocess.run([shutil.which(SHELL), *QUIET.get(SHELL, []), home / "script"], env=environment, cwd=home / "in",
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert (home / "left").exists(), done
        for file, wanted in (("set", old.encode() + b"/bin:" + hostile), ("left", hostile)):
            got = read(home / file)
            for name in (b"KEPT", b"PATH"):
                assert got[name] == wanted, f"{SHELL}, {file}: {name} is\n{got[name]}, not\n{wanted}\n{done.stderr.decode()}"
        assert not os.listdir(home / "in"), f"{SHELL}: something was executed: {os.listdir(home / 'in')}"
        print(f"{SHELL}: {len(hostile)} bytes went through and came back")


main()
