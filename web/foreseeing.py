"""The hall's side of the forecast process: tells it how the hall stands, keeps its answers in the outlook.

Nobody waits for it. A situation is drawn beside the event loop after something has changed, at most every
two seconds (more seldom where thousands wait: `SHARE`) and at least every fifteen while anybody waits; one
is under way at a time, so the newest wins. The process is started anew when it ends, after pauses that grow;
one that keeps ending is left alone for the day, and the office reads so. Meanwhile waits are told by the
plain estimate (`queueing.waits`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any, Literal

from queueing.errors import StorageFailed
from queueing.foreseen import Moment, planned
from queueing.records import Event, Json
from queueing.store import Desk
from web.context import Built
from web.forecaster import Ended, Forecaster
from web.foretold import NOTHING, Drawn, hear_told, picture_of, told_on

LOG = logging.getLogger(__name__)

LOOK_SECONDS, AT_MOST_EVERY, AT_LEAST_EVERY, SHARE = 0.25, 2.0, 15.0, 1 / 40
"""Seconds, and the part of the processor that telling the process and hearing it may take of the server."""

KEPT_EVERY, KEPT_DAYS = 600.0, 30
"""Seconds between counts of how many told ranges held, and over how many days."""

MOST_VISITS, USED_DAYS = 60_000, 10
"""Learned from at a start; windows that called somebody in the last days count as planned."""

FIRST_PAUSE, LONGEST_PAUSE, ENDS_ALLOWED, CALM_SECONDS = 1.0, 60.0, 6, 600.0

State = Literal["waiting", "learning", "working", "resting", "off", "missing", "elsewhere"]


class Foreseeing:
    """One loop that talks with one process; it alone fills the outlook."""

    def __init__(self, built: Built) -> None:
        self._built, self._hall = built, built.hall
        self.state: State = "waiting" if find_spec("numba") and find_spec("numpy") else "missing"
        self.seconds: float | None = None
        """Processor seconds that the last answer took."""

        self._changed = True
        self._played = self._counted = self._cost = 0.0
        self._ends: list[float] = []
        self._used: set[str] = set()
        self._recent: set[str] = set()
        self._day, self._seq = "", 0
        self._takes: Mapping[str, Mapping[str, float]] = {}
        self._alike: dict[str, str] = {}
        self._forecaster = Forecaster(built)
        built.bus.on("outlook", self._hear_told)

    # -- what others ask or say -----------------------------------------------------------------

    def hear(self, events: Sequence[Event]) -> None:
        self._changed = True

    def trouble(self) -> str | None:
        """For monitors and whoever starts the hall."""
        return {"missing": "forecast_missing", "off": "forecast_off"}.get(self.state)

    def night(self, day: str) -> None:
        """Left alone yesterday, tried again today."""
        if self.state == "off":
            self._ends, self.state = [], "waiting"

    def start(self) -> None:
        self._built.sockets.start_background_task(self._again_and_again)

    @property
    def process(self) -> int | None:
        """The number of the process that plays, while there is one."""
        return self._forecaster.process

    # -- the loop -------------------------------------------------------------------------------

    def _again_and_again(self) -> None:
        while True:
            try:
                self._count()
                if self._is_ours() and self.state not in ("off", "missing") and self._is_wanted():
                    self._live()
            except Ended as end:
                self._rest(str(end))
            except StorageFailed:  # the store has told the operator; the process is at no fault
                self._hall.outlook.drop()
                self.state, self._changed = "waiting", True
            except Exception:
                LOG.exception("The forecast failed")
                self._rest("a fault")
            self._built.sockets.sleep(LOOK_SECONDS * 4)

    def _is_ours(self) -> bool:
        """Of several processes the one that leads plays; the others are told."""
        leads = self._built.together.leads
        if leads and self.state == "elsewhere":
            self.state, self._changed = "waiting", True
        elif not leads and self.state not in ("off", "missing"):
            self.state = "elsewhere"
        return leads

    def _hear_told(self, said: Json) -> None:
        if not self._built.together.leads:
            hear_told(self._hall.outlook, said)

    def _is_wanted(self) -> bool:
        """Nothing is started for a hall in which nobody waits."""
        return self._changed and bool(self._built.store.look(lambda desk: desk.waiting()))

    def _live(self) -> None:
        """One process from its start to its end; raises Ended."""
        with self._forecaster.started():
            self._begin()
            while self._is_ours():
                self._built.sockets.sleep(LOOK_SECONDS)
                self._count()
                if self._is_due():
                    self._play()

    def _rest(self, why: str) -> None:
        """A pause that grows with each end; too many, and it is left alone for the day."""
        self._hall.outlook.drop()
        now = time.monotonic()
        self._ends = [at for at in self._ends if now - at < CALM_SECONDS] + [now]
        if len(self._ends) > ENDS_ALLOWED:
            self.state = "off"
            LOG.error("The forecast process keeps ending (%s); waits are told by the plain estimate.", why)
            return
        self.state, self._changed = "resting", True
        LOG.warning("The forecast process ended (%s); it is started again.", why)
        self._built.sockets.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (len(self._ends) - 1)))

    # -- what it is told ------------------------------------------------------------------------

    def _begin(self) -> None:
        """The hall's file and the past days, oldest first; each is answered before the next is read."""
        self.state, self._takes, self._seq = "learning", {}, 0
        house, rules = self._hall.house, self._hall.house.waits
        services = {service.id: service.minutes for service in house.services}
        told = {"zone": house.hall.timezone, "services": services, "plays": rules.plays}
        keep = str((self._built.data / "forecast.json").resolve())
        with self._forecaster.turn():
            self._ask({"begin": told | {"keep": keep}})
        self._day = self._hall.day(self._hall.now())
        for day in self._days(rules.learn_days):
            self._tell_past(day)
        self.state, self._changed = "working", True

    def _days(self, most: int) -> list[str]:
        """The past days, oldest first, as long as they aren't too many visits together."""
        days = self._look(lambda desk: desk.days_before(self._day, most))
        counts = self._look(lambda desk: {day: sum(desk.issued_numbers(day).values()) for day in days})
        total, kept = 0, list[str]()
        for day in days:
            total += counts[day]
            if total > MOST_VISITS and kept:
                break
            kept.append(day)
        self._used = set()
        self._recent = set(kept[:USED_DAYS])
        return kept[::-1]

    def _tell_past(self, day: str) -> None:
        def draw() -> tuple[bytes, set[str]]:
            visits = self._built.store.look(lambda desk: desk.past_visits(day))
            told = {"day": day, "visits": visits, "plan": planned(self._hall, day, visits)}
            used = {visit.window for visit in visits if visit.window}
            return self._forecaster.line_of({"past": told}), used

        line, used = self._built.in_thread(draw)
        if day in self._recent:
            self._used |= used
        with self._forecaster.turn():
            self._forecaster.ask(line)

    def _is_due(self) -> bool:
        """Nothing that costs more processor than it may, as far as the picture stays fresh."""
        pause = min(AT_LEAST_EVERY, max(AT_MOST_EVERY, self._cost / SHARE))
        return time.monotonic() - self._played >= (pause if self._changed else AT_LEAST_EVERY)

    def _play(self) -> None:
        """Tells how the hall stands and takes the answer; a quiet hall has nothing to foresee."""
        self._played, self._changed = time.monotonic(), False
        if self._hall.day(self._hall.now()) != self._day:
            self._turn_the_day()
        with self._forecaster.turn():
            drawn: Drawn | None = self._built.in_thread(self._draw)
            answer = self._answer(drawn) if drawn else None
        if drawn is None or answer is None:
            self._hall.outlook.drop()
            self._built.bus.tell("outlook", NOTHING)
            return
        self._seq, self.seconds = max(self._seq, drawn.seq), answer["seconds"]
        began = time.thread_time()
        self._hall.outlook.take(picture_of(drawn, answer, self._alike))
        if self._built.together.many:
            self._built.bus.tell("outlook", told_on(self._hall.outlook))
        self._cost = drawn.took + time.thread_time() - began

    def _answer(self, drawn: Drawn) -> Json:
        """What the process says to this situation; first, where they changed, what windows take."""
        if drawn.takes != self._takes:
            self._alike = self._ask({"takes": drawn.takes})["alike"]
            self._takes = drawn.takes
        answer = self._forecaster.ask(drawn.line)
        self._forecaster.warm()
        return answer

    def _turn_the_day(self) -> None:
        """Yesterday is over: it is learned from as a whole."""
        yesterday, self._day, self._seq = self._day, self._hall.day(self._hall.now()), 0
        self._recent = {yesterday}
        self._tell_past(yesterday)

    def _draw(self) -> Drawn | None:
        """In a thread: one picture of the hall, as a line to send."""
        hall, at, began = self._hall, self._hall.now(), time.thread_time()

        def look(desk: Desk) -> Drawn | None:
            moment, plan = Moment(hall, desk, at, self._used), hall.plan_in(desk)
            if moment.is_quiet:
                return None
            over = desk.past_visits(moment.day, self._seq)
            line = self._forecaster.line_of({"now": {"situation": moment.told(plan), "over": over}})
            newest, took = max([0, *(each.seq for each in over)]), time.thread_time() - began
            return Drawn(at, moment.waiting, plan.reluctances, newest, line, took)

        return self._built.store.look(look)

    def _count(self) -> None:
        """How many told ranges held and how long people walked, now and then."""
        if self._counted and time.monotonic() - self._counted < KEPT_EVERY:
            return
        self._counted = time.monotonic()
        today = date.fromisoformat(self._hall.day(self._hall.now()))
        since = (today - timedelta(days=KEPT_DAYS)).isoformat()
        self._hall.outlook.kept = self._look(lambda desk: desk.kept_waits(since))
        self._hall.plan.walks.learn(self._look(lambda desk: desk.walks(since)))

    def _look(self, work: Callable[[Desk], Any]) -> Any:
        return self._built.in_thread(lambda: self._built.store.look(work))

    def _ask(self, message: Json) -> Json:
        return self._forecaster.ask(self._forecaster.line_of(message))
