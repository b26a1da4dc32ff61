"""How far a hook has been told, kept beside the data so that a restart goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Mark:
    """The last event that was dealt with, the pagers of the day, and what became of messages."""

    seq: int = 0
    day: str = ""
    pagers: dict[str, str] = field(default_factory=dict)
    delivered: int = 0
    dropped: int = 0

    def on(self, day: str) -> None:
        """Pagers are given back at night."""
        if day != self.day:
            self.day, self.pagers = day, {}

    def tie(self, ticket: str, pager: str | None) -> None:
        """A pager is with one ticket: the last one that it was handed out with."""
        taken = {ticket, *(self.holders_of(pager) if pager else ())}
        kept = {key: each for key, each in self.pagers.items() if key not in taken}
        self.pagers = kept | ({ticket: pager} if pager else {})

    def holders_of(self, pager: str) -> list[str]:
        return [key for key, each in self.pagers.items() if each == pager]


def read(file: Path) -> Mark | None:
    """None where there is none, or where it can't be read: then only what comes from now on is told."""
    try:
        return Mark(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(file: Path, mark: Mark) -> None:
    """Whole or not at all."""
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(mark)), "utf-8")
    fresh.replace(file)
