"""What the doors write into the log: who came in, who was refused; a flood of refusals makes few lines."""

from __future__ import annotations

from flask import current_app, request

from queueing.records import Press
from web.context import the_hall
from web.counters import Counters

EACH = 1
"""Lines a minute about each person of the hall, and about all names together that nobody has."""

EXTENSION = "noted-refusals"


def of_the_door(actor: str) -> Press:
    """A change at the door without a stored answer, as such answers hold secrets; from where it came."""
    return Press(actor=actor, role="door", source=request.remote_addr or "")


def note_refusal(action: str, staff: str | None = None) -> None:
    """Who couldn't come in; of a stranger's words nothing is kept, not even a name that nobody has."""
    if _may_note(EACH, action, staff or "?"):
        facts = {"staff": staff} if staff else {}
        the_hall().note(action, of_the_door("visitor"), **facts)


def _may_note(lines: int, *about: str) -> bool:
    counters: Counters = current_app.extensions.setdefault(EXTENSION, Counters())
    return not counters.too_many(lines, *about)
