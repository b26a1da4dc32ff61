"""Years of a hall made up for measuring: visits with their events, chained by hash as the hall chains them.

A visit that was served has three events, or four with a rating; a hall writes one more, when the service
starts, and says all of the ticket in each. Only the last one here does, so that ten years fit on a disk.
"""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from queueing.house import House
from queueing.keys import day_mark
from queueing.plan import Plan

OPENS, CLOSES, EMPTY = 1_800, 32_400, 57_000
"""Seconds of the day in UTC: in China 8:30 and 17:00, and 23:50, when the last clerk has left."""

SECONDS = [f"T{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}.000Z" for s in range(86_400)]
LEFT, MISSED = 0.04, 0.08
"""Shares of those who give up and, above that, of those who miss their call."""

LEVELS = ("very_good",) * 14 + ("good",) * 4 + ("fair", "poor")
RATED = 1 / 3


class Visit(NamedTuple):
    """One visit; moments in seconds of its day, 0: it never came to that."""

    key: str
    number: str
    service: str
    window: str
    clerk: str
    state: str
    joined: int
    called: int
    started: int
    ended: int
    level: str = ""


class Logged(NamedTuple):
    """One event as it is inserted, without the hall."""

    seq: int
    at: str
    action: str
    press: str
    actor: str
    ticket: str | None
    window: str | None
    after: str
    shown: str
    prev_hash: str
    hash: str


class Years:
    """Days of visits by chance, the same for the same seed; `seq` and `head`: where the log stands."""

    def __init__(self, house: House, seed: int = 1) -> None:
        self.chance, self.seq, self.head = random.Random(seed), 0, "0" * 64
        plan = Plan(house)
        clerks = {w: member.id for member in house.staff for w in member.windows}
        self._windows = [
            (w.id, clerks.get(w.id, "nobody"), sorted(plan.reluctances[w.id])) for w in house.windows
        ]
        self.last_seq: dict[str, int] = {}

    def visits(self, day: str, count: int) -> list[Visit]:
        """One day's, in the order in which they joined."""
        joined = sorted(self.chance.randrange(OPENS, CLOSES) for _ in range(count))
        return [self._visit(day_mark(day), n, at) for n, at in enumerate(joined, 1)]

    def _visit(self, mark: str, n: int, joined: int) -> Visit:
        chance = self.chance
        window, clerk, services = chance.choice(self._windows)
        called = joined + 1 + int(chance.expovariate(1 / 540))
        started, luck = called + chance.randrange(10, 60), chance.random()
        ended = started + 60 + int(chance.expovariate(1 / 300))
        key = mark + urlsafe_b64encode(chance.randbytes(9)).decode()
        service, number = chance.choice(services), f"N{n:04d}"
        visit = Visit(key, number, service, window, clerk, "finished", joined, called, started, ended)
        if luck < LEFT:
            return visit._replace(state="abandoned", window="", clerk="", called=0, started=0, ended=called)
        if luck < MISSED:
            return visit._replace(state="no_show", started=0, ended=started)
        return visit._replace(level=chance.choice(LEVELS)) if chance.random() < RATED else visit

    def events(self, day: str, visits: list[Visit]) -> Iterator[Logged]:
        """All that happened on the day, in order: seats taken, the visits' steps, seats left."""
        self.last_seq = {}
        for window, clerk, _ in self._windows:
            yield self._seat(day + SECONDS[OPENS - 60], "sit", clerk, window, "open")
        for at, step, visit in sorted(steps_of(visits), key=lambda found: found[:2]):
            yield self._step(day, day + SECONDS[at], step, visit)
        for window, clerk, _ in self._windows:
            yield self._seat(day + SECONDS[EMPTY], "leave", clerk, window, "closed")

    def _seat(self, at: str, action: str, clerk: str, window: str, state: str) -> Logged:
        return self._chained(at, action, clerk, None, window, f'{{"state":"{state}"}}', "{}")

    def _step(self, day: str, at: str, step: str, visit: Visit) -> Logged:
        """One event of a visit; the last one moves its row."""
        window = visit.window if step in AT_WINDOW else None
        clerk = visit.clerk if window and step != "rate" else ""
        if step == "rate":
            self.last_seq[f"rate {visit.key}"] = self.seq + 1
            return self._chained(at, step, clerk, visit.key, window, rated(visit), "{}")
        state, shown = STATES[step], short(visit, STATES[step])
        if state == visit.state:
            self.last_seq[visit.key], shown = self.seq + 1, shown_of(day, visit)
        return self._chained(at, step, clerk, visit.key, window, f'{{"state":"{state}"}}', shown)

    def _chained(
        self, at: str, action: str, clerk: str, ticket: str | None, window: str | None, after: str, shown: str
    ) -> Logged:
        """As `storage.events.chained`, spelled out for speed."""
        self.seq += 1
        press, actor = f"{self.chance.getrandbits(64):016x}", f"staff:{clerk}" if clerk else "device:kiosk"
        body = (
            f'{{"action":"{action}","actor":"{actor}","after":{after},"at":"{at}","before":{{}},'
            f'"press":"{press}","seq":{self.seq},"shown":{shown},'
            f'"ticket":{quoted(ticket)},"window":{quoted(window)}}}'
        )
        before, self.head = self.head, sha256(f"{self.head}{body}".encode()).hexdigest()
        return Logged(self.seq, at, action, press, actor, ticket, window, after, shown, before, self.head)


STATES = {
    "issue": "waiting", "call": "called", "finish": "finished", "mark_no_show": "no_show",
    "abandon": "abandoned",
}  # fmt: skip
ENDS = {state: step for step, state in STATES.items()}
AT_WINDOW = ("call", "finish", "mark_no_show", "rate")


def steps_of(visits: list[Visit]) -> Iterator[tuple[int, str, Visit]]:
    """Each visit's steps: second of the day, which step, whose."""
    for visit in visits:
        yield visit.joined, "issue", visit
        if visit.called:
            yield visit.called, "call", visit
        yield visit.ended, ENDS[visit.state], visit
        if visit.level:
            yield visit.ended + 1, "rate", visit


def short(visit: Visit, state: str) -> str:
    told = f'"number":"{visit.number}","service":"{visit.service}","state":"{state}","ticket":"{visit.key}"'
    return f"{{{told}}}"


def rated(visit: Visit) -> str:
    return f'{{"channel":"pad","level":"{visit.level}","reasons":[]}}'


def quoted(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'


def moment(day: str, second: int) -> str | None:
    return day + SECONDS[second] if second else None


def shown_of(day: str, visit: Visit) -> str:
    """What the last event says of the ticket, in the canonical order."""
    served = visit.state == "finished"
    return (
        f'{{"called_at":{quoted(moment(day, visit.called))},"calls":{int(visit.called > 0)},'
        f'"clerk":{quoted(visit.clerk or None)},"confirmed":false,"direct_window":null,'
        f'"finished_at":{quoted(moment(day, visit.ended) if served else None)},"held_at":null,'
        f'"held_seconds":0.0,"joined_at":"{day}{SECONDS[visit.joined]}","line_at":"{day}{SECONDS[visit.joined]}",'
        f'"not_before":null,"number":"{visit.number}","outcome":{quoted("done" if served else None)},'
        f'"postponed":0,"service":"{visit.service}","started_at":{quoted(moment(day, visit.started))},'
        f'"state":"{visit.state}","ticket":"{visit.key}","ticket_class":"walk_in","tie":{visit.joined},'
        f'"window":{quoted(visit.window or None)}}}'
    )


def working_days(last: date, count: int) -> list[date]:
    """So many Mondays to Saturdays up to that day, oldest first."""
    found: list[date] = []
    day = last
    while len(found) < count:
        if day.isoweekday() < 7:
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]
