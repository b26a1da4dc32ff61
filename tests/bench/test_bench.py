"""The bench runs through, in small, and prints every figure beside its floor."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.day_hall import ROOT


def test_a_small_bench_prints_its_tables():
    command = [sys.executable, "-m", "bench", "--clients", "2", "--tickets", "40"]
    command += ["--screens", "5", "--calls", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^ +[25] +[\d. ]+", done.stdout, re.MULTILINE)
    assert [len(row.split()) for row in rows] == [10, 13], done.stdout
    assert all(float(row.split()[at]) > 0 for row in rows for at in (0, 1, 2, 3, -1)), done.stdout
