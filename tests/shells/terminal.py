"""terminal.py: a real shell on a terminal, typed into as a person does; shared by the tests that drive shells."""
import sys
from pathlib import Path

try:
    import pexpect
except ImportError:
    print("pexpect is not installed")
    sys.exit(77)

# How each is started without files of the machine's, and how it takes cuenv's code; %s: more options.
START = {
    "bash": (["--norc", "--noprofile"], 'eval "$(cuenv init bash%s)"'),
    "zsh": (["-f", "-o", "no_zle"], 'eval "$(cuenv init zsh%s)"'),
    "fish": (["--no-config"], "cuenv init fish%s | source"),
    "dash": (["-i"], 'eval "$(cuenv init dash%s)"'),
    "ksh": (["-i"], 'eval "$(cuenv init ksh%s)"'),
    "mksh": (["-i"], 'eval "$(cuenv init mksh%s)"'),
    "tcsh": (["-f"], 'eval "`cuenv init tcsh%s`"'),
    "elvish": (["-norc"], "eval (cuenv init elvish%s | slurp)"),
    "xonsh": (["--no-rc", "--shell-type", "dumb"], "execx($(cuenv init xonsh%s))"),
}
# PATH kept in a variable of the shell's, given back, and with a folder put before it, as scripts and people do.
KEEP = {"fish": "set %s $PATH", "tcsh": 'set %s = "$PATH"', "elvish": "var %s = $E:PATH", "xonsh": "%s = list($PATH)"}
RESTORE = {"fish": "set -gx PATH $%s", "tcsh": 'setenv PATH "$%s"', "elvish": "set-env PATH $%s", "xonsh": "$PATH = %s"}
BEFORE = {"fish": "set -gx PATH %s $PATH", "tcsh": 'setenv PATH "%s:$PATH"', "elvish": "set-env PATH %s:$E:PATH",
          "xonsh": "$PATH.insert(0, '%s')"}
ENV = "import os, sys\nopen(sys.argv[1], 'w').write('\\0'.join(f'{k}={v}' for k, v in os.environ.items()))\n"


def keep(shell, name):
    return KEEP.get(shell, '%s="$PATH"') % name


def restore(shell, name):
    return RESTORE.get(shell, 'PATH="$%s"') % name


def put_before(shell, folder):
    return BEFORE.get(shell, 'PATH="%s:$PATH"') % folder


class Terminal:
    """A shell whose HOME is the folder home; say() types a line and waits until it is done."""

    def __init__(self, shell, cuenv, home, under=(), **more):
        self.shell, self.home, self.count = shell, home, 0
        (home / "env.py").write_text(ENV)
        environment = {"HOME": str(home), "PATH": f"{cuenv.parent}:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8",
                       "XDG_CONFIG_HOME": str(home / ".config"), "SHELL": "/bin/sh", "XDG_RUNTIME_DIR": str(home),
                       "XDG_DATA_HOME": str(home), "ASAN_OPTIONS": "detect_leaks=0", **more}
        words = [*under, shell, *START[shell][0]]
        self.child = pexpect.spawn(words[0], words[1:], env=environment, cwd=str(home), timeout=40, encoding="utf-8",
                                   codec_errors="replace", dimensions=(50, 2000), echo=False)
        self.log = open(home / "log", "w", encoding="utf-8")
        self.child.logfile_read = self.log
        self.init = START[shell][1]

    def say(self, line, seconds=40):
        """Types the line; what the terminal shows until it is done."""
        self.count += 1
        mark, start = self.home / f"mark{self.count}", len(self.shown())
        self.child.send(line + "\r")
        self.child.send(f"touch {mark}\r")
        for _ in range(seconds * 10):
            done = mark.exists()
            self.read()
            if done:
                return self.shown()[start:]
        raise AssertionError(f"{line!r} was not done; the terminal shows:\n{self.shown()}")

    def read(self):
        try:
            self.child.expect("\0never", timeout=0.1)
        except pexpect.TIMEOUT:
            pass

    def shown(self):
        self.log.flush()
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")

    def environment(self):
        """What the shell exports, but for what every command changes."""
        self.count += 1
        file = self.home / f"env{self.count}"
        self.say(f"python3 {self.home}/env.py {file}")
        found = dict(item.split("=", 1) for item in file.read_text().split("\0") if item)
        skip = ("_", "OLDPWD", "PWD", "SHLVL", "LINES", "COLUMNS")
        return {k: v for k, v in found.items() if k not in skip and not k.startswith("XONSH_")}

    def close(self):
        self.child.close(force=True)


def check_same(before, after, what):
    changed = sorted(set(before.items()) ^ set(after.items()))
    assert not changed, f"{what}: the environment is not as before: {changed}"


def check_active(got, root, what):
    names = ("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT")
    wrong = {name: got.get(name) for name in names if got.get(name) != str(root)}
    assert not wrong, f"{what}: {wrong}"
    assert got["CUDACXX"] == f"{root}/bin/nvcc", f"{what}: CUDACXX={got['CUDACXX']}"
    assert f"{root}/bin" in got["PATH"].split(":") and "::" not in got["PATH"], f"{what}: PATH={got['PATH']}"
