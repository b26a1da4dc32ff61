"""Reads a copy of a hall's file from end to end, in a process of its own so that nobody waits for it.

python -m upkeep.checking FILE     answers with the verdict as JSON
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from storage.chain import Broken, Verdict, verdict_of

ROOT = Path(__file__).resolve().parent.parent
POLITE = 10
"""How far the reading stands back behind the hall's own work."""

PATIENCE_SECONDS = 3600


def verdict_from_aside(file: Path) -> Verdict:
    """The same as `verdict_of`, without a share in this process's time."""
    command = [sys.executable, "-m", "upkeep.checking", str(file.resolve())]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Verdict(broken=Broken("unreadable", detail=f"not read to its end in {PATIENCE_SECONDS:g} s"))
    if done.returncode != 0:
        return Verdict(broken=Broken("unreadable", detail=done.stderr.decode(errors="replace")[-500:]))
    return verdict_in(done.stdout.decode())


def verdict_in(text: str) -> Verdict:
    told = json.loads(text)
    told.pop("good")
    broken = told.pop("broken")
    return Verdict(**told, broken=Broken(**broken) if broken else None)


def main() -> None:
    os.nice(POLITE)
    sys.stdout.write(json.dumps(verdict_of(Path(sys.argv[1])).plain()))


if __name__ == "__main__":
    main()
