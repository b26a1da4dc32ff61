"""Work in a process of its own, on what somebody sent in or asked: a crash there leaves the hall alone.

The process ends with the one that started it, also when that one was killed:

    python -m web.apart PARENT MODULE WORDS…     runs the module as `python -m` does
"""

from __future__ import annotations

import ctypes
import os
import resource
import runpy
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLITE = 10
PR_SET_PDEATHSIG = 1
"""prctl(2)."""


def keep_small(memory: int, seconds: int) -> None:
    """In the process itself, before it looks at anything: no more than so many bytes and so long at work."""
    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def run_apart(module: str, *words: str, patience: float, told: bytes = b"") -> bytes | None:
    """What the module printed; None: it ended badly or not in time. Not to be called within `in_thread`.

    `told` is what it reads from its standard input: nothing of it lies in a file that could stay behind.
    """
    command = [sys.executable, "-m", "web.apart", str(os.getpid()), module, *words]
    try:
        done = subprocess.run(
            command, cwd=ROOT, input=told, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def end_with(parent: int) -> None:
    """From now on this process is killed when the one that started it ends; at once, if it has ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The hall that asked is gone.")


def main() -> None:
    end_with(int(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
