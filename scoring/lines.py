"""The line of an item: how often it happened, what that asks for, what the item's own cap leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from queueing.house import Text
from scoring import notes
from scoring.assessment import Line
from scoring.caps import trim
from scoring.facts import Fact
from scoring.matching import ITEM, points_below, units
from scoring.scheme import HUNDRED, ZERO, Item
from scoring.scheme_rules import Conversion

ONE = Decimal(1)


@dataclass
class Tally:
    """How often an item's points are asked for, each time with its points."""

    item: Item
    pairs: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    @property
    def times(self) -> Decimal:
        return sum((times for times, _ in self.pairs), ZERO)

    def add(self, times: Decimal, points: Decimal, *said: Text) -> None:
        self.pairs.append((times, points))
        self.notes += [note for note in said if note not in self.notes]


def tally(item: Item, found: Sequence[Fact], whole: Decimal) -> Tally:
    """`whole` is how many there were in all, for a rate that the hall works out itself."""
    made = Tally(item, facts=[fact.id for fact in found])
    singly = [fact for fact in found if fact.kind == ITEM or not (item.of or item.over is not None)]
    for fact in singly:
        add_fact(made, fact)
    together = sum((units(item, fact) for fact in found if fact not in singly), ZERO)
    if item.of and whole and not singly:
        share = HUNDRED - HUNDRED * together / whole
        below = points_below(item, share)
        made.add(below, item.points, notes.rate(below, share))
    if item.over is not None and together:
        made.add(ONE if together > item.over else ZERO, item.points, notes.summed(together, item.over))
    return made


def add_fact(made: Tally, fact: Fact) -> None:
    points, note = points_of(made.item, fact)
    made.add(units(made.item, fact), points, *note)


def points_of(item: Item, fact: Fact) -> tuple[Decimal, list[Text]]:
    """The item's points, or those that the entry gives within the item's range, whatever sign they carry."""
    if item.up_to is None:
        return item.points, [notes.FIXED] if fact.points not in (None, item.points) else []
    if fact.points is None:
        return item.points, [notes.MILDEST]
    low, high = sorted((abs(item.points), abs(item.up_to)))
    size = min(high, max(low, abs(fact.points)))
    return size.copy_sign(item.up_to or item.points), [notes.LIMITED] if size != abs(fact.points) else []


def convert(tallies: dict[str, Tally], rule: Conversion, item: Item) -> None:
    """Every ten times late are half a day's absence, beside what they cost themselves."""
    from_them = [tallies[code] for code in rule.items if code in tallies]
    times = sum((each.times for each in from_them), ZERO)
    more = times // rule.every * rule.times
    if more:
        made = tallies.setdefault(item.code, Tally(item))
        made.add(more, item.points, notes.converted(times, more, rule.items))
        made.facts += [fact for each in from_them for fact in each.facts]


def line_of(made: Tally) -> Line:
    item, times = made.item, made.times
    line = Line(item.code, item.part, item.text, group=item.group, facts=tuple(made.facts))
    line.asked = sum((each * points for each, points in made.pairs), ZERO)
    if item.how == "once":
        line.asked, times = once(made), min(ONE, times)
    line.times, line.points, line.notes = times, line.asked, list(made.notes)
    different = {points for _, points in made.pairs}
    line.points_each = different.pop() if len(different) == 1 else None
    if not item.points and not item.up_to:
        line.notes.append(notes.BLANK)
    if item.cap is not None:
        trim([line], -item.cap, item.cap, "item")
    return line


def once(made: Tally) -> Decimal:
    """The harshest of what was entered, once; half of a time is half."""
    if made.times > 1:
        made.notes.append(notes.ONCE)
    asked = [points for times, points in made.pairs if times]
    return max(asked, key=abs, default=ZERO) * min(ONE, made.times)
