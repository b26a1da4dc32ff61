"""The log as people read it: which events are asked for, and what may be asked of whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from queueing.clock import Instant
from queueing.records import Event


@dataclass(frozen=True)
class Wanted:
    """Events older than `before` (a seq; 0: from the newest on); empty texts ask for everything."""

    before: int = 0
    since_at: Instant = ""
    until_at: Instant = ""
    actor: str = ""
    window: str = ""
    action: str = ""
    number: str = ""


@dataclass(frozen=True)
class Page:
    """The newest first; `before` leads to the older ones, 0 when there are none."""

    events: list[Event]
    before: int


class LogStore(Protocol):
    """A desk that reads the log backwards."""

    def log_page(self, wanted: Wanted, limit: int) -> Page: ...
