"""How one hall stands, in few figures: of the moment, of the month, and of the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from queueing.clock import Instant, local, minutes_between
from queueing.records import Json, Ticket
from queueing.store import Desk
from scoring.levels import LEVELS
from scoring.scores import month_days, share_positive
from scoring.store import RatingStore
from web.context import Built


def standing(built: Built) -> Json:
    """Who waits and serves at this moment, and what the day has brought."""
    hall, at = built.hall, built.hall.now()

    def look(desk: Desk) -> Json:
        return _people(desk, at) | _windows(built, desk, at) | _today(desk, hall.day(at))

    seen: Json = built.in_thread(lambda: built.store.look(look))
    return {"at": at, "low": None, "high": None} | seen | _expected(built.push.lines.now())


def _people(desk: Desk, at: Instant) -> Json:
    waiting: list[Ticket] = desk.in_states(("waiting",))
    longest = max((minutes_between(each.joined_at, at) for each in waiting), default=0.0)
    return {"waiting": len(waiting), "longest": round(longest)}


def _windows(built: Built, desk: Desk, at: Instant) -> Json:
    """Open ones, those with a sign up, and how many keep hours now."""
    wall = local(at, built.house.hall.timezone)
    states = Counter(state.state for state in desk.windows().values())
    planned = sum(built.hall.hours.is_open(window, wall) for window in built.house.windows)
    return {"open": states["open"], "paused": states["paused"], "planned": planned}


def _today(desk: Desk, day: str) -> Json:
    store = cast(RatingStore, desk)
    levels = _levels(store, day, day)
    served = sum(store.finished_counts("window", day, day).values())
    return {"served": served, "rated": sum(levels.values()), "positive": share_positive(levels)}


def _levels(store: RatingStore, first: str, last: str) -> Counter[str]:
    counts = Counter[str](dict.fromkeys(LEVELS, 0))
    for levels in store.level_counts("window", first, last).values():
        counts.update(levels)
    return counts


def _expected(lines: Iterable[Json]) -> Json:
    """A newcomer's wait from the shortest line to the longest, and how many lines give no more numbers."""
    lines = list(lines)
    told = [line for line in lines if line["status"] == "open" and line["high"] is not None]
    late = sum(line["status"] == "ends_late" for line in lines)
    if not told:
        return {"ends_late": late}
    return {
        "ends_late": late,
        "low": min(line["low"] for line in told),
        "high": max(line["high"] for line in told),
    }


def month(built: Built) -> Json:
    """The month so far: how satisfied people were, and the windows' scores under the hall's scheme."""
    period = built.hall.day(built.hall.now())[:7]

    def look(desk: Desk) -> Json:
        levels = _levels(cast(RatingStore, desk), *month_days(period))
        rows = built.scores.table(desk, period)["rows"]
        return {"levels": levels, "scores": [row["score"] for row in rows if row["n"]]}

    seen = built.in_thread(lambda: built.store.look(look))
    scores = seen["scores"]
    return {
        "month_rated": sum(seen["levels"].values()),
        "month_positive": share_positive(seen["levels"]),
        "score": round(sum(scores) / len(scores), 1) if scores else None,
        "lowest_score": min(scores, default=None),
    }


def machine(built: Built) -> list[Json]:
    """What the operator should look at: data, backups, voice, forecast, printers."""
    report = built.keeper.report()
    found = [
        {"code": each["code"], "level": each["level"], "facts": each["facts"]}
        for each in report["findings"]
        if each["level"] != "hint" and each["code"] not in ("forecast_missing", "forecast_off", "not_kept")
    ]
    told = [trouble.partition(" ") for ask in built.troubles if (trouble := ask())]
    found += [{"code": code, "level": "caution", "facts": {"what": what}} for code, _, what in told]
    small = [said for ask in built.small for said in ask()]
    return found + [{"code": "room", "level": "caution", "facts": said} for said in small]
