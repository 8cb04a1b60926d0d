#!/usr/bin/env python3
"""Runs the recipes of docs/scale.md as they stand there and compares their outputs with those of a plain run.

usage: check_recipes.py PROGRAM

Folders and names of machines are replaced, Slurm and Kubernetes are one process a task with the variable that they set. What is not
installed (GNU parallel, `pip install ray`) is named and left out.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = 5


def recipes():
    """Name → text of each recipe, by its first comment."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "docs/scale.md").read_text(encoding="utf-8"), re.S)
    found = {}
    for kind, text in blocks:
        for part in re.split(r"(?m)^(?=# )", text) if kind == "sh" else [text]:
            for name in ["xargs", "GNU parallel", "Slurm", "Kubernetes", "Ray"]:
                if part.startswith(f"# {name}"):
                    found[name] = part
    assert len(found) == 5, f"recipes found: {', '.join(found)}"
    found["Kubernetes"] = re.search(r'command: \[sh, -c, "(.*?)"\]', found["Kubernetes"])[1]
    return found


def sums(folder):
    """Name and digest of every output."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.jsonl")}


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "bin").mkdir()
        (work / "bin/gongwen").symlink_to(program)
        make = [sys.executable, ROOT / "scripts/make_archive.py", "--pages", "60", "--files", str(FILES), work / "data"]
        subprocess.run(make, check=True)
        paths = "".join(f"{path}\n" for path in sorted((work / "data").iterdir()))
        for place in [work, work / "shared"]:
            place.mkdir(exist_ok=True)
            (place / "warc.paths").write_text(paths)
        env = {**os.environ, "PATH": f"{work}/bin:{os.environ['PATH']}"}

        def run(command, stdout=None, **more):
            subprocess.run(command, cwd=work, env={**env, **more}, check=True, stdin=subprocess.DEVNULL, stdout=stdout)

        def local(text):
            text = re.sub(r"(?<=[\s\"'])/(data|shared)/", rf"{work}/\1/", text)
            return text.replace("taskset -c 0-3 ", "").replace("-S node1,node2 ", "")

        run(["sh", "-c", "gongwen build -q --shards warc.paths --out plain > receipts.jsonl"])
        plain = sums(work / "plain")
        assert len(plain) == FILES
        for name, text in recipes().items():
            if name == "GNU parallel" and not shutil.which("parallel"):
                print("skipped: GNU parallel is not installed")
                continue
            if name == "Ray" and not importlib.util.find_spec("ray"):
                print("skipped: ray is not installed")
                continue
            if name == "Ray":
                run([sys.executable, "-c", local(text)])
            elif name in ("Slurm", "Kubernetes"):
                variable = {"Slurm": "SLURM_ARRAY_TASK_ID", "Kubernetes": "JOB_COMPLETION_INDEX"}[name]
                for task in range(FILES + 1):
                    run(["sh", "-c", local(text)], stdout=subprocess.DEVNULL, **{variable: str(task)})
            else:
                run(["sh", "-c", local(text)])
            out = work / ("records" if name == "xargs" else "shared/records")
            assert sums(out) == plain, f"{name}: other outputs"
            shutil.rmtree(out)
            print(f"{name}: the same bytes")


main()
