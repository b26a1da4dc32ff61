"""What the doors write into the log: who came in, who was refused; a flood of refusals makes few lines."""

from __future__ import annotations

from flask import request

from queueing.records import Press
from web.context import the_hall
from web.counters import is_few

EACH = 1
"""Lines a minute about each person of the hall, and about all names together that nobody has."""


def of_the_door(actor: str) -> Press:
    """A change at the door without a stored answer, as such answers hold secrets; from where it came."""
    return Press(actor=actor, role="door", source=request.remote_addr or "")


def note_refusal(action: str, staff: str | None = None) -> None:
    """Who couldn't come in; of a stranger's words nothing is kept, not even a name that nobody has."""
    if is_few(EACH, "noted", action, staff or "?"):
        facts = {"staff": staff} if staff else {}
        the_hall().note(action, of_the_door("visitor"), **facts)
