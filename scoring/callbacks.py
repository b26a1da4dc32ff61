"""Call-backs (电话回访): each week some finished visits are drawn, and the citizens asked how it was."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from queueing.change import Change
from queueing.errors import BadRequest
from queueing.hall import ITSELF, Hall
from queueing.records import Json, Press
from scoring.complaint_errors import (
    AlreadyCalled,
    ConcernsYou,
    FourEyes,
    LevelsNeeded,
    NothingToReplace,
    UnknownDraw,
)  # fmt: skip
from scoring.complaint_keeping import LONGEST
from scoring.complaint_limits import is_open_day
from scoring.complaint_records import Callback, ComplaintStore, Draw
from scoring.draws import drawn_order, keys_hash, week_before
from scoring.levels import LEVELS, NEGATIVE
from scoring.periods import period

Outcome = Literal["reached", "not_reached", "declined"]
ASKED = ("attitude", "efficiency", "discipline")


@dataclass(frozen=True)
class Told:
    """What a call brought: three levels when somebody was reached, and their suggestions."""

    outcome: Outcome
    attitude: str = ""
    efficiency: str = ""
    discipline: str = ""
    suggestion: str = ""

    @property
    def levels(self) -> Json:
        return {name: getattr(self, name) for name in ASKED} if self.outcome == "reached" else {}


class Callbacks:
    """The draw and the calls; every one is a durable change."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._rules = hall, hall.house.callbacks

    def draw_if_due(self, day: str) -> Json:
        """Last week's draw, on the first day of this week on which the hall opens; never twice."""
        week = week_before(day)
        if not self._rules.per_week or not is_open_day(self._hall, day):
            return {}
        if self._hall.store.look(lambda desk: cast(ComplaintStore, desk).draw(week)) is not None:
            return {}
        return self._hall.change(ITSELF, lambda change: self._draw(change, week))

    def _draw(self, change: Change, week: str) -> Json:
        """A week without a finished visit has no draw."""
        desk, when = cast(ComplaintStore, change.desk), period(week)
        keys = desk.finished_keys(when.first, when.last)
        if desk.draw(week) is not None or not keys:
            return {}
        seed = secrets.token_hex(16)
        draw = Draw(week, seed, change.at, len(keys), keys_hash(keys), self._rules.per_week)
        desk.add_draw(draw)
        for place, key in enumerate(drawn_order(seed, keys)[: draw.per_week], 1):
            desk.put_callback(self._drawn(change, week, place, key))
        told = {"week": week, "seed": seed, "population": draw.population, "keys_hash": draw.keys_hash}
        return {"seq": change.note("callbacks_drawn", told).seq}

    def _drawn(self, change: Change, week: str, place: int, key: str, replaces: int = 0) -> Callback:
        visit = change.desk.ticket(key)
        return Callback(week, place, key, visit.window, visit.clerk, replaces=replaces, drawn_at=change.at)

    def replace(self, *, week: str, place: int, by: Press) -> Json:
        """The next of the same draw for somebody who couldn't be reached; not by the one who says so."""

        def work(change: Change, it: Callback) -> Json:
            desk, draw, taken = (
                cast(ComplaintStore, change.desk),
                self._drawn_in(change, week),
                places(change, week),
            )
            when = period(week)
            order = drawn_order(draw.seed, desk.finished_keys(when.first, when.last))
            replaced = {each.replaces for each in taken}
            if it.state not in ("not_reached", "declined") or place in replaced or len(taken) >= len(order):
                raise NothingToReplace()
            if it.caller == (by.clerk or ""):
                raise FourEyes(clerk=it.caller)
            fresh = self._drawn(change, week, len(taken) + 1, order[len(taken)], replaces=place)
            desk.put_callback(fresh)
            return noted(change, "callback_replaced", fresh, replaces=place)

        return self._at(week, place, by, work)

    def tell(self, *, week: str, place: int, told: Told, by: Press) -> Json:
        """What a call brought; who couldn't be reached may be tried again, an answer stands."""
        must_make_sense(told)

        def work(change: Change, it: Callback) -> Json:
            if it.clerk is not None and it.clerk == by.clerk:
                raise ConcernsYou(clerk=it.clerk)
            if it.state in ("reached", "declined"):
                raise AlreadyCalled()
            called = replace(
                it, state=told.outcome, tries=it.tries + 1, caller=by.clerk or "", called_at=change.at,
                **told.levels,
            )  # fmt: skip
            cast(ComplaintStore, change.desk).put_callback(called)
            sealed = keep_words(change, called, told.suggestion)
            return noted(change, "callback_made", called, outcome=told.outcome, **told.levels, **sealed)

        return self._at(week, place, by, work)

    def _at(self, week: str, place: int, by: Press, work: Callable[[Change, Callback], Json]) -> Json:
        return self._hall.change(by, lambda change: work(change, at_place(change, week, place)))

    def _drawn_in(self, change: Change, week: str) -> Draw:
        draw = cast(ComplaintStore, change.desk).draw(week)
        if draw is None:
            raise UnknownDraw()
        return draw


def must_make_sense(told: Told) -> None:
    if told.outcome == "reached" and any(level not in LEVELS for level in told.levels.values()):
        raise LevelsNeeded()
    if len(told.suggestion) > LONGEST:
        raise BadRequest(message=f"{LONGEST} characters at the most.")


def dissatisfied(it: Callback) -> bool:
    """Whether the citizen was dissatisfied with anything that was asked."""
    return any(getattr(it, name) in NEGATIVE for name in ASKED)


def places(change: Change, week: str) -> list[Callback]:
    return [row.callback for row in cast(ComplaintStore, change.desk).callbacks(week)]


def at_place(change: Change, week: str, place: int) -> Callback:
    """Raises UnknownDraw."""
    found = next((each for each in places(change, week) if each.place == place), None)
    if found is None:
        raise UnknownDraw()
    return found


def keep_words(change: Change, it: Callback, text: str) -> Json:
    """Apart from the rest, so that they can be purged; for the log a commitment."""
    if not text.strip():
        return {}
    salt = secrets.token_hex(16)
    desk = cast(ComplaintStore, change.desk)
    desk.add_callback_words(it.week, it.place, change.at, text.strip(), salt)
    return {"words": hashlib.sha256(f"{salt}{text.strip()}".encode()).hexdigest()}


def noted(change: Change, action: str, it: Callback, **told: Any) -> Json:
    event = change.note(action, {"week": it.week, "place": it.place} | told)
    return {"week": it.week, "place": it.place, "state": it.state, "seq": event.seq}


def checked(desk: ComplaintStore, week: str) -> Json:
    """Draws again from the seed and the week's visits, and compares with what was drawn."""
    draw, when = desk.draw(week), period(week)
    if draw is None:
        raise UnknownDraw()
    keys = desk.finished_keys(when.first, when.last)
    drawn = [row.callback.ticket for row in desk.callbacks(week)]
    again = drawn_order(draw.seed, keys)[: len(drawn)]
    same_list = keys_hash(keys) == draw.keys_hash and len(keys) == draw.population
    told = {"week": week, "seed": draw.seed, "population": draw.population, "keys_hash": draw.keys_hash}
    return told | {
        "same_list": same_list,
        "holds": same_list and drawn == again,
        "drawn": drawn,
        "again": again,
    }
