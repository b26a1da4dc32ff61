"""A quarter or a year from its released months: no month is guessed, and no bonus counts twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, groupby

from queueing.records import Json
from scoring import notes
from scoring.assess import assess, grade_of, passes
from scoring.assessment import Assessment, Barred, Line, Rated, number
from scoring.caps import rounded, trim, within
from scoring.facts import Fact
from scoring.scheme import BONUS, MALUS, ON_TOP, ZERO, Scheme

HUNDREDTH = Decimal("0.01")
MONTH = "month"
"""Stands for the part in the lines of months."""


@dataclass(frozen=True)
class MonthOf:
    """A released month of one window or clerk: its facts, under the scheme that it was released by."""

    period: str
    revision: int
    scheme: Scheme
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Annual:
    """What the months come to: each with its score as it counts in the mean, and the whole."""

    months: tuple[tuple[MonthOf, Decimal | None], ...]
    missing: tuple[str, ...]
    mean: Decimal | None
    assessment: Assessment

    def plain(self) -> Json:
        """`without_top`: a month's score as the mean takes it, mostly without bonus and malus."""
        told = self.assessment.plain()
        named = ("score", "bonus", "malus", "grade", "passes", "barred", "scheme")
        months = [
            {"period": month.period, "revision": month.revision, "without_top": number(score)}
            for month, score in self.months
        ]
        return {name: told[name] for name in named} | {
            "lines": [{key: line[key] for key in line if key != "facts"} for line in told["lines"]],
            "mean": number(self.mean),
            "months": months,
            "missing": list(self.missing),
        }


def annual(months: Sequence[MonthOf], missing: Sequence[str]) -> Annual:
    """By the newest month's rules for years; each month's score by the scheme that it was released by."""
    ordered = sorted(months, key=lambda month: month.period)
    scheme = ordered[-1].scheme
    each = [assess(in_the_mean(month.scheme, scheme), month.facts) for month in ordered]
    scores = tuple((month, one.score) for month, one in zip(ordered, each, strict=True))
    if scheme.annual.of == "facts":
        whole = assess(scheme, chain.from_iterable(month.facts for month in ordered))
        return Annual(scores, tuple(missing), None, whole)
    known = [score for _, score in scores if score is not None]
    mean = sum(known, ZERO) / len(known) if known else None
    told = from_months(scheme, mean, each, ordered)
    lines = [month_line(month.period, score, len(known)) for month, score in scores]
    told = replace(told, lines=(*lines, *told.lines))
    return Annual(scores, tuple(missing), mean and rounded(mean, HUNDREDTH), told)


def from_months(
    scheme: Scheme, mean: Decimal | None, each: Sequence[Assessment], months: Sequence[MonthOf]
) -> Assessment:
    """The mean with what comes on top; deductions are the months' own, on average, and the year's malus."""
    top = on_top(scheme, months)
    bonus, malus = (sum((line.points for line in top if line.part == part), ZERO) for part in ON_TOP)
    raw = None if mean is None else mean + bonus + malus
    score = None if raw is None else rounded(within(raw, scheme.floor, scheme.ceiling), scheme.round_to)
    taken = sum((one.deducted for one in each), ZERO) / len(each) - malus
    ratings = [one.rated for one in each]
    rated = Rated(sum((one.n for one in ratings), ZERO), sum((one.positive for one in ratings), ZERO))
    return Assessment(
        scheme.id, scheme.version, score, raw, (), tuple(top), bonus, malus,
        grade=grade_of(scheme, score), passes=passes(scheme, score), barred=bars_of(scheme, months),
        rated=rated, taken=taken,
    )  # fmt: skip


def month_line(period: str, score: Decimal | None, of: int) -> Line:
    """A month's score; the mean of these lines is where the year begins."""
    line = Line(period, MONTH, notes.month(period), times=Decimal(score is not None))
    if score is None:
        line.notes.append(notes.MISSING)
        return line
    line.points_each = line.asked = line.points = score
    line.notes.append(notes.in_the_mean(of))
    return line


def in_the_mean(released_by: Scheme, newest: Scheme) -> Scheme:
    """What a month's score is made by: all of its scheme, or all but what comes on top of the parts."""
    return released_by if newest.annual.of == "scores" else without_top(released_by)


def without_top(scheme: Scheme) -> Scheme:
    """The same scheme without whatever comes on top of the parts."""
    return replace(scheme, items=tuple(item for item in scheme.items if item.part not in ON_TOP))


def on_top(scheme: Scheme, months: Sequence[MonthOf]) -> list[Line]:
    """Bonus and malus once, by the schemes of their months; caps hold for the stretch or for each month."""
    if scheme.annual.of == "scores" or scheme.annual.bonus == "none":
        return []
    by_year = scheme.annual.caps == "year"
    each = together(months) if by_year else ((month.scheme, month.facts) for month in months)
    lines = [
        line for rules, facts in each for line in assess(rules, facts).lines if line.part in (BONUS, MALUS)
    ]
    for group in scheme.groups if by_year else ():
        same = [line for line in lines if line.group == group.code]
        trim(same, -group.at_most, group.at_most, f"group:{group.code}")
    return lines


def together(months: Sequence[MonthOf]) -> Iterator[tuple[Scheme, tuple[Fact, ...]]]:
    """The facts of months that follow one another under one scheme."""
    for scheme, group in groupby(months, key=lambda month: month.scheme):
        yield scheme, tuple(chain.from_iterable(month.facts for month in group))


def bars_of(scheme: Scheme, months: Sequence[MonthOf]) -> tuple[Barred, ...]:
    """What the whole stretch raises by the newest rules, and what earlier rules raised in their months."""
    everything = tuple(chain.from_iterable(month.facts for month in months))
    found: dict[tuple[str, str], Barred] = {}
    for rules, facts in [(scheme, everything), *together(months)]:
        for bar in assess(rules, facts).barred:
            known = found.setdefault((bar.code, bar.bars), bar)
            found[bar.code, bar.bars] = replace(
                known,
                periods=tuple(sorted({*known.periods, *bar.periods})),
                facts=tuple(dict.fromkeys((*known.facts, *bar.facts))),
            )
    return tuple(found.values())
