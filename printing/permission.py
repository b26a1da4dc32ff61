"""Who may print which slip, and whether it is one more."""

from __future__ import annotations

from datetime import timedelta

from printing.errors import TooLateToPrint
from printing.jobs import Job
from printing.office import PrintOffice
from printing.slip import Seen
from queueing.people import NotAllowed
from web.asking import who
from web.context import here

MOST_AGAIN = 3
"""Slips more that a kiosk prints for one number: a child at the button empties no roll."""

AT_THE_MACHINE = "loopback"


def own_kiosk() -> str | None:
    """The name of the kiosk that asks; a kiosk on the hall's own machine has no other."""
    asker = who()
    if asker.device is not None:
        return asker.device.id if asker.device.kind == "kiosk" else None
    return AT_THE_MACHINE if asker.loopback else None


def may_see(shown: Seen) -> None:
    """Staff see every slip, a kiosk those that it gave out; raises NotAllowed."""
    if who().staff is None and shown.ticket.origin != who().id:
        raise NotAllowed


def must_be_worth(office: PrintOffice, shown: Seen, first: Job | None) -> bool:
    """Whether the slip is one more than the first; raises TooLateToPrint.

    A kiosk prints its own numbers once, and more often only for a while after that; staff always may.
    """
    if who().staff is None and _is_late(office, shown, first):
        raise TooLateToPrint(number=shown.ticket.number)
    return first is not None or not _is_fresh(shown)


def _is_late(office: PrintOffice, shown: Seen, first: Job | None) -> bool:
    if first is None:
        return not _is_fresh(shown)
    again = timedelta(seconds=here().house.slip.again_seconds)
    return office.now() - first.asked_at > again or len(office.jobs.of(shown.ticket.key)) > MOST_AGAIN


def _is_fresh(shown: Seen) -> bool:
    """Nothing has happened to the ticket but that it was given out."""
    return shown.ticket.state == "waiting" and shown.ticket.line_at == shown.ticket.joined_at
