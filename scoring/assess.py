"""The score of one window or clerk: computed by a scheme, the same for the same facts in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scoring.assessment import Assessment, Line, PartScore
from scoring.bars import barred
from scoring.caps import rounded, trim, within
from scoring.facts import Fact
from scoring.lines import Tally, convert, line_of, tally
from scoring.matching import Matched, amount, as_rated, matched, names_it, standing
from scoring.measures import level_counts, measure, rated, verdict_line, verdict_on
from scoring.scheme import BONUS, MALUS, ZERO, Group, Item, Part, Scheme


def assess(scheme: Scheme, facts: Iterable[Fact]) -> Assessment:
    """Everything that the facts of one window or clerk make of a period."""
    counted = as_rated(scheme, standing(facts))
    found = matched(scheme, counted)
    lines = _lines(scheme, counted, found)
    for group in scheme.groups:
        _trim_group(group, [line for line in lines if line.group == group.code])
    measures = {each.code for each in scheme.items if each.measures}
    parts = tuple(
        _part(part, [line for line in lines if line.part == part.code], measures) for part in scheme.parts
    )
    return _told(scheme, counted, found, parts, lines)


def _lines(scheme: Scheme, facts: Sequence[Fact], found: Matched) -> list[Line]:
    """In the order of the scheme's items, whatever came first."""
    tallies = {
        item.code: tally(item, found.get(item.code, []), _whole(item, facts))
        for item in scheme.items
        if not item.measures and (item.code in found or item.of)
    }
    for rule in scheme.conversions:
        if becomes := scheme.item(rule.becomes):
            convert(tallies, rule, becomes)
    return [line for item in scheme.items for line in _line(scheme, item, tallies, found)]


def _line(scheme: Scheme, item: Item, tallies: dict[str, Tally], found: Matched) -> list[Line]:
    part = scheme.part(item.part)
    if item.measures and part is not None:
        return [measure(item, part, found.get(item.code, []), scheme.levels)]
    made = tallies.get(item.code)
    return [line_of(made)] if made and made.pairs else []


def _whole(item: Item, facts: Sequence[Fact]) -> Decimal:
    """All cases, of which some were late."""
    return sum((amount(fact) for fact in facts if names_it(item.of, fact)), ZERO) if item.of else ZERO


def _trim_group(group: Group, lines: list[Line]) -> None:
    trim(lines, -group.at_most, group.at_most, f"group:{group.code}")


def _part(part: Part, lines: list[Line], measures: set[str]) -> PartScore:
    """From its maximum, or from what was measured, by the lines to its score."""
    measured = [line for line in lines if line.code in measures]
    if any(line.points_each is None for line in measured):
        return PartScore(part.code, part.name, part.maximum, None, ZERO, ZERO, part.weight, missing=True)
    others = [line for line in lines if line.code not in measures]
    if part.maximum is None and not measured:
        points = sum((line.points for line in others), ZERO)
        return PartScore(part.code, part.name, None, None, points, ZERO, part.weight)
    cut = _trim_part(part, measured, others)
    start = ZERO if measured else part.maximum or ZERO
    score = start + sum((line.points for line in lines), ZERO)
    points = score - (part.maximum or ZERO)
    return PartScore(part.code, part.name, part.maximum, score, points, cut, part.weight)


def _trim_part(part: Part, measured: list[Line], others: list[Line]) -> Decimal:
    """A measure is brought within the part first; then the lines go as far as floor and maximum let them."""
    cut = trim(measured, part.floor, part.maximum, "part")
    start = sum((line.points for line in measured), ZERO) if measured else part.maximum or ZERO
    high = None if part.maximum is None else part.maximum - start
    return cut + trim(others, part.floor - start, high, "part")


def _raw(scheme: Scheme, parts: Sequence[PartScore], on_top: Decimal) -> Decimal | None:
    """The weighted mix where parts have weights, else the base with what every part moved."""
    needed = [part for part in parts if part.weight is None or part.weight > 0]
    if any(part.missing for part in needed):
        return None
    if any(part.weight is not None for part in parts):
        return on_top + sum((part.weight * part.score for part in needed if part.weight and part.score), ZERO)
    return scheme.base + on_top + sum((part.points for part in parts), ZERO)


def _told(
    scheme: Scheme, facts: Sequence[Fact], found: Matched, parts: tuple[PartScore, ...], lines: list[Line]
) -> Assessment:
    counts = level_counts(facts)
    verdict = verdict_on(scheme.rating, counts) if scheme.rating else None
    if scheme.rating and any(counts.values()):
        lines = [*lines, verdict_line(scheme.rating, counts, verdict)]
    adjustment = verdict.points if verdict else ZERO
    bonus, malus = (_sum_of(lines, part) for part in (BONUS, MALUS))
    raw = _raw(scheme, parts, bonus + malus + adjustment)
    score = None if raw is None else rounded(within(raw, scheme.floor, scheme.ceiling), scheme.round_to)
    return Assessment(
        scheme.id, scheme.version, score, raw, parts, tuple(lines), bonus, malus, adjustment,
        verdict.code if verdict else None, grade_of(scheme, score), passes(scheme, score),
        barred(scheme, facts, found), rated(facts),
    )  # fmt: skip


def _sum_of(lines: Sequence[Line], part: str) -> Decimal:
    return sum((line.points for line in lines if line.part == part), ZERO)


def grade_of(scheme: Scheme, score: Decimal | None) -> str | None:
    """The best grade that the score reaches."""
    ordered = sorted(scheme.grades, key=lambda grade: -grade.at_least)
    return next((each.code for each in ordered if score is not None and score >= each.at_least), None)


def passes(scheme: Scheme, score: Decimal | None) -> bool | None:
    """None where the scheme knows no pass line, or there is no score."""
    return None if score is None or scheme.passing is None else score >= scheme.passing
