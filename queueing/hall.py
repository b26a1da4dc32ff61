"""The hall: one method per button, each one durable change; nothing here knows web or database."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import date
from typing import Any

from queueing import calling, grants, issuing, serving, sitting, undoing
from queueing.change import Change
from queueing.clock import Clock, Instant, Onward, business_day, instant
from queueing.closing import Closing
from queueing.day_end import close_earlier_days
from queueing.errors import UnknownTicket
from queueing.hours import OpeningHours
from queueing.house import House
from queueing.identity import Person
from queueing.learned import Learned
from queueing.lines import service_lines
from queueing.outlook import Outlook
from queueing.plan import Plan
from queueing.promising import range_of, told_with
from queueing.records import Json, Press, Ticket
from queueing.ruling import Ruling
from queueing.store import Desk, Store
from queueing.undoing import undo_until
from queueing.views import to_all
from queueing.waits import Line

ITSELF = Press(actor="hall")


class Hall:
    """One service hall. Every change takes `by`, the press that asks, and answers with plain JSON values."""

    def __init__(
        self,
        house: House,
        store: Store,
        clock: Clock,
        public_holidays: Container[date] = (),
        worked_weekends: Container[date] = (),
    ) -> None:
        self.house, self.store = house, store
        self.clock = Onward(clock, store.look(lambda desk: desk.last_at()))
        self.plan = Plan(house)
        self.hours = OpeningHours(house, public_holidays, worked_weekends)
        self.ruling = Ruling(self)
        self.counter = issuing.Counter(self.plan, self.hours)
        self.closing = Closing(self.plan, self.hours)
        self.outlook = Outlook(self.clock.speed)
        self.learned = Learned(self.plan).minutes
        """Mean minutes per service, learned once a day."""

    # -- presses at a window --------------------------------------------------------------------

    def call_next(self, *, window: str, by: Press) -> Json:
        """Calls the ticket whose turn it is. NobodyWaiting, WindowBusy, WindowPaused, NotYourWindow."""
        return self._press(by, window, lambda change: calling.call_next(change, window))

    def call(self, *, window: str, ticket: str, by: Press) -> Json:
        """Calls this very ticket, out of turn."""
        return self._press(by, window, lambda change: calling.call_this(change, window, ticket))

    def recall(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        return self._press(by, window, lambda change: calling.recall(change, window, ticket))

    def serve(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.serve(change, window, ticket))

    def finish(self, *, window: str, ticket: str | None = None, outcome: str = "done", by: Press) -> Json:
        return self._press(by, window, lambda change: serving.finish(change, window, ticket, outcome))

    def finish_and_next(
        self, *, window: str, ticket: str | None = None, outcome: str = "done", by: Press
    ) -> Json:
        return self._press(
            by, window, lambda change: serving.finish_and_next(change, window, ticket, outcome)
        )

    def mark_no_show(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.mark_no_show(change, window, ticket))

    def hold(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.hold(change, window, ticket))

    def resume(self, *, window: str, ticket: str, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.resume(change, window, ticket))

    def transfer(
        self,
        *,
        window: str,
        ticket: str | None = None,
        service: str | None = None,
        to_window: str | None = None,
        by: Press,
    ) -> Json:
        """Sends a ticket to a service's line or to a window's own line."""
        return self._press(
            by, window, lambda change: serving.transfer(change, window, ticket, service, to_window)
        )

    def postpone(self, *, window: str, ticket: str, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.postpone(change, window, ticket))

    def reinstate(self, *, window: str, ticket: str, by: Press) -> Json:
        return self._press(by, window, lambda change: serving.reinstate(change, window, ticket))

    def confirm_class(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        """The clerk has seen the ground of the class; nobody has to say so. NothingToConfirm."""
        return self._press(by, window, lambda change: grants.confirm(change, window, ticket))

    def refuse_class(self, *, window: str, ticket: str | None = None, by: Press) -> Json:
        """The class isn't due: the ticket stands among the walk-ins again. NothingToConfirm."""
        return self._press(by, window, lambda change: grants.refuse(change, window, ticket))

    def sit(self, *, window: str, take_over: bool = False, by: Press) -> Json:
        return self._press(by, window, lambda change: sitting.sit(change, window, take_over))

    def leave(self, *, window: str, by: Press) -> Json:
        return self._press(by, window, lambda change: sitting.leave(change, window))

    def pause(
        self, *, window: str, reason: str, sign: str = "paused", go_to: str | None = None, by: Press
    ) -> Json:
        return self._press(by, window, lambda change: sitting.pause(change, window, reason, sign, go_to))

    def open(self, *, window: str, by: Press) -> Json:
        return self._press(by, window, lambda change: sitting.reopen(change, window))

    def undo(self, *, window: str, by: Press) -> Json:
        """Takes back the last press at the window, whole. NothingToUndo, UndoTooLate, UndoMovedOn."""
        return self._press(by, window, lambda change: undoing.undo(change, window))

    # -- tickets --------------------------------------------------------------------------------

    def issue(
        self,
        *,
        service: str,
        ticket_class: str = "walk_in",
        language: str = "zh_Hans",
        origin: str = "",
        person: Person | None = None,
        by: Press,
    ) -> Json:
        """Gives out a number: the public ticket, people ahead and the range of the wait in minutes."""

        given = grants.class_given(ticket_class, person)

        def work(change: Change) -> Json:
            line = self.line(change.desk, change.at, change.plan.shared_with(service))
            place = line.newcomer(service, given)
            told = range_of(place)
            ticket = issuing.issue(change, self.counter, service, given, language, origin, person, told)
            self.closing.admit(change, ticket, place)
            return told_with(self, change, ticket, place)

        self.plan.service(service)
        return self.change(by, work, quick=True)

    def abandon(self, *, ticket: str, by: Press) -> Json:
        """The citizen leaves the line."""
        return self._move_one(by, ticket, lambda change, it: change.move(it, "abandon"))

    def grant_class(self, *, ticket: str, ticket_class: str, by: Press) -> Json:
        """A guide puts a waiting ticket into a class, or back among the walk-ins. ClassNotOffered."""
        return self._move_one(by, ticket, lambda change, it: grants.grant(change, it, ticket_class))

    def come_back(self, *, ticket: str, by: Press) -> Json:
        """A missed ticket waits again, at the kiosk or the guide's desk."""
        return self._move_one(by, ticket, lambda change, it: serving.come_back(change, it.key))

    def note(self, action: str, by: Press, **facts: Any) -> Json:
        """Records something for the audit trail that moves nothing in the hall; see `Change.note`."""
        return self.change(by, lambda change: {"seq": change.note(action, facts).seq})

    def note_jump(self) -> None:
        """Records once that the clock jumped back, and by how much; the hall's own time went on."""
        seconds = round(self.clock.jumped)
        if seconds:
            self.note("clock_back", ITSELF, seconds=seconds)
            self.clock.jumped = 0.0

    def close_day(self) -> Json:
        """Expires what is left of earlier days and empties the seats; does nothing when nothing is left."""
        return self.change(ITSELF, close_earlier_days)

    # -- looking --------------------------------------------------------------------------------

    def now(self) -> Instant:
        return instant(self.clock.now())

    def day(self, at: Instant) -> str:
        """The business day of an instant, in the hall's zone."""
        return business_day(at, self.house.hall.timezone).isoformat()

    def plan_in(self, desk: Desk) -> Plan:
        """The plan with the figures in force: of classes, of reluctances, of what gives no numbers."""
        return self.plan.in_force(desk.effects_on()) if self.house.rules else self.plan

    def line(self, desk: Desk, at: Instant, services: Sequence[str] | None = None) -> Line:
        """Everybody who waits (for these services), with what is known about service times."""
        plan, book, minutes = self.plan_in(desk), desk.book(services), self.learned(desk, at)
        return Line(plan, book, desk.running(), desk.windows(), minutes, at, self.outlook)

    def lines(self, desk: Desk, at: Instant) -> list[Json]:
        """Per service: how many wait, how long a newcomer would, whether numbers are given."""
        return service_lines(self, desk, at)

    # -- the one way in -------------------------------------------------------------------------

    def change(self, by: Press, work: Callable[[Change], Json], quick: bool = False) -> Json:
        """One durable change at one moment, never before the last one's; a new day begins with none open.

        `quick`: it takes a millisecond at the most, whatever is kept.
        """
        at = self.now()

        def whole(desk: Desk) -> Json:
            last = desk.last_at()
            change = Change(desk, self.plan_in(desk), max(at, last), by)
            if last and self.day(last) < change.day:
                close_earlier_days(Change(desk, self.plan, change.at, ITSELF))
                change.plan = self.plan
            return work(change)

        return self.store.change(whole, by, quick)

    def _press(self, by: Press, window: str, work: Callable[[Change], Json]) -> Json:
        self.plan.window(window)

        def whole(change: Change) -> Json:
            answer = work(change)
            until = undo_until(
                change.desk.last_press_at(window), change.desk.window(window), self.house.limits
            )
            return answer | {"undo_until": until}

        return self.change(by, whole)

    def _move_one(self, by: Press, key: str, move: Callable[[Change, Ticket], Ticket]) -> Json:
        def work(change: Change) -> Json:
            moved = move(change, change.desk.ticket(key))
            return {"ticket": to_all(moved), "seq": moved.seq}

        if not key:
            raise UnknownTicket()
        return self.change(by, work)
