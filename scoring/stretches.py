"""A quarter or a year from its released months: no month is guessed, and no bonus counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from queueing.records import Json
from scoring.assess import assess, grade_of, passes
from scoring.assessment import Assessment, number
from scoring.caps import rounded, within
from scoring.facts import Fact
from scoring.scheme import ON_TOP, ZERO, Scheme

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class MonthOf:
    """A released month of one window or clerk: its facts, under the scheme that it was released by."""

    period: str
    revision: int
    scheme: Scheme
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Annual:
    """What the months come to. `assessment` is that of all their facts, with the score of the whole."""

    months: tuple[tuple[MonthOf, Decimal | None], ...]
    missing: tuple[str, ...]
    mean: Decimal | None
    assessment: Assessment

    def plain(self) -> Json:
        """`without_top`: a month's score before bonus and malus, which count once for all months together."""
        told = self.assessment.plain()
        named = ("score", "bonus", "malus", "grade", "passes", "barred", "scheme")
        months = [
            {"period": month.period, "revision": month.revision, "without_top": number(score)}
            for month, score in self.months
        ]
        return {name: told[name] for name in named} | {
            "mean": number(self.mean),
            "months": months,
            "missing": list(self.missing),
        }


def annual(months: Sequence[MonthOf], missing: Sequence[str]) -> Annual:
    """By the newest month's scheme; each month's own score by the scheme that it was released by."""
    ordered = sorted(months, key=lambda month: month.period)
    scheme = ordered[-1].scheme
    scores = [(month, assess(without_top(month.scheme), month.facts).score) for month in ordered]
    known = [score for _, score in scores if score is not None]
    mean = sum(known, ZERO) / len(known) if known else None
    facts = [fact for month in ordered for fact in month.facts]
    whole = assess(scheme, facts)
    if scheme.annual.of == "facts":
        return Annual(tuple(scores), tuple(missing), None, whole)
    bonus, malus = on_top(scheme, ordered, facts)
    raw = None if mean is None else mean + bonus + malus
    score = None if raw is None else rounded(within(raw, scheme.floor, scheme.ceiling), scheme.round_to)
    told = replace(
        whole, score=score, raw=raw, bonus=bonus, malus=malus, grade=grade_of(scheme, score),
        passes=passes(scheme, score),
    )  # fmt: skip
    return Annual(tuple(scores), tuple(missing), mean and rounded(mean, HUNDREDTH), told)


def without_top(scheme: Scheme) -> Scheme:
    """The same scheme without whatever comes on top of the parts."""
    return replace(scheme, items=tuple(item for item in scheme.items if item.part not in ON_TOP))


def on_top(scheme: Scheme, months: Sequence[MonthOf], facts: Sequence[Fact]) -> tuple[Decimal, Decimal]:
    """Bonus and malus once: their caps hold for the whole stretch, or for each month, as the scheme says."""
    if scheme.annual.bonus == "none":
        return ZERO, ZERO
    each = [facts] if scheme.annual.caps == "year" else [month.facts for month in months]
    told = [assess(scheme, one) for one in each]
    return sum((one.bonus for one in told), ZERO), sum((one.malus for one in told), ZERO)
