"""The table that scripts/bench prints: times that hyperfine left in a folder, as ratios beside their targets.

Of each command the median of its quietest round."""
import glob
import json
import os
import sys

folder = sys.argv[1]
medians = {}
for file in glob.glob(folder + "/*.json"):
    for result in json.load(open(file))["results"]:
        of_key = medians.setdefault(os.path.basename(file).split(".")[0], {})
        time = result["median"] * 1000
        of_key[result["command"]] = min(time, of_key.get(result["command"], time))


def median(key, name):
    return medians.get(key, {}).get(name)


def row(what, ours, peer=None, theirs=None, limit=None, of_peer=False):
    """limit: milliseconds, or with of_peer a share of the peer's time."""
    if ours is None or (peer and theirs is None and not what):
        return
    ratio = f"{ours / theirs:10.3f} x" if theirs else " " * 12
    target = met = ""
    if limit is not None and (theirs or not of_peer):
        target = f"<= {limit:g} x" if of_peer else f"<= {limit:g} ms"
        met = "met" if ours <= (limit * theirs if of_peer else limit) else "NOT MET"
    print(f"{what:26}{ours:10.2f} ms  {peer or '':24}" + (f"{theirs:10.2f} ms" if theirs else " " * 13) +
          f" {ratio}  {target:10} {met}")


def text(name):
    path = os.path.join(folder, name)
    return open(path).read() if os.path.exists(path) else ""


print(f"{'':26}{'cuenv':>13}  {'beside':24}{'':13} {'ratio':>12}  target")
prefix, six = median("prefix", "cuenv prefix"), median("versions", "cuenv versions")
row("prefix", prefix, "empty static process", median("prefix", "empty"), 1.5, True)
row("", prefix, "empty dynamic process", median("prefix", "empty-dynamic"))
row("", prefix, "pyenv version-name", median("peers", "pyenv version-name"))
row("shell, switching", median("prefix", "cuenv shell"), "cuenv prefix", prefix)
row("", median("prefix", "cuenv shell"), "empty static process", median("prefix", "empty"))
row("exec -- /bin/true", median("exec", "cuenv exec"), "env ... /bin/true", median("exec", "env"))
row("nvcc --version, shim", median("nvcc", "shim"), "that nvcc itself", median("nvcc", "direct"), 1.5, True)
row("", median("nvcc", "goes-on"), "(a bare exec of it)", median("nvcc", "direct"))
row("nvcc --dryrun, shim", median("dryrun", "shim"), "that nvcc itself", median("dryrun", "direct"))
prompts = {}
for line in text("prompts.tsv").splitlines():
    what, time = line.split("\t")
    prompts[what] = min(float(time), prompts.get(what, float(time)))
for what in "nothing changed", "another folder", "another toolkit":
    row("prompt, " + what, prompts.get(what), "$(/bin/true)", prompts.get("$(/bin/true)"), 1.3, True)
for peer in "$(pyenv version-name)", "direnv's hook":
    if peer in prompts:
        row("", prompts.get("nothing changed"), peer, prompts[peer])
if text("forks"):
    idle, busy = map(int, text("forks").split())
    made = "strace saw no process at all" if not idle else busy - idle
    print(f"{'processes, 1,000 prompts':26}{made:10}{'':64}  {'<= 0':10} {'met' if made == 0 else 'NOT MET'}")
row(f"versions, {text('toolkits').strip()} toolkits", six, "empty static process", median("versions", "empty"), 5)
for peer in "cuda-pathfinder", "cuda-doctor":
    if median(peer, peer):
        row("", six, peer, median(peer, peer))
row("versions, 1,000 roots", median("many-1000", "versions 1000"), "100 roots", median("many-100", "versions 100"), 150)
many = median("many-1000", "versions 1000"), median("many-100", "versions 100")
if all(many):
    print(f"{'':26}{'linear' if many[0] <= 12 * many[1] else 'NOT LINEAR':>13}")
row("torch", median("torch", "cuenv torch"), "import torch", median("import", "import torch"), 5)
row(f"doctor, {text('toolkits').strip()} toolkits", median("doctor", "doctor"), "torch.utils.collect_env", median("collect", "collect_env"), 30)
if text("scan.tsv"):
    compiling, cold, warm, files, compiled, peak = map(float, text("scan.tsv").split())
    row(f"scan, CPU of {files:.0f} files", cold * 1000, "nvcc and g++", compiling * 1000, 0.05, True)
    row("scan again", warm * 1000, "nvcc and g++", compiling * 1000, 0.01, True)
    print(f"{'memory, a process of scan':31}{peak:5.0f} MB{'':53}  <= 1 GB    {'met' if peak <= 1024 else 'NOT MET'}")
empty, cudaenv, toolkit = (median("cmake", name) for name in ("empty", "cudaenv", "toolkit"))
if empty and cudaenv and toolkit:
    row("find_package(CudaEnv) adds", cudaenv - empty, "find_package(CUDAToolkit)", toolkit - empty, 30)
cold, full, small = median("verify", "verify cold"), median("load", "full"), median("load", "small")
row("verify, cold", cold, "load(), extension.h", full, 0.2, True)
row("", cold, "load(), small headers", small)
row("verify, warm", median("warm", "verify warm"), "load(), extension.h", full, 10)
for line in text("rss.tsv").splitlines():
    what, kilobytes = line.split("\t")
    if kilobytes:
        mb = int(kilobytes) / 1024
        print(f"{'memory, ' + what:31}{mb:5.1f} MB{'':53}  <= 10 MB   {'met' if mb <= 10 else 'NOT MET'}")
if cold and full:
    print("""
verify and torch.utils.cpp_extension.load() build the same two files for one architecture and import what came out. Extensions
include torch/extension.h (-DCUENV_FULL): this is the build that verify is asked instead of, and its target is a fifth of it.
verify's sample includes small headers that put the same questions; load() of those is the same work, and has no target.""")
if text("scan.tsv"):
    print(f"""
scan: CPU time, with that of all children, of all {files:.0f} files of mmcv-full 1.7.2 with torch 2.5.1 and CUDA 12.4, by one job; again: with
its results and precompiled headers kept. Beside it the package's own commands for sm_80: {compiled:.0f} of the files, each eighth of either
language, and as many times that.""")
print(text("setting").strip())
for line in text("skipped").splitlines():
    print("skipped: " + line.replace("\t", ": "))
