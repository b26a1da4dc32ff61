"""Copies a hall out of its database into a file, in a process of its own so that nobody waits for it.

HALL_DATABASE=postgresql://… python -m upkeep.copying HALL FILE

What comes of it is the file of a hall like any other: it is checked, thinned and put back as those are.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from queueing.house import House
from settings.reading import DATABASE
from storage.backups import forget_people
from upkeep.checking import PATIENCE_SECONDS, POLITE, ROOT

Copy = Callable[[Path], None]


def copy_of_database(house: House) -> Copy | None:
    """How a copy of the hall is made; None where it lies in a file of its own."""
    address = house.server.database
    return partial(copied_aside, address, house.hall.id) if address else None


def copied_aside(address: str, hall: str, target: Path) -> None:
    """A copy of one moment, without what no copy may hold; raises OSError with the reason."""
    command = [sys.executable, "-m", "upkeep.copying", hall, str(target.resolve())]
    env = {**os.environ, DATABASE: address}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise OSError(f"the copy wasn't whole after {PATIENCE_SECONDS:g} s") from None
    if done.returncode != 0:
        raise OSError(done.stderr.decode(errors="replace").strip().rpartition("\n")[2][-500:])


def main() -> None:
    from storage.moving import NotMoved, copy_out

    os.nice(POLITE)
    try:
        copy_out(os.environ[DATABASE], sys.argv[1], Path(sys.argv[2]), forget_people)
    except (NotMoved, OSError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
