"""Brings one phone its newest message; what is older, or true no more, is worth nothing to anybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from queueing.bookings import Booking, booking_rows
from queueing.clock import minutes_between
from queueing.errors import StorageFailed
from queueing.hall import ITSELF
from queueing.records import Json, Ticket
from queueing.store import Desk
from queueing.subscriptions import Subscription, unsubscribe
from signals.faults import LONGEST_PAUSE
from signals.hooks import AGAIN, Standing
from signals.mailboxes import sealed
from signals.marks import Mark
from web.context import Built
from web.outside import NoAnswer, sent

LOG = logging.getLogger(__name__)

Subject = Ticket | Booking
REMINDER = "booking.reminder"
GIVE_UP_MINUTES = 10.0
GONE = frozenset({404, 410})
"""How a push service says that the phone has thrown its mailbox away."""


@dataclass(frozen=True)
class Letter:
    """What is to be said, and the event that it came of."""

    seq: int
    at: str
    event: str
    calls: int
    window: str | None

    def about(self, desk: Desk, key: str) -> Subject:
        """What it is about, as it stands now."""
        return booking_rows(desk).booking(key) if self.event == REMINDER else desk.ticket(key)

    def is_true(self, subject: Subject) -> bool:
        if isinstance(subject, Booking):
            return subject.state == "booked"
        if self.event == "almost":
            return subject.state == "waiting"
        return subject.state == "called" and subject.calls == self.calls


class Courier:
    """One mailbox: a letter that comes while another waits takes its place."""

    def __init__(
        self, built: Built, to: Subscription, worded: Callable[[Subject, Letter, str], Json],
        standing: Standing, mark: Mark,
    ) -> None:  # fmt: skip
        self._built, self._to, self._worded = built, to, worded
        self._standing, self._mark = standing, mark
        self.letter: Letter | None = None

    def work(self) -> None:
        """Until nothing is left to bring, or it can't be brought."""
        pause = 1.0
        while (letter := self.letter) is not None:
            done = self._is_done(letter)
            if done:  # the same may have been read again meanwhile
                self.letter = None if self.letter == letter else self.letter
            else:
                self._built.sockets.sleep(1.0 if done is None else pause)
            pause = min(pause * 2, LONGEST_PAUSE) if done is False else 1.0

    def _is_done(self, letter: Letter) -> bool | None:
        """False: to be tried again; None: nothing can be read or sent from here, which is over by itself."""
        if not self._built.together.leads and not self._is_old(letter):
            return None
        try:
            return self._brought(letter)
        except StorageFailed as trouble:
            self._standing.trouble = trouble.code
            return None
        except (NoAnswer, OSError) as trouble:
            self._standing.trouble = str(trouble)
            return False
        except Exception:
            LOG.exception("A phone can't be told")
            self._mark.dropped += 1
            return True

    def _brought(self, letter: Letter) -> bool:
        subject = self._built.store.look(lambda desk: letter.about(desk, self._to.ticket))
        if not letter.is_true(subject) or self._is_old(letter):
            self._mark.dropped += 1
            return True
        said = self._worded(subject, letter, self._to.language)
        built = self._built
        wish = built.in_thread(lambda: sealed(built.data, built.house.signals, self._to, said))
        return self._understood(sent(wish, built.in_thread).status)

    def _is_old(self, letter: Letter) -> bool:
        return minutes_between(letter.at, self._built.hall.now()) > GIVE_UP_MINUTES

    def _understood(self, status: int) -> bool:
        if 200 <= status < 300:
            self._standing.trouble, self._standing.last = "", self._built.hall.now()
            self._mark.delivered += 1
            return True
        if status in GONE:
            key, endpoint = self._to.ticket, self._to.endpoint
            self._built.hall.change(ITSELF, lambda change: unsubscribe(change, key, endpoint))
            return True
        self._standing.trouble = str(status)
        again = status in AGAIN or status >= 500
        self._mark.dropped += not again
        return again is False
