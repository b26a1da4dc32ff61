"""Delivers to one hook: in order, signed, again with growing pauses, never holding up a press.

The log of events is the queue: a mark says how far a hook has been told, so nothing is lost in a restart and
nothing grows. A worker runs beside the hall; a hook that is away keeps only its own messages waiting.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from queueing.clock import minutes_between
from queueing.records import Event, Json, Ticket
from queueing.signal_rules import Hook
from queueing.store import Desk
from signals import marks
from signals.booked import OF_BOOKINGS, told_of_booking
from signals.faults import FAULT, LONGEST_PAUSE, Faults
from signals.messages import is_for, message, name_of
from signals.ours import LOOK_SECONDS, Ours
from signals.rated import OF_RATINGS, told_of_rating
from web.cases import secret_of, signed
from web.context import Built
from web.outside import NoAnswer, Wish, sent

AT_A_TIME = 200
NOTED = OF_RATINGS | OF_BOOKINGS.keys()
NEW_LINE = b"\n"
IDLE_SECONDS = 30.0
MOST_NEAR = 1000
AGAIN = frozenset({408, 425, 429})
"""Statuses that ask for another try; the other 4xx say that the message itself is refused."""


@dataclass
class Standing:
    """How a hook is, for the office."""

    trouble: str = ""
    last: str = ""
    waiting: int = 0


class Worker:
    """One hook's own loop."""

    def __init__(self, built: Built, hook: Hook) -> None:
        self._built, self.hook, self.standing = built, hook, Standing()
        self._wake, self._near = threading.Event(), deque[Json](maxlen=MOST_NEAR)
        self._file: Path = built.data / "signals" / f"{hook.id}.json"
        self.mark, self._faults = marks.Mark(), Faults(f"Telling hook {hook.id}")
        self._ours = Ours(built, self._begin)

    def start(self) -> None:
        self._ours.now()
        self._built.sockets.start_background_task(self._again_and_again)

    def _begin(self) -> None:
        """Where another process has come meanwhile; else where this one was, maybe further than noted."""
        kept = marks.begun(self._built, self._file)
        if self.mark.seq == 0 or kept.seq > self.mark.seq:
            self.mark = kept
            self._near.clear()
        if self._built.together.many:  # who leads next begins here, not at the log's end
            self._built.in_thread(partial(marks.write, self._file, self.mark))

    def _keep(self) -> None:
        keep = marks.advance if self._built.together.many else marks.write
        self._built.in_thread(partial(keep, self._file, self.mark))

    def wake(self) -> None:
        """Called after each commit; returns at once."""
        self._wake.set()

    def is_near(self, told: Json) -> None:
        """A ticket's turn is near; the oldest of too many is forgotten."""
        self._near.append(told)
        self._wake.set()

    def _again_and_again(self) -> None:
        while True:
            self._wake.clear()
            try:
                ours = self._ours.now()
                idle = not ours or not self._round()
            except Exception as error:  # noqa: BLE001 - logged by Faults
                self.standing.trouble = FAULT
                self._built.sockets.sleep(self._faults.pause(error))
                continue
            if self._faults.over() and self.standing.trouble == FAULT:
                self.standing.trouble = ""
            if idle:
                self._wake.wait(IDLE_SECONDS if ours else LOOK_SECONDS)

    def _round(self) -> bool:
        """Deals with what has come; False when that was nothing."""
        while self._near:
            told = self._near[0]
            is_over = not self._still_waits(told["ticket"])
            if not is_over and not self._deliver(told | {"pager": self.mark.pagers.get(told["ticket"])}):
                return False
            self._near.remove(told)
        events = self._built.store.look(lambda desk: self._news(desk))
        for event, ticket in events:
            if not self._tell(event, ticket):
                return False
            self.mark.seq = event.seq
            self.standing.waiting -= 1
            if name_of(event) or event.action in NOTED or event is events[-1][0]:
                self._keep()
        return bool(events)

    def _still_waits(self, key: str) -> bool:
        return self._built.store.look(lambda desk: desk.ticket(key).state == "waiting")

    def _news(self, desk: Desk) -> list[tuple[Event, Ticket | None]]:
        events = desk.events_after(self.mark.seq, AT_A_TIME)
        self.standing.waiting = len(events)
        return [(event, desk.ticket(event.ticket) if event.ticket else None) for event in events]

    def _tell(self, event: Event, ticket: Ticket | None) -> bool:
        """False when it is another's to tell before all of it was dealt with."""
        told = [
            *told_of_rating(self._built, self.hook, event),
            *told_of_booking(self._built, self.hook, event),
            *self._of_ticket(event, ticket),
        ]
        return all(self._deliver(each) for each in told)

    def _of_ticket(self, event: Event, ticket: Ticket | None) -> list[Json]:
        if ticket is None:
            return []
        self.mark.on(ticket.day)
        if event.action in ("tie_pager", "untie_pager"):
            self.mark.tie(ticket.key, event.after["pager"])
        elif name_of(event) and event.shown:
            return [message(self._built.hall, event, ticket, self.mark.pagers.get(ticket.key))]
        return []

    def _deliver(self, told: Json) -> bool:
        """Until it is taken, refused or too old to help anybody; False when another process leads by then."""
        if not is_for(self.hook, told):
            return True
        pause = 1.0
        while not self._is_old(told):
            if not self._built.together.leads:
                return False
            done = self._tried(told)
            if done is not None:
                self.mark.delivered += done
                self.mark.dropped += not done
                return True
            self._built.sockets.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self.mark.dropped += 1
        return True

    def _is_old(self, told: Json) -> bool:
        return minutes_between(told["at"], self._built.hall.now()) > self.hook.give_up_minutes

    def _tried(self, told: Json) -> bool | None:
        """True: taken; False: refused; None: to be tried again."""
        if self.hook.is_file:
            return self._written(told)
        try:
            status = sent(self._wish(told), self._built.in_thread).status
        except (NoAnswer, OSError) as trouble:
            self.standing.trouble = str(trouble)
            return None
        taken = 200 <= status < 300
        self.standing.trouble = "" if taken else str(status)
        self.standing.last = self._built.hall.now() if taken else self.standing.last
        return taken if taken or (400 <= status < 500 and status not in AGAIN) else None

    def _written(self, told: Json) -> bool | None:
        """For trying: a line of a file in the data folder in place of a message."""
        line = json.dumps(told, ensure_ascii=False) + "\n"
        try:
            self._built.in_thread(partial(append, self._file.with_name(self.hook.file), line))
        except OSError as trouble:
            self.standing.trouble = str(trouble)
            return None
        self.standing.trouble, self.standing.last = "", self._built.hall.now()
        return True

    def _wish(self, told: Json) -> Wish:
        body, at = json.dumps(told, ensure_ascii=False).encode(), str(int(time.time()))
        secret = secret_of(self._built.data, self.hook.secret_file)
        headers = {
            "Content-Type": "application/json",
            "X-Hall-Delivery": told["id"],
            "X-Hall-Time": at,
            "X-Hall-Signature": f"sha256={signed(secret, at.encode() + NEW_LINE + body)}",
        }
        return Wish("POST", self.hook.url, body, headers, self.hook.timeout_seconds)


def append(file: Path, line: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(line)
