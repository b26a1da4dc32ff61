"""Parts whose score is measured: a figure that somebody gives, the share positive, the levels' points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoring import notes
from scoring.assessment import Line, Rated
from scoring.facts import Fact
from scoring.levels import LEVELS, NEGATIVE, POINTS
from scoring.scheme import HUNDRED, ZERO, Item, Part
from scoring.scheme_rules import LevelPoints, RatingRule, Verdict

RATED = "rated"


def level_counts(facts: Sequence[Fact]) -> dict[str, Decimal]:
    """How many ratings of each level."""
    counts: dict[str, Decimal] = dict.fromkeys(LEVELS, ZERO)
    for fact in facts:
        if fact.kind == RATED and fact.item in counts:
            counts[fact.item] += fact.times
    return counts


def rated(facts: Sequence[Fact]) -> Rated:
    counts = level_counts(facts)
    n = sum(counts.values(), ZERO)
    return Rated(n, n - sum((counts[level] for level in NEGATIVE), ZERO))


def mean_points(counts: dict[str, Decimal], points: dict[str, Decimal]) -> Decimal:
    """Of at least one rating."""
    total = sum((points[level] * times for level, times in counts.items()), ZERO)
    return total / sum(counts.values(), ZERO)


def measure(item: Item, part: Part, found: Sequence[Fact], levels: LevelPoints | None) -> Line:
    """The line that says what the part's score is; without points when there is nothing to measure."""
    line = Line(item.code, item.part, item.text)
    given = [fact for fact in found if fact.kind != RATED]
    value = _of_ratings(item, part, found, levels)
    if given and (value is None or _takes_figures(item)):
        if value is not None:
            line.notes.append(notes.instead_of(rated(found).n, value))
        line.times, line.facts = Decimal(len(given)), tuple(fact.id for fact in given)
        value = sum(map(_figure, given), ZERO) / line.times
    else:
        line.times = rated(found).n
        if given:
            line.notes.append(notes.not_taken(sum(map(_figure, given), ZERO) / len(given)))
    if value is None:
        line.notes.append(notes.MISSING)
        return line
    line.points_each = line.asked = line.points = value
    line.notes.append(notes.measured(line.times, value))
    return line


def _takes_figures(item: Item) -> bool:
    """Whether the scheme lets a figure that somebody enters go before ratings."""
    return any(each.startswith("figure") for each in item.counts)


def _figure(fact: Fact) -> Decimal:
    return fact.times if fact.value is None else fact.value


def _of_ratings(item: Item, part: Part, found: Sequence[Fact], levels: LevelPoints | None) -> Decimal | None:
    """Single ratings are counted, never named: a line of them tells nobody who said what."""
    came = rated(found)
    if item.per == "score" or not came.n or came.n < item.fewest:
        return None
    if item.per == "level_points" and levels is not None:
        return mean_points(level_counts(found), vars(levels))
    return came.positive * (HUNDRED if part.maximum is None else part.maximum) / came.n


def verdict_on(rule: RatingRule, counts: dict[str, Decimal]) -> Verdict | None:
    """The best verdict whose threshold is reached; none while there are too few ratings to judge."""
    n = sum(counts.values(), ZERO)
    if not n or n < rule.fewest:
        return None
    negative = sum((counts.get(level, ZERO) for level in NEGATIVE), ZERO)
    by_level = {level: Decimal(points) for level, points in POINTS.items()}
    value = (n - negative) / n if rule.measure == "positive" else mean_points(counts, by_level)
    ordered = sorted(rule.verdicts, key=lambda verdict: -verdict.at_least)
    return next((each for each in ordered if value >= each.at_least), None)


def verdict_line(rule: RatingRule, counts: dict[str, Decimal], verdict: Verdict | None) -> Line:
    line = Line("rating", "rating", notes.VERDICT, times=sum(counts.values(), ZERO))
    if verdict is None:
        line.notes.append(notes.too_few(line.times, rule.fewest))
        return line
    line.points_each = line.asked = line.points = verdict.points
    line.notes.append(verdict.name)
    return line
