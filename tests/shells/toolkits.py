"""toolkits.py: two toolkits, as the machine `twelve` has them, that only this HOME knows of."""
import shutil
import subprocess
from pathlib import Path

ROOTS = Path(__file__).resolve().parents[1] / "roots"


def make(home):
    """Their roots, 11.8's and 12.4's; also a folder `other` with an nvcc, and a `project` with a .cuda-version."""
    subprocess.run([ROOTS / "make-root", ROOTS / "twelve.root", home / "twelve"], check=True)
    (home / ".config/cuenv").mkdir(parents=True)
    folders = [str(home / f"twelve/usr/local/cuda-{version}") for version in ("11.8", "12.4")]
    (home / ".config/cuenv/roots").write_text("".join(f"{folder}\n" for folder in folders))
    (home / "project/below").mkdir(parents=True)
    (home / "project/.cuda-version").write_text("12.4\r\n")
    (home / "other").mkdir()
    shutil.copy(f"{folders[0]}/bin/nvcc", home / "other/nvcc")
    return folders
