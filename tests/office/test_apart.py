"""Work in a process of its own ends with the hall, however the hall ends, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running import wait_until
from web.apart import ROOT, run_apart

SLEEPER = """
import os, sys, time
from pathlib import Path
Path(sys.argv[1]).write_text(str(os.getpid()))
sys.stdin.read()
time.sleep(120)
"""
ASKING = """
import sys
from web.apart import run_apart
run_apart("sleeper", sys.argv[1], patience=120.0, told=b"x")
"""


def is_there(process: int) -> bool:
    """A process that has ended and wasn't looked at yet isn't there any more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_ends_when_the_hall_is_killed(tmp_path: Path) -> None:
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    told, before = tmp_path / "pid", set(Path(tempfile.gettempdir()).glob("hall-*"))
    hall = subprocess.Popen(
        [sys.executable, "-c", ASKING, str(told)], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(tmp_path)}
    )
    wait_until(lambda: told.exists() and told.read_text() != "", "the process")
    process = int(told.read_text())
    assert is_there(process)
    hall.send_signal(signal.SIGKILL)
    hall.wait()
    wait_until(lambda: not is_there(process), "its end")
    assert set(Path(tempfile.gettempdir()).glob("hall-*")) == before


def test_what_it_is_told_comes_by_its_standard_input() -> None:
    rules = {"classes": {}, "reluctance": {}, "minutes": {}}
    ask = {"what": "whatif", "day": "2026-10-12", "changes": ["windw 3"]}
    asked = {"zone": "Asia/Shanghai", "log": [], "here": [], "plan": [], "rules": rules, "ask": ask}
    said = run_apart("forecast.twin_process", patience=60.0, told=json.dumps(asked).encode())
    assert said is not None and b"change_unknown" in said
    assert run_apart("forecast.twin_process", patience=60.0, told=b"no question") is None
