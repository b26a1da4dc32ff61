"""The twin in a process of its own, for one question: python -m forecast.twin_process

The standard input holds the question as JSON; the answer is written as JSON, or {"fault": {code, fields}}
when a change can't be understood or the day not played.

    zone      the hall's
    log       rows: day and a `PastVisit`
    here      rows: day, ticket, service, class, joined, line_at, called, window, started, clerk
    plan      rows: day, window, clerk, services, opens, closes; in minutes of the day
    rules     classes {name: [head start, rate]}, reluctance {window: {service: minutes}}, minutes {service}
    ask       {"what": "whatif", day, at, replay, changes}
              {"what": "suggest", day, at, spare}
              {"what": "effect", day, at, change}     replays the day as it was, and without that change
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from forecast.asking import Question, answer, played
from forecast.change_words import all_parsed, parsed
from forecast.changes import DAY, ChangeError, Closes, Opens, Serves
from forecast.history import Rules, history_of
from forecast.logs import Stretch, Visit
from forecast.situations import TurnFigures
from forecast.suggesting import suggestion
from forecast.twin import rounded
from queueing.records import PastVisit

POLITE = 10
REPLAYS = 20
Json = dict[str, Any]


def answered(asked: Json) -> Json:
    """The answer to one question."""
    ask, plan = asked["ask"], [stretch_of(row) for row in asked["plan"]]
    visits = sorted(visits_of(asked), key=lambda visit: (visit.day, visit.joined))
    try:
        return VERBS[ask["what"]](ask, visits, plan, rules_of(asked["rules"]))
    except ChangeError as error:
        return {"fault": {"code": error.code, "fields": error.fields}}


def whatif(ask: Json, visits: Sequence[Visit], plan: Sequence[Stretch], rules: Rules) -> Json:
    changes = tuple(all_parsed(ask["changes"]))
    return answer(Question(ask["day"], changes, ask.get("at"), bool(ask.get("replay"))), visits, plan, rules)


def suggest(ask: Json, visits: Sequence[Visit], plan: Sequence[Stretch], rules: Rules) -> Json:
    """The best change now, or none."""
    history = history_of(visits, plan, ask["day"], ask["at"], rules)
    if not history.pool:
        raise ChangeError("nothing_learned", "No day is known to learn from.", day=ask["day"])
    return {"suggestion": suggestion(history, ask["spare"])}


def effect(ask: Json, visits: Sequence[Visit], plan: Sequence[Stretch], rules: Rules) -> Json:
    """Mean waits of those who joined from the change on: as they were, and replayed without it."""
    history = history_of(visits, plan, ask["day"], None, rules)
    own = [visit for visit in visits if visit.day == ask["day"]]
    change, since = parsed(ask["change"]), float(ask["at"])
    undone: Closes | Serves
    if isinstance(change, Opens):
        undone = Closes(change.window, since, change.closes or DAY)
    elif isinstance(change, Serves):
        undone = Serves(change.window, change.clerk, change.service, None)
    else:
        raise ChangeError(
            "change_unknown", "Only an opening or a help can be taken back.", change=ask["change"]
        )
    told = played(Question(ask["day"], (undone,), None, True, REPLAYS), history, own)
    after = [v.called - v.joined for v in own if v.called is not None and v.joined >= since]
    return {
        "was": rounded(sum(after) / len(after)) if after else None,
        "replayed": since_of(told["without"]["by_half_hour"], since),
        "without": since_of(told["with"]["by_half_hour"], since),
    }


def since_of(halves: Mapping[str, Json], since: float) -> float | None:
    """The mean of the half hours from then on, by people."""
    own = [
        each for begin, each in halves.items() if minutes_of(begin) + 30 > since and each["mean"] is not None
    ]
    people = sum(each["n"] for each in own)
    return rounded(sum(each["mean"] * each["n"] for each in own) / people) if people else None


def minutes_of(text: str) -> float:
    hours, _, rest = text.partition(":")
    return int(hours) * 60.0 + int(rest)


class Wall:
    """Minutes of a day on the hall's wall clock."""

    def __init__(self, zone: str) -> None:
        self._zone, self._midnights = ZoneInfo(zone), dict[str, float]()

    def minutes(self, day: str, at: str) -> float:
        return (datetime.fromisoformat(at).timestamp() - self._midnight(day)) / 60.0

    def perhaps(self, day: str, at: str | None) -> float | None:
        return None if at is None else self.minutes(day, at)

    def _midnight(self, day: str) -> float:
        if day not in self._midnights:
            begin = datetime.fromisoformat(day).replace(tzinfo=self._zone)
            self._midnights[day] = begin.timestamp()
        return self._midnights[day]


def visits_of(asked: Json) -> Iterator[Visit]:
    wall, one = Wall(asked["zone"]), {row[1] for row in asked["log"]}
    for day, *row in asked["log"]:
        yield past_visit(day, PastVisit(*row), wall)
    for day, ticket, service, ticket_class, joined, line_at, called, window, started, clerk in asked["here"]:
        if ticket not in one:
            yield Visit(
                ticket, day, service, ticket_class, wall.minutes(day, joined), wall.perhaps(day, called),
                window,
                wall.perhaps(day, started), None, "", clerk, None, wall.minutes(day, line_at),
            )  # fmt: skip


def past_visit(day: str, row: PastVisit, wall: Wall) -> Visit:
    """Time for which it was set aside doesn't count as service; nobody called who gave up before."""
    missed, gone = row.state == "no_show", row.state == "abandoned"
    started, finished = wall.perhaps(day, row.started_at), wall.perhaps(day, row.finished_at)
    if started is not None and finished is not None:
        finished = max(started, finished - row.held_seconds / 60.0)
    return Visit(
        row.key, day, row.service, row.ticket_class, wall.minutes(day, row.joined_at),
        None if gone else wall.perhaps(day, row.called_at), "" if gone else row.window or "",
        None if missed or gone else started, None if missed else finished,
        row.state if missed or gone else "done", row.clerk or "", None, wall.minutes(day, row.line_at),
    )  # fmt: skip


def stretch_of(row: Sequence[Any]) -> Stretch:
    day, window, clerk, services, opens, closes = row
    return Stretch(day, window, clerk, tuple(services), opens, closes)


def rules_of(told: Json) -> Rules:
    classes = {name: TurnFigures(*figures) for name, figures in told["classes"].items()}
    return Rules(classes, told["reluctance"], told["minutes"])


VERBS = {"whatif": whatif, "suggest": suggest, "effect": effect}


def main() -> int:
    os.nice(POLITE)
    sys.stdout.write(json.dumps(answered(json.load(sys.stdin.buffer))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
