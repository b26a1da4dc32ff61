"""Work on what somebody sent in, in a process of its own: a bomb or a crash there leaves the hall alone."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLITE = 10


def keep_small(memory: int, seconds: int) -> None:
    """In the process itself, before it looks at anything: no more than so many bytes and so long at work."""
    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def run_apart(module: str, *words: str, patience: float) -> bytes | None:
    """What the module printed; None: it ended badly or not in time. Not to be called within `in_thread`."""
    command = [sys.executable, "-m", module, *words]
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
