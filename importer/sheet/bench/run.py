#!/usr/bin/env python3
"""Measure this reader beside others: run.py [DIR] [ROUNDS]; see README.md."""
import os
import re
import statistics
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
directory = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="bench")
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
inputs = ["returns", "large"]

reader = os.path.join(directory, "sheet.test")
ours = [reader, "-test.run=^TestBench$", "-test.v", "-test.timeout=0"]
sides = {
    "sheet": ours,
    "excelize": ours,
    "openpyxl": ["/usr/bin/python3", here + "/read.py", "openpyxl"],
    "pandas": ["/usr/bin/python3", here + "/read.py", "pandas"],
    "readxl": ["Rscript", here + "/read.R"],
    "sheetjs": ["node", here + "/read.js", "sheetjs"],
    "exceljs": ["node", here + "/read.js", "exceljs"],
}


def run(side, path):
    """Give cells, seconds and megabytes of one reading, or nothing if the side cannot."""
    env = dict(os.environ, HUIZONG_BENCH=side + " " + path, NODE_PATH=directory + "/node_modules")
    command = sides[side] if sides[side] is ours else sides[side] + [path]
    try:
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except FileNotFoundError:
        return None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    found = re.search(r"bench: (\d+) cells ([\d.]+) s", out)
    if status or not found:
        return None
    return int(found[1]), float(found[2]), usage.ru_maxrss / 1024


subprocess.run(["go", "test", "-c", "-o", reader, "."], cwd=os.path.dirname(here), check=True)
if not os.path.exists(os.path.join(directory, "large")):
    subprocess.run(ours, env=dict(os.environ, HUIZONG_BENCH="make " + directory), check=True, stdout=subprocess.DEVNULL)

measured = {}
for _ in range(rounds):
    for side in sides:
        for name in inputs:
            measured.setdefault((side, name), []).append(run(side, os.path.join(directory, name)))

print("| side | " + " | ".join(f"{name}: s | × | MB" for name in inputs) + " |")
print("|---|" + "---|" * 3 * len(inputs))
cells = {name: measured["sheet", name][0][0] for name in inputs}
floor = {name: statistics.median(m[1] for m in measured["sheet", name]) for name in inputs}
for side in sides:
    line = []
    for name in inputs:
        runs = measured[side, name]
        if None in runs:
            line.append("not installed, or failed | – | –")
            continue
        seconds = statistics.median(m[1] for m in runs)
        note = "" if runs[0][0] == cells[name] else f" ({runs[0][0]} of {cells[name]} cells)"
        line.append(f"{seconds:.2f}{note} | {seconds / floor[name]:.1f} | {statistics.median(m[2] for m in runs):.0f}")
    print(f"| {side} | " + " | ".join(line) + " |")
