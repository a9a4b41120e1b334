"""What `cuenv scan` foretells beside what the compilers said; used by scripts/scan-truth and tests/real/scan.test.

A file is foretold when scan says that it fails; the cause is the right one when it stands at a line where the compiler has an
error, or has the name or the header or the C++ standard that the compiler's first error is about."""
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

AT = re.compile(r"^(?P<file>/[^\s:(]+)(?::(?P<line>\d+):\d+|\((?P<at>\d+)\)): (?:fatal |catastrophic )?error", re.M)
QUOTED = re.compile(r"[‘'\"]([^’'\"]{2,})[’'\"]")
HEADER = re.compile(r"error: (\S+): No such file")
STANDARD = re.compile(r"C\+\+\d\d", re.I)


def right_cause(error, log, hits):
    """Whether one of the hits that scan is sure of is what the compiler stopped at."""
    said = " ".join(f"{h['cause']} {h['says'] or ''}" for h in hits)
    lines = {(os.path.realpath(m["file"]), int(m["line"] or m["at"])) for m in AT.finditer(log)}
    if any((os.path.realpath(h["file"]), h["line"]) in lines for h in hits):
        return True
    header = HEADER.search(error)
    if header:
        return header[1] in said
    if "#error" in error and STANDARD.search(error):
        return bool(set(STANDARD.findall(error)) & set(STANDARD.findall(said)))
    names = {word for quoted in QUOTED.findall(error) for word in re.findall(r"[A-Za-z_]\w{2,}", quoted)} - {"const", "int", "class", "namespace"}
    return bool(names & set(re.findall(r"[A-Za-z_]\w{2,}", said)))


def run_scan(cuenv, home, toolkits, torch, toolkit, what):
    """scan's JSON, its CPU seconds with all of its children's, and the most memory that one of them had."""
    config = Path(home) / "config" / "cuenv"
    config.mkdir(parents=True, exist_ok=True)
    (config / "roots").write_text("".join(f"{t}\n" for t in toolkits))
    env = {"HOME": str(home), "XDG_CONFIG_HOME": str(config.parent), "XDG_CACHE_HOME": str(Path(home) / "cache"), "LANG": "C.UTF-8",
           "PATH": f"{torch}/bin:/usr/bin:/bin"}
    words = [cuenv, "scan", "--json", "--toolkit", toolkit, "--torch", f"{torch}/bin/python", "--jobs", "1", *map(str, what)]
    with tempfile.TemporaryFile("w+", errors="replace") as said, tempfile.TemporaryFile("w+") as complaints:
        child = subprocess.Popen(words, stdout=said, stderr=complaints, stdin=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0), complaints.seek(0)
        text, complaint = said.read(), complaints.read()
    try:
        return json.loads(text), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    except ValueError:
        raise RuntimeError(f"{' '.join(words)}: status {child.returncode}: {complaint.strip() or text[:200] or 'nothing was said'}")


def judge(records, logs, source, document):
    """Names of files by what became of them: foretold, missed, false alarm, wrong cause, unknown; and those scan did not read."""
    out = {kind: [] for kind in ("foretold", "missed", "alarm", "cause", "unknown", "absent")}
    told = {os.path.relpath(os.path.realpath(f["file"]), os.path.realpath(source)): f for f in document["files"]}
    for file, record in sorted(records.items()):
        failed, scan = record["verdict"] == "fail", told.get(file)
        if not scan:
            out["absent"].append((file, "not among the files that scan finds", ""))
            continue
        sure = [h for h in scan["hits"] if h["sure"]]
        words = "; ".join(f"{h['code']} {os.path.basename(h['file'])}:{h['line']} {h['cause']} ({h['says']})" for h in sure or scan["hits"])
        if scan["verdict"] == "unknown":
            out["unknown"].append((file, record["error"] or "compiles", f"{scan['why'] or ''} {words}".strip()))
        if failed and scan["verdict"] == "fails":
            out["foretold"].append(file)
            log = logs / (file.replace("/", "__") + ".log")
            if not right_cause(record["error"], log.read_text() if log.exists() else record["error"], sure):
                out["cause"].append((file, record["error"], words))
        elif failed:
            out["missed"].append((file, record["error"], scan["verdict"] + (f": {words}" if words else "")))
        elif scan["verdict"] == "fails":
            out["alarm"].append((file, "compiles", words))
    return out


def tell(kind, rows):
    for file, compiler, scan in rows:
        print(f"  {kind}: {file}\n      compiler: {compiler[:300]}\n      scan:     {scan[:300]}")


def compare(name, own, records, logs, source, cold, warm):
    """Prints a set's comparison; False when there is a false alarm, a file that scan did not find, or too many
    misses for what is more than text."""
    (document, cpu_cold, rss), (_, cpu_warm, _) = cold, warm
    got = judge(records, logs, source, document)
    failed = len(got["foretold"]) + len(got["missed"]) + sum(records[f]["verdict"] == "fail" for f, *_ in got["absent"])
    recall = len(got["foretold"]) / failed if failed else 1
    print(f"{name}: {len(records)} files; {failed} fail, {len(got['foretold'])} of them foretold (recall {recall:.3f}), "
          f"{len(got['alarm'])} false alarms, {len(got['cause'])} with another cause, {len(got['unknown'])} could not be told")
    print(f"  read by {document['read_by']}; {document['from']}; scan {cpu_cold:.1f} s of CPU, again {cpu_warm:.2f} s, at most {rss:.0f} MB a process")
    if own:
        compiling = sum(r["cpu"] for r in records.values())
        print(f"  compiling took {compiling:.0f} s of CPU: 1/{compiling / cpu_cold:.0f}, again 1/{compiling / max(cpu_warm, 0.01):.0f}")
    got["unknown"] = [row for row in got["unknown"] if records[row[0]]["verdict"] == "pass"]
    for kind, text in ("alarm", "FALSE ALARM"), ("missed", "missed"), ("cause", "another cause"), ("unknown", "could not tell"), ("absent", "absent"):
        tell(text, got[kind])
    by_text = all(f["read"] == "text" for f in document["files"])
    return not got["alarm"] and not got["absent"] and (by_text or recall >= 0.95)
