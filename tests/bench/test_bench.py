"""The bench runs through, in small, and prints every figure beside its floor."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.day_hall import ROOT
from bench.issuing import SERVERS


def test_a_small_bench_prints_its_tables():
    command = [sys.executable, "-m", "bench", "--clients", "2", "--tickets", "40"]
    command += ["--screens", "5", "--calls", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr
    issuing = re.findall(r"^ +2  (the hall|floor: [a-z' ]+?)  +([\d. ]+)$", done.stdout, re.MULTILINE)
    assert [name for name, _ in issuing] == list(SERVERS), done.stdout
    pushing = re.findall(r"^ +5 +([\d. ]+)", done.stdout, re.MULTILINE)
    rows = [figures.split() for figures in [*(figures for _, figures in issuing), *pushing]]
    assert [len(row) for row in rows] == [6, 6, 6, 12], done.stdout
    assert all(float(row[at]) > 0 for row in rows for at in (0, 1, 2, -1)), done.stdout
