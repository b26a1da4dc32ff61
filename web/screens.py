"""What the hall knows of a screen that has joined."""

from __future__ import annotations

from dataclasses import dataclass

from queueing.clock import Instant
from web.feeds import Feed


@dataclass(frozen=True)
class Screen:
    """One joined socket: what it shows, where, for whom, and what it may hear."""

    kind: str
    feed: Feed | None
    window: str | None = None
    area: str | None = None
    ticket: str | None = None
    staff: str | None = None
    device: str | None = None
    loopback: bool = False
    """Opened on the hall's own machine, by a browser that is nothing else."""

    ends_at: Instant | None = None
    """When the session ends by which it came in."""
