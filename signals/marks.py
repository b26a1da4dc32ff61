"""How far a hook has been told, kept beside the data so that a restart goes on where it was."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from queueing.records import Event
from queueing.states import OPEN
from queueing.store import Desk
from web.context import Built

LOG = logging.getLogger(__name__)


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


def begun(built: Built, file: Path) -> Mark:
    """Where it was; at the log's end without that, and when an older log was put back that ends before it."""
    kept, day = read(file), built.hall.day(built.hall.now())
    end = built.store.look(lambda desk: desk.seq())
    if kept and kept.seq <= end:
        return kept
    if kept:
        LOG.warning("%s: told until event %d; the log ends at %d, told from there", file.stem, kept.seq, end)
    return built.store.look(lambda desk: Mark(desk.seq(), day, handed_out(desk, day)))


def handed_out(desk: Desk, day: str) -> dict[str, str]:
    """As the log tells it: the pagers that are with tickets of the day, by ticket."""
    tickets = [ticket.key for ticket in desk.in_states(tuple(OPEN)) if ticket.day == day]
    pagers = {key: pager_of(desk.history(key)) for key in tickets}
    return {key: pager for key, pager in pagers.items() if pager}


def pager_of(events: Sequence[Event]) -> str | None:
    """The last word of the log."""
    said = [each.after["pager"] for each in events if each.action in ("tie_pager", "untie_pager")]
    return said[-1] if said else None


def read(file: Path) -> Mark | None:
    """None where there is none, or where it can't be read: then only what comes from now on is told."""
    try:
        return Mark(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def advance(file: Path, mark: Mark) -> None:
    """Unless another process, which leads by now, has come further."""
    kept = read(file)
    if kept is None or kept.seq <= mark.seq:
        write(file, mark)


def write(file: Path, mark: Mark) -> None:
    replaced(file, json.dumps(asdict(mark)))


def replaced(file: Path, text: str) -> None:
    """Whole or not at all."""
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)
