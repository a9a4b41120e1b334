#!/usr/bin/env python3
"""large.py CUENV [MB]: a log of 20 MB (or MB; with CUENV_LAB_FULL 200) from a file, a pipe, and as one line: bounded memory
and time, the cause at its end found, its line number right. What is no log is refused at once; that what has no end is read
for 2 GB takes a minute, and is tried from 200 MB on."""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CUENV, MEGABYTES = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 200 if os.environ.get("CUENV_LAB_FULL") else 20)
SIZE = MEGABYTES << 20
GOOD = (HERE / "logs/00-good-2.5.1.log").read_bytes().split(b"\n", 2)[2]
BAD = b"/usr/bin/ld: cannot find -lcudart: No such file or directory\n"
MEMORY = 12 << 20	# bytes that it may have at most, two threads' stacks included
RATE = 10 << 20		# bytes that it must read in a second of processor time
wrong = []


def limits():
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])	# a thread for each
    resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, 1 << 20))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def explain(name, words, expect, line, **streams):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.time()
    done = subprocess.run([CUENV, "--root", root, "explain", "--json", *words], capture_output=True, preexec_fn=limits, check=False,
                          **streams)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = json.loads(done.stdout) if done.returncode < 2 else {}
    print(f"{name}: {said.get('cause')} at line {said.get('line')}, {used:.1f} s of processor, {time.time() - start:.1f} s")
    if said.get("cause") != expect or (line and said.get("line") != line):
        wrong.append(f"{name}: {said.get('cause')} at line {said.get('line')}, not {expect} at {line}; {done.stderr.decode()}")
    if used > SIZE / RATE:
        wrong.append(f"{name}: {used:.1f} s of processor")


with tempfile.TemporaryDirectory() as root:
    log = Path(root, "log")
    times = SIZE // len(GOOD) + 1
    block = GOOD * 100
    with log.open("wb") as file:
        for _ in range(times // 100 + 1):
            file.write(block)
        file.write(BAD + b"ninja: build stopped: subcommand failed.\n")
    lines = block.count(b"\n") * (times // 100 + 1)
    explain("a file", ["/log"], "CE107", lines + 1)
    with subprocess.Popen(["cat", log], stdout=subprocess.PIPE) as cat:
        explain("a pipe", ["-"], "CE107", lines + 1, stdin=cat.stdout)
    with log.open("wb") as file:
        for _ in range(SIZE >> 20):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + BAD)
    explain("one line before it", ["/log"], "CE107", 2)
    with log.open("wb") as file:
        file.write(block + BAD)
        file.truncate(SIZE)
    explain("a file with a hole", ["/log"], "CE107", block.count(b"\n") + 1)
    with log.open("wb") as file:
        for i in range(SIZE // 80):
            file.write(b"x.so: undefined symbol: f%050d\n" % i)
    explain("each line another cause", ["/log"], "CE411", 1)
    for command, says in (("yes", "goes on behind 2 GB"), ("cat /dev/zero", "is no text"),
                          ("cat /dev/urandom", "is no text"))[MEGABYTES < 200:]:
        with subprocess.Popen(command.split(), stdout=subprocess.PIPE) as endless:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run([CUENV, "--root", root, "explain", "-"], stdin=endless.stdout, capture_output=True, text=True,
                                  preexec_fn=limits, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            endless.stdout.close()
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{command}: {done.stderr.strip()} ({used:.1f} s of processor)")
        if done.returncode != (1 if command == "yes" else 2) or says not in done.stderr or done.stderr.count("\n") != 1:
            wrong.append(f"{command}: {done.returncode} {done.stdout}{done.stderr}")
        if used > (2 << 30) / RATE:
            wrong.append(f"{command}: {used:.1f} s of processor")
    log.write_bytes(os.urandom(1 << 20))
    done = subprocess.run([CUENV, "--root", root, "explain", "/log"], capture_output=True, text=True, check=False)
    if done.returncode != 2 or "is no text" not in done.stderr or done.stderr.count("\n") != 1:
        wrong.append(f"random bytes: {done.returncode} {done.stdout}{done.stderr}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
