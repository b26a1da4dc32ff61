"""The announcements of the hall: hears events, answers machines, tells screens, keeps the log."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Container, Sequence
from datetime import timedelta
from threading import Lock
from typing import Any, cast

from queueing.announced import Announced, AnnouncedDesk
from queueing.announcing import YOUNG_SECONDS
from queueing.clock import Instant, RealClock, instant, local, moment
from queueing.errors import HallError
from queueing.hall import ITSELF
from queueing.looks import event_message
from queueing.records import Event, Json
from queueing.said import Line
from queueing.store import Desk
from web.announcing import Area, languages_of
from web.context import Built
from web.sharing import Sharing, UpTo
from web.speaking import LEASE_SECONDS, Speak, Speaker

LOG = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
RECENT = 500
"""Events that a fresh server looks through for calls that are still to be said."""

CALLS = ("call", "recall", "undo")
UNKEPT = 5000
"""Lines of the log that wait in memory while the disk takes none."""


class Loudspeakers:
    """By area. What a fresh server should say it finds in the events of the last minute and in the log."""

    def __init__(
        self, built: Built, tell: Callable[[Json], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._built, self._tell, self._clock = built, tell, clock
        self._lock = Lock()
        self._unkept: deque[Announced] = deque(maxlen=UNKEPT)
        self._told: dict[str, Json] = {}
        self._loud = -EVERY_SECONDS, 0
        rules = built.house.voice
        self.areas = {
            area.id: Area(area.id, area.voices or rules.languages, rules, self._logger(area.id), self._word)
            for area in built.house.areas
        }
        self._area_of = {window.id: window.area for window in built.house.windows}
        self.sharing = Sharing(built, self.areas)
        built.bus.on("announcing", self._hear_elsewhere)

    def _word(self, language: str, number: str, window: str) -> str:
        return self._built.wording(language, number, window)

    # -- what happens -----------------------------------------------------------------------------

    def begin(self) -> Event | None:
        """Calls of the last minute that nobody has said are still to be said; the last event until now."""
        recent, lines = self._built.store.look(self._recent)
        young = [event for event in recent if self._age(event.at) < YOUNG_SECONDS]
        self.hear(young)
        for area in self.areas.values():
            area.inherited = frozenset(str(event.seq) for event in young)
        self._know(lines, self.areas)
        return recent[-1] if recent else None

    def _know(self, lines: Sequence[Announced], areas: Container[str]) -> None:
        """What the log says was said is said no more."""
        for line in lines:
            if line.area in self.areas and line.area in areas and line.outcome == "said":
                self.areas[line.area].order.known(line.ref)

    def _recent(self, desk: Desk) -> tuple[list[Event], list[Announced]]:
        return desk.events_after(max(0, desk.seq() - RECENT), RECENT), self._lines(desk)

    def hear(self, events: Sequence[Event]) -> bool:
        """Events in order; whether there is more or less to be said. Nobody has called who just came."""
        with self._lock:
            changed = [self._take(event) for event in events if event.shown and event.action != "issue"]
        return any(changed)

    def _take(self, event: Event) -> bool:
        born = self._clock() - self._age(event.at) if event.action in CALLS else 0.0
        told, area_of = event_message(event, None), self._area_of.get(event.shown["window"])
        return any([a.order.take(told, area_of == n, born) for n, a in self.areas.items()])  # noqa: C419

    def _age(self, at: Instant) -> float:
        """Real seconds since that instant of the hall's."""
        passed = (moment(self._built.hall.now()) - moment(at)).total_seconds()
        return max(0.0, passed / (self._built.clock.speed or 1.0))

    # -- machines ---------------------------------------------------------------------------------

    def ask(self, area: str, speaker: Speaker, wish: Speak) -> Json:
        """Whether the machine is the one that speaks there, and what it shall say."""
        self.sharing.asked(area, speaker, self._clock())
        if not self.sharing.keeps(area):
            state = self.sharing.elsewhere(area)
            return {"speaks": False, "elsewhere": bool(state and state["machine"]), "say": None, "then": None}
        self._learn_languages(self.areas[area])
        with self._lock:
            answer = self.areas[area].ask(speaker, wish, self._clock(), self._percent())
        self.tell()
        return answer

    def _learn_languages(self, area: Area) -> None:
        """In which language those are spoken to whose call has to wait; no event bears it."""
        with self._lock:
            calls = area.order.unknown()
        own = self._built.store.look(lambda desk: languages_of(desk, calls)) if calls else {}
        with self._lock:
            for call in calls:
                call.own = own[call.ticket]

    def leave(self, socket: str) -> None:
        self.sharing.left(socket)
        with self._lock:
            for area in self.areas.values():
                area.leave(socket, self._clock())

    def _percent(self) -> int:
        """How loud it is at this hour; looked up once a second."""
        now = self._clock()
        if not 0 <= now - self._loud[0] < EVERY_SECONDS:
            house = self._built.house
            wall = local(self._built.hall.now(), house.hall.timezone)
            self._loud = now, house.voice.percent_at(f"{wall:%H:%M}")
        return self._loud[1]

    # -- screens ----------------------------------------------------------------------------------

    def states(self) -> list[Json]:
        """How every area stands."""
        with self._lock:
            now, percent = self._clock(), self._percent()
            return [self._state(area, now, percent) for area in self.areas.values()]

    def _state(self, area: Area, now: float, percent: int) -> Json:
        """As who keeps the area sees it."""
        state = None if self.sharing.keeps(area.name) else self.sharing.elsewhere(area.name)
        return state or area.state(now, percent)

    def tell(self) -> None:
        """To the screens, of the areas that stand differently now; what is kept here, to other processes."""
        changed = [state for state in self.states() if self._told.get(state["area"]) != state]
        self._told |= {state["area"]: state for state in changed}
        if changed:
            self._tell({"areas": changed})
        for state in changed:
            if self.sharing.keeps(state["area"]):
                self._built.bus.tell("announcing", {"areas": [state]}, state["area"])

    # -- the other processes ------------------------------------------------------------------------

    def _hear_elsewhere(self, told: Json) -> None:
        self.sharing.hear(told["areas"])
        self.tell()

    def word(self) -> tuple[Json, dict[str, bool]]:
        """What the others should know of the areas here, and which to keep."""
        with self._lock:
            now, percent = self._clock(), self._percent()
            kept = [area for area in self.areas.values() if self.sharing.keeps(area.name)]
            states = [area.state(now, percent) for area in kept]
            speak = {area.name: area.lease.last for area in kept if area.lease.last}
            ranks = self.sharing.ranks(now)
            playing = [area.name for area in kept if area.playing]
        return {"ranks": ranks, "areas": states, "speak": speak}, self.sharing.wanted(ranks, playing)

    def agreed(self) -> None:
        """Once it is settled who keeps what."""
        self.sharing.hear_all()
        if not any(self.sharing.moves()):
            return
        seq, lines = self._built.push.reached.seq, self._built.store.look(self._lines)
        come, gone = self.sharing.moved()
        with self._lock:
            self._know(lines, come)
            for name in come:
                self.areas[name].take_over(UpTo(seq), self._spoke_before(name), self._clock() + LEASE_SECONDS)
            for name in gone:
                self.areas[name].give_up()

    def _lines(self, desk: Desk) -> list[Announced]:
        return cast(AnnouncedDesk, desk).announcements(None, RECENT)

    def _spoke_before(self, area: str) -> str:
        """The machine that another process last let speak there."""
        told = (word.get("speak", {}).get(area, "") for word in self._built.together.others)
        return next(filter(None, told), "")

    def look_after(self) -> None:
        """Once a second: what has become too old goes, screens learn it, the log is kept."""
        with self._lock:
            for area in self.areas.values():
                area.order.forget_old(self._clock())
        self.tell()
        self.keep()

    # -- the log ----------------------------------------------------------------------------------

    def _logger(self, area: str) -> Callable[[Line], None]:
        """As soon as a line is written it bears its times: clocks are compared then."""
        return lambda line: self._log_one(area, line)

    def _log_one(self, area: str, line: Line) -> None:
        """By the process that keeps the area alone."""
        if self.sharing.keeps(area):
            self._unkept.append(self._announced(area, line))

    def _announced(self, area: str, line: Line) -> Announced:
        call, sentence = line.call, line.sentence
        outcome: Any = "skipped" if line.reason else "said"
        times = [*self._both(line.began), *self._both(line.ended)]
        return Announced(
            int(call.id), call.at, area, call.number, call.window, call.again,
            sentence.language, sentence.turn,
            "broken" if line.reason == "broken" else outcome, line.reason, line.machine, line.by,
            times[0], times[2], times[1], times[3], self._built.hall.now(),
        )  # fmt: skip

    def _both(self, at: float | None) -> tuple[Instant | None, Instant | None]:
        """The hall's time and the real one."""
        if at is None:
            return None, None
        ago = timedelta(seconds=self._clock() - at)
        hall = moment(self._built.hall.now()) - ago * self._built.clock.speed
        return instant(hall), instant(RealClock().now() - ago)

    def keep(self) -> None:
        """Onto the disk; what can't be kept now waits for the next second."""
        lines = list(self._unkept)
        if not lines or self._built.store.trouble:
            return
        try:
            self._built.store.change(lambda desk: kept(desk, lines), ITSELF)
        except HallError as error:
            LOG.error("The log of announcements waits: %s", error)
            return
        while lines and self._unkept and self._unkept[0] is lines[0]:
            lines.pop(0), self._unkept.popleft()

    def log(self, area: str | None, limit: int) -> list[Announced]:
        """The newest lines, those that aren't on the disk yet too."""
        fresh = [line for line in list(self._unkept) if area in (None, line.area)]
        kept: list[Announced] = self._built.store.look(
            lambda desk: cast(AnnouncedDesk, desk).announcements(area, limit)
        )
        return [*kept, *fresh][-limit:]


def kept(desk: Desk, lines: Sequence[Announced]) -> Json:
    cast(AnnouncedDesk, desk).log_announcements(lines)
    return {}
