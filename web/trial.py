"""Trying a hall out of hours: whether it is open, and the command that starts it as if it were."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from queueing.clock import local
from queueing.hall import Hall

EARLY = timedelta(minutes=5)
USUAL_FILE = "config.toml"


def is_open(hall: Hall) -> bool:
    """Whether any window keeps hours at this moment."""
    wall = local(hall.now(), hall.house.hall.timezone)
    return any(hall.hours.is_open(window, wall) for window in hall.house.windows)


def trial_command(hall: Hall, file: Path = Path(USUAL_FILE)) -> str:
    """Starts the hall on a simulated clock, shortly before it opens next."""
    named = "" if str(file) == USUAL_FILE else f" HALL={file}"
    return f"make run{named} CLOCK={trial_clock(hall)}"


def trial_clock(hall: Hall) -> str:
    wall = local(hall.now(), hall.house.hall.timezone)
    openings = [opens for w in hall.house.windows if (opens := hall.hours.next_opening(w, wall))]
    return f"{(min(openings) if openings else wall) - EARLY:%Y-%m-%dT%H:%M}"
