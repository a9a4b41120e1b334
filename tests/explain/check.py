#!/usr/bin/env python3
"""check.py CUENV: what `cuenv explain` says of each log in logs/, as it is and dressed up.

A log's name begins with its row of docs/failures.md; 00 is a build that went well. It begins with two lines of "#:": the
code of the first cause ("none": no known failure; "after": a consequence, the cause for want of another), and of what else must
be named, in that order; then how it was made: "real" with the software, or quoted.
"""
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
CUENV = sys.argv[1]
GOOD = (HERE / "logs/00-good-2.5.1.log").read_text().split("\n", 2)[2]
AFTER = """ninja: build stopped: subcommand failed.
subprocess.CalledProcessError: Command '['ninja', '-v']' returned non-zero exit status 1.
The above exception was the direct cause of the following exception:
RuntimeError: Error compiling objects for extension
  error: subprocess-exited-with-error
ERROR: Failed building wheel for mmcv
ModuleNotFoundError: No module named 'mmcv._ext'
"""
LATER = "FAILED: z.o\nz.cu:1:1: fatal error: cufft.h: No such file or directory\n"


def coloured(text):
    """As gcc colours: each word of weight between two escapes, and the rest of the line erased."""
    return re.sub(r"(error|fatal error|warning|note)(: )", "\033[01;31m\033[K\\1\\2\033[m\033[K", text)


DRESSES = {
    "as it is": lambda t: t.encode(),
    "with CRLF": lambda t: t.replace("\n", "\r\n").encode(),
    "in colours": lambda t: coloured(t).encode(),
    "in UTF-16": lambda t: b"\xff\xfe" + t.encode("utf-16-le"),
    "in UTF-16, high byte first": lambda t: b"\xfe\xff" + t.encode("utf-16-be"),
    "behind a bar": lambda t: (" 10%|#   |\r 20%|##  |\r" + t).encode(),
    "with bytes of no text": lambda t: b"\x80\xff\xc3 what\n" + t.encode(),
    "behind a build that went well": lambda t: (GOOD + t).encode(),
    "before what follows": lambda t: (t + AFTER).encode(),
    "before another cause": lambda t: (t + LATER).encode(),
    "indented by pip": lambda t: ("  × python setup.py bdist_wheel did not run successfully.\n" + t.replace("\n", "\n      ")).encode(),
}


def explain(data, root):
    # The machine is an empty one, so that nothing of this one's can matter.
    done = subprocess.run([CUENV, "--root", root, "explain", "--json", "-"], input=data, capture_output=True, timeout=60, check=False)
    return done.returncode, json.loads(done.stdout) if done.returncode < 2 else done.stderr.decode()


def wrong(path, root):
    """Every breach of one log."""
    first, made, text = path.read_text().split("\n", 2)
    codes = first.removeprefix("#:").split()
    if not first.startswith("#: ") or not re.match(r"#: (real: .|quoted)", made):
        yield f"{path.name}: does not begin as it should"
    consequence = codes[0] == "after"
    codes = codes[consequence:]
    for dress, change in DRESSES.items():
        if consequence and dress == "before another cause":
            continue
        if codes[0] == "none" and dress.startswith("before"):
            continue
        status, said = explain(change(text), root)
        if status > 1:
            yield f"{path.name} {dress}: {said}"
            continue
        found = [f["code"] for f in said["findings"]]
        wanted = codes if codes[0] != "none" else codes[1:]
        at = [found.index(code) if code in found else -1 for code in wanted]
        if (said["cause"] or "none") != codes[0] or -1 in at or at != sorted(at) or status != (codes[0] == "none"):
            yield f"{path.name} {dress}: {said['cause']} {found}, exit code {status}"
        for finding in said["findings"]:
            if not finding["evidence"] or (finding["severity"] == "fail" and not finding["remedy"]):
                yield f"{path.name} {dress}: {finding['code']} has no evidence or no remedy"
        if said["cause"] and dress == "as it is":
            line = text.split("\n")[said["line"] - 1].strip()
            if line[:60] not in said["findings"][0]["evidence"][0] and line.isprintable():
                yield f"{path.name}: line {said['line']} is not the one quoted"


def rows():
    """The table of docs/failures.md says "yes" of just the rows that have a log with a cause; and tells its code."""
    table = {}
    for line in (HERE / "../../docs/failures.md").read_text().split("\n"):
        cells = [c.strip() for c in line.split(" | ")]
        if re.match(r"\| \d+$", cells[0]) and len(cells) >= 6:
            table[int(cells[0][2:])] = (cells[-4], cells[-2])
    logs = {}
    for path in (HERE / "logs").glob("*.log"):
        logs.setdefault(int(path.name[:2]), set()).update(path.read_text().split("\n", 1)[0].removeprefix("#:").split())
    if sorted(table) != list(range(1, 68)):
        yield f"docs/failures.md has {len(table)} rows"
    for number, (code, explained) in table.items():
        has = bool(logs.get(number, set()) - {"none", "after"})
        if has != explained.startswith("yes"):
            yield f"docs/failures.md, row {number}: «{explained}», and there is {'a' if has else 'no'} log with a cause"
        if has and explained == "yes" and code not in logs[number]:
            yield f"docs/failures.md, row {number}: {code} is not what its logs say: {sorted(logs[number])}"


def main():
    logs = sorted((HERE / "logs").glob("*.log"))
    with tempfile.TemporaryDirectory() as root, ThreadPoolExecutor(2) as pool:
        found = [w for ws in pool.map(lambda p: list(wrong(p, root)), logs) for w in ws] + list(rows())
    print("\n".join(found) or f"{len(logs)} logs in {len(DRESSES)} dresses are named as they should be")
    sys.exit(1 if found or not logs else 0)


main()
