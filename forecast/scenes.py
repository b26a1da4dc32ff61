"""What a play of the hall needs to know, as arrays: who comes, who serves, and the turn rule's figures.

P plays of the same hall stand side by side, one row each; N tickets, K stretches of staffing, W windows,
L lines. A line is one service and class, or a window's own. All times are minutes of the day, all lengths
minutes. Infinity says never.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = np.inf


class Tickets(NamedTuple):
    """Everybody who waits, will come, or is only imagined in order to price a newcomer.

    A *phantom* stands in line like anybody and takes no time when called: its call tells the wait of
    somebody who would take a number now, and changes nobody else's.
    """

    line: Ints  # (N) the line it stands in
    tie: Ints  # (N) orders equal `line_at`
    phantom: Flags  # (N)
    watched: Flags  # (N) a play ends once all of these have been called
    appears: Floats  # (P, N) from when it can be called; NEVER: doesn't come in this play
    line_at: Floats  # (P, N) its place in the line, and since when its claim grows
    work: Floats  # (P, N) minutes of service with a clerk of speed 1
    walk: Floats  # (P, N) minutes from call to start
    absent: Flags  # (P, N) doesn't answer the call
    leaves: Floats  # (P, N) when it gives up waiting


class Staffing(NamedTuple):
    """Stretches in which a window calls, those of one window in the order of time and apart.

    What was begun before the end is finished after it; nobody is called after it.
    """

    window: Ints  # (K)
    opens: Floats  # (P, K)
    closes: Floats  # (P, K)
    slowness: Floats  # (P, K) a service takes work x slowness here
    takes: Floats  # (K, L) the reluctance for a line; NEVER: doesn't serve it
    busy_until: Floats  # (P, W) when what runs now will have ended; anything past: free


class Figures(NamedTuple):
    """The turn rule's figures for each line, and what a call costs."""

    head_start: Floats  # (L)
    rate: Floats  # (L)
    absent_minutes: float  # how long a window waits for somebody who doesn't come
    gap_minutes: float  # from one visit's end to the next call


class Scene(NamedTuple):
    """A hall at one moment and what will (or did) come, in P plays."""

    now: float
    tickets: Tickets
    staffing: Staffing
    figures: Figures


def laid_out(scene: Scene) -> Scene:
    """The same with every array whole and writable: one kind of scene is compiled, once, whoever drew it."""
    figures = scene.figures._replace(
        head_start=np.require(scene.figures.head_start, requirements=["C", "W"]),
        rate=np.require(scene.figures.rate, requirements=["C", "W"]),
        absent_minutes=float(scene.figures.absent_minutes),
        gap_minutes=float(scene.figures.gap_minutes),
    )
    tickets = Tickets._make(np.require(each, requirements=["C", "W"]) for each in scene.tickets)
    staffing = Staffing._make(np.require(each, requirements=["C", "W"]) for each in scene.staffing)
    return Scene(float(scene.now), tickets, staffing, figures)


class Calls(NamedTuple):
    """What came of it."""

    called_at: Floats  # (P, N) NEVER: not called within the stretches that are planned
    stretch: Ints  # (P, N) by which stretch of staffing; -1: not called
