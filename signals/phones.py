"""Tells phones whose page is closed: reads the log as hooks do, and sends a courier to each mailbox.

A mailbox that doesn't answer keeps its own courier waiting and nobody else's. The mark stays behind the
oldest letter that is still under way, so that a restart brings it once more, in place of the first.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import date
from functools import partial

from flask import Flask
from flask_babel import force_locale

from queueing.booking_views import clock_times
from queueing.bookings import Booking
from queueing.hall import ITSELF
from queueing.records import Event, Json, Ticket
from queueing.store import Desk
from queueing.subscriptions import Subscription, follow_booking, subscription_rows, unsubscribe
from signals import marks
from signals.booked import OF_BOOKINGS
from signals.courier import REMINDER, Courier, Letter, Subject
from signals.faults import FAULT, Faults
from signals.hooks import AT_A_TIME, IDLE_SECONDS, MOST_NEAR, Standing
from signals.messages import name_of
from signals.ours import LOOK_SECONDS, Ours
from web.context import Built
from web.vapid import signer_of
from web.words import _, long_date, said_here

OVER = frozenset({"finished", "left"})


class Phones:
    """One loop that reads, and as many couriers as there are letters under way."""

    def __init__(self, built: Built, app: Flask) -> None:
        self._built, self._app = built, app
        self._wake, self._guard = threading.Event(), threading.Lock()
        self._near = deque[Json](maxlen=MOST_NEAR)
        self._couriers: dict[tuple[str, str], Courier] = {}
        self._file = built.data / "signals" / "phones.mark.json"
        self.standing, self.mark, self._read = Standing(), marks.Mark(), 0
        self._came_back, self._faults = False, Faults("Telling phones")
        self._ours = Ours(built, self._begin)

    def start(self) -> None:
        signer_of(self._built.data)  # the key is made before two couriers could make one each
        self._ours.now()
        self._built.sockets.start_background_task(self._again_and_again)

    def _begin(self) -> None:
        """Where another process has come meanwhile; else where this one was, with the letters under way."""
        kept = marks.begun(self._built, self._file)
        if self.mark.seq == 0 or kept.seq > self.mark.seq:
            self.mark, self._read = kept, kept.seq
            self._near.clear()
            for courier in list(self._couriers.values()):
                courier.letter = None
        if self._built.together.many:  # who leads next begins here, not at the log's end
            self._built.in_thread(partial(marks.write, self._file, self.mark))

    def wake(self) -> None:
        """Called after each commit; returns at once."""
        self._wake.set()

    def is_near(self, told: Json) -> None:
        self._near.append(told)
        self._wake.set()

    def _again_and_again(self) -> None:
        while True:
            self._wake.clear()
            try:
                self._remember_who_came_back()
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
        while self._near:
            told = self._near[0]
            self._post(told["ticket"], Letter(self._read + 1, told["at"], "almost", told["calls"], None))
            self._near.remove(told)
        events = self._built.store.look(self._news)
        for event, ticket in events:
            self._hear(event, ticket)
            self._read = event.seq
        if events:
            self._remember()
        return bool(events)

    def _remember_who_came_back(self) -> None:
        """Also when nothing can be read, or another leads, by now: what was brought isn't brought again."""
        if self._came_back:
            self._came_back = False
            self._remember()

    def _news(self, desk: Desk) -> list[tuple[Event, Ticket | None]]:
        events = desk.events_after(self._read, AT_A_TIME)
        return [(event, desk.ticket(event.ticket) if event.ticket else None) for event in events]

    def _hear(self, event: Event, ticket: Ticket | None) -> None:
        name = name_of(event)
        if event.action in OF_BOOKINGS or event.action == "check_in":
            self._hear_of_booking(event)
        if ticket is None or not event.shown:
            return
        if name == "called":
            self._post(
                ticket.key, Letter(event.seq, event.at, name, event.shown["calls"], event.shown["window"])
            )
        elif name in OVER and self._mailboxes(ticket.key):
            self._built.hall.change(ITSELF, lambda change: unsubscribe(change, ticket.key))

    def _hear_of_booking(self, event: Event) -> None:
        """A reminder is told; with the appointment the mailbox moves on, to the ticket or to nobody."""
        key, name = event.after["booking"], OF_BOOKINGS.get(event.action)
        if not self._mailboxes(key):
            return
        if name == REMINDER:
            self._post(key, Letter(event.seq, event.at, REMINDER, 0, None))
        elif name in ("booking.cancelled", "booking.missed"):
            self._built.hall.change(ITSELF, lambda change: unsubscribe(change, key))
        else:
            ticket = event.after.get("ticket")
            self._built.hall.change(ITSELF, lambda change: follow_booking(change, key, ticket))

    def _mailboxes(self, ticket: str) -> list[Subscription]:
        return self._built.store.look(lambda desk: subscription_rows(desk).subscriptions(ticket))

    def _post(self, ticket: str, letter: Letter) -> None:
        for each in self._mailboxes(ticket):
            place = (ticket, each.endpoint)
            with self._guard:
                courier = self._couriers.get(place)
                if courier is None:
                    courier = Courier(self._built, each, self._worded, self.standing, self.mark)
                    self._couriers[place] = courier
                    self._built.sockets.start_background_task(self._bring, place, courier)
                courier.letter = letter
            self.standing.waiting = len(self._couriers)

    def _bring(self, place: tuple[str, str], courier: Courier) -> None:
        """Ends only when nothing has come meanwhile."""
        while True:
            courier.work()
            with self._guard:
                if courier.letter is None:
                    self._couriers.pop(place, None)
                    break
        self.standing.waiting = len(self._couriers)
        self._came_back = True
        self._wake.set()

    def _remember(self) -> None:
        """By the one loop alone: two writers would take each other's file away."""
        with self._guard:
            under_way = [each.letter.seq - 1 for each in self._couriers.values() if each.letter]
        self.mark.seq = min([self._read, *under_way])
        keep = marks.advance if self._built.together.many else marks.write
        self._built.in_thread(partial(keep, self._file, self.mark))

    def _worded(self, subject: Subject, letter: Letter, language: str) -> Json:
        """In the holder's language: what is shown on the locked screen."""
        with self._app.app_context(), force_locale(language):
            title, body = self._said(subject, letter)
        return {"title": title, "body": body, "called": letter.event == "called"}

    def _said(self, subject: Subject, letter: Letter) -> tuple[str, str]:
        if isinstance(subject, Booking):
            times = clock_times(self._built.hall, subject.slot)
            when = {"day": long_date(date.fromisoformat(subject.day)), "time": times["time"]}
            title = _("Appointment %(code)s: %(day)s at %(time)s", code=subject.code, **when)
            return title, _("Check in with this code. You take no second number.")
        if letter.event == "almost":
            title = _("Number %(number)s: almost your turn", number=subject.number)
            return title, self._come(subject)
        where = {"number": subject.number, "window": letter.window}
        title = _("Number %(number)s: please go to window %(window)s", **where)
        return title, _("It is your turn now.")

    def _come(self, ticket: Ticket) -> str:
        """Who has a walk is told where to; others, to come near."""
        plan = self._built.hall.plan
        windows = [ticket.direct_window] if ticket.direct_window else plan.windows_of[ticket.service]
        if not plan.walks.farthest(windows, ticket.ticket_class):
            return _("Please come near and watch the board.")
        inside = {plan.window(window).area for window in windows}
        areas = [said_here(area.name) for area in self._built.house.areas if area.id in inside]
        return _("Get ready: please come to %(area)s now and watch the board.", area=" · ".join(areas))
