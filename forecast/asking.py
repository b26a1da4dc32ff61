"""One question to the twin and its answer: which day, which changes, expected or replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forecast.changes import Change, ChangeError
from forecast.changing import most_of
from forecast.expecting import PLAYS, expected
from forecast.history import USUAL, History, Rules, history_of
from forecast.logs import Stretch, Visit
from forecast.reliving import relived
from forecast.twin import whatif

LEAST_DAYS = 1


@dataclass(frozen=True)
class Question:
    """What the twin is asked."""

    day: str
    changes: tuple[Change, ...]
    at: float | None = None
    """What happened until then is known, and the rest is played."""
    replay: bool = False
    """The day's own people and work, instead of those to be expected."""
    plays: int = PLAYS
    seed: int = 1


def answer(
    question: Question, visits: Sequence[Visit], plan: Sequence[Stretch], rules: Rules | None = None
) -> dict[str, Any]:
    """Waits with and without, as `forecast.twin.whatif` tells them; ChangeError if it can't be played."""
    own = [visit for visit in visits if visit.day == question.day]
    history = history_of(visits, plan, question.day, question.at, rules or USUAL)
    return played(question, history, own)


def played(question: Question, history: History, own: Sequence[Visit]) -> dict[str, Any]:
    """The same from what was learned already; `own` are the day's visits."""
    if question.replay:
        if most_of(question.changes) > 1:
            sentence = "A replayed day can't have more people than came; leave --replay out."
            raise ChangeError("change_replayed_demand", sentence)
        if not own:
            raise ChangeError(
                "day_unknown", f"Nobody came on {question.day}: it can't be replayed.", day=question.day
            )
        told = whatif(relived(history, own, question.plays, question.seed), question.changes, history)
        called = [v.called - v.joined for v in own if v.called is not None]
        return told | {"was": round(sum(called) / max(len(called), 1), 2)}
    if not history.pool:
        raise ChangeError(
            "nothing_learned", f"No day before {question.day} is known to learn from.", day=question.day
        )
    course = expected(history, question.plays, question.seed, most_of(question.changes))
    return whatif(course, question.changes, history)
