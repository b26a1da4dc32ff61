"""Starts that must not succeed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.running import PATIENCE, ROOT, SMALL


def refused(data: Path, *more: str) -> str:
    """What a start that fails says: one sentence, no traceback, exit code 2."""
    command = [sys.executable, str(ROOT / "app.py"), "serve", "--hall", str(SMALL), "--port", "0"]
    done = subprocess.run(
        [*command, "--data", str(data), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr, done
    return done.stderr
