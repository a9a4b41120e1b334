#!/usr/bin/env python3
"""hostile.py RENDER FORMAT [SHELL]: hostile values in a toolkit's path, through the real shell, set and read back and left.

The text is evaluated as people do it, in a folder of its own; what the variables then are, what was executed, and whether
leaving gives back every byte is counted, and whether the same text twice does as much as once: 0 wrong, 0 executed. Exits 77 where the shell is not installed.
"""
import os
import shutil
import subprocess
import sys
import tempfile

VALUES = [
    b"plain", b"with space", b"two  spaces ", b"it's", b"a'b'c", b"'; touch PWN; '", b"a\\'; touch PWN #", b'"', b'a"; touch PWN; "b',
    b"$(touch PWN)", b"`touch PWN`", b"${IFS}", b"$HOME", b"$PATH", b"\\", b"\\\\n", b"ends in \\", b"a\\'b", b"!", b"!!", b"a!b!c",
    b"*", b"?[a-z]*", b"~", b"~root", b"{a,b}", b"a;touch PWN", b"a&&touch PWN", b"|touch PWN", b">PWN", b"<(touch PWN)", b"#", b"a #b",
    b"%PATH%", b"100%", b"@(touch PWN)", b"$[touch PWN]", b"(touch PWN)", b"=ls", b"-n", b"\xc3\xa9\xe2\x82\xac", b"\xff\xfe", b"a\x80b",
    b"\xe2\x80\x99; touch PWN; \xe2\x80\x99", b"^a^b", b"$'x'", b"@{HOME}", b"''", b"a''b", b"@$(touch PWN)", b"tcl[exec touch PWN]",
]
REFUSED = [b"a\nb", b"a\ntouch PWN\n", b"tab\t", b"\x01", b"esc\x1b[0m", b"\x7f", b"cr\r", b"a:b"]
NAMES = ["CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDAToolkit_ROOT", "CUDACXX", "PATH", "LD_LIBRARY_PATH"]
ONLY_ONCE = ["csh"]   # what its text adds to PATH, it adds each time
WHOLE = ["xonsh"]      # PATH is said whole, so one value is enough; and its start is slow
STARTS = {
    "sh": ["-c", 'eval "$(cat ../text)"; env -0 > ../out'],
    "fish": ["-N", "-c", "cat ../text | source; env -0 > ../out"],
    "csh": ["-f", "-c", 'eval "`cat ../text`"; env -0 > ../out'],
    "elvish": ["-norc", "-c", "eval (slurp < ../text); env -0 > ../out"],
    "xonsh": ["--no-rc", "-c", "execx(open('../text').read()); env -0 > ../out"],
}


def environment(folder):
    home = os.path.join(folder, "home")
    os.makedirs(home, exist_ok=True)
    return {b"PATH": b"/usr/bin:/bin", b"HOME": home.encode(), b"CUDA_PATH": b"/before it's", b"LANG": b"C.UTF-8", b"CUDACXX": b"",
            b"XONSH_DATA_DIR": home.encode(), b"XDG_DATA_HOME": home.encode(), b"XDG_CONFIG_HOME": home.encode()}


def render(tool, form, root, env):
    return subprocess.run([tool, form, root], env=env, capture_output=True, check=False)


def through(shell, form, text, env, folder):
    """The environment that the shell has after the text."""
    inside = os.path.join(folder, "in")
    os.makedirs(inside, exist_ok=True)
    out = os.path.join(folder, "out")
    with open(os.path.join(folder, "text"), "wb") as file:
        file.write(text)
    if os.path.exists(out):
        os.unlink(out)
    said = subprocess.run([shell, *STARTS[form]], env=env, cwd=inside, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if not os.path.exists(out):
        return {}, said.stderr
    with open(out, "rb") as file:
        return dict(line.split(b"=", 1) for line in file.read().split(b"\0") if b"=" in line), said.stderr


def wrong_set(root, got):
    want = dict.fromkeys(NAMES[:4], root)
    want["CUDACXX"] = root + b"/bin/nvcc"
    want["PATH"] = root + b"/bin:/usr/bin:/bin"
    want["LD_LIBRARY_PATH"] = root + b"/lib64"
    return [f"{name}={got.get(name.encode())!r}" for name in NAMES if got.get(name.encode()) != want[name]]


def wrong_left(before, after):
    skip = {b"_", b"SHLVL", b"PWD", b"OLDPWD"}
    return [f"{name.decode()}: {before.get(name)!r} became {after.get(name)!r}" for name in before.keys() | after.keys()
            if name not in skip and before.get(name) != after.get(name)]


def try_value(tool, form, shell, value, folder):
    env, root = environment(folder), b"/opt/" + value
    base, _ = through(shell, form, b"", env, folder)
    text = render(tool, form, root, base)
    if text.returncode:
        expected = (b"UTF-8" in text.stderr and form in ("elvish", "xonsh")) or (b"expand" in text.stderr and form == "xonsh")
        return [] if expected else [text.stderr.decode()]
    active, said = through(shell, form, text.stdout, base, folder)
    found = wrong_set(root, active)
    again = form not in ONLY_ONCE and (form not in WHOLE or value == VALUES[0])
    twice, more = through(shell, form, text.stdout * 2, base, folder) if again else (active, said)
    if twice != active or more != said:
        found += [f"twice: {name.decode()}={twice.get(name)!r}" for name in active if active[name] != twice.get(name)] + [more.decode()]
    if found:
        return [*found, said.decode(errors="replace")]
    left, said = through(shell, form, render(tool, form, b"-", active).stdout, active, folder)
    return wrong_left(base, left)


def refusals(tool, form, env):
    for value in REFUSED:
        text = render(tool, form, b"/opt/" + value, env)
        if text.returncode != 1 or text.stdout or not text.stderr:
            yield f"{form}: {value!r} is not refused: {text.stdout!r}"


def main(tool, form, shell=None):
    shell = shell or form
    path = shutil.which(shell, path="/usr/bin:/bin:/usr/local/bin")
    if not path:
        print(f"{shell} is not installed")
        sys.exit(77)
    wrong = executed = 0
    with tempfile.TemporaryDirectory() as folder:
        for value in VALUES:
            found = try_value(tool, form, path, value, folder)
            wrong += bool(found)
            if found:
                print(f"{shell}: {value!r}: " + "; ".join(found))
            for where in ("in/PWN", "home/PWN", "PWN"):
                if os.path.exists(os.path.join(folder, where)):
                    os.unlink(os.path.join(folder, where))
                    executed += 1
                    print(f"{shell}: {value!r} was executed")
        for line in refusals(tool, form, environment(folder)):
            wrong += 1
            print(line)
    print(f"{shell}: {len(VALUES)} values, {wrong} wrong, {executed} executed")
    sys.exit(1 if wrong or executed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
