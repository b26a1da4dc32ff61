"""Which facts count for which item, and how much each of them is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal

from scoring.facts import Fact
from scoring.scheme import Item, Scheme

ITEM = "item"
SECOND = "second_rating"
IN_DAYS = frozenset({"absent", "private_leave", "sick_leave"})
"""Kinds whose value is a number of days."""
HALF_DAYS = Decimal(2)

Matched = dict[str, list[Fact]]
"""The facts of every item, by its code."""


class Matcher:
    """The items that a fact counts for; one entered by a code counts for that item alone."""

    def __init__(self, scheme: Scheme) -> None:
        self._id = scheme.id
        self._codes = {item.code for item in scheme.items}
        self._measured: defaultdict[str, list[Item]] = defaultdict(list)
        self._ordinary: defaultdict[str, list[Item]] = defaultdict(list)
        for item in scheme.items:
            for counted in item.counts:
                (self._measured if item.measures else self._ordinary)[counted].append(item)

    def codes(self, fact: Fact) -> list[str]:
        if fact.kind == ITEM:
            meant = fact.item in self._codes and fact.scheme in ("", self._id)
            return [fact.item] if meant else []
        return [item.code for item in self._items(fact) if heavy_enough(item, fact)]

    def _items(self, fact: Fact) -> list[Item]:
        """`rated:dissatisfied` goes before `rated`, except that a measure sees every rating."""
        narrow, wide = f"{fact.kind}:{fact.item}", fact.kind
        ordinary = self._ordinary.get(narrow) or self._ordinary.get(wide, [])
        return ordinary + self._measured.get(narrow, []) + self._measured.get(wide, [])


def heavy_enough(item: Item, fact: Fact) -> bool:
    """Late by ten minutes counts only where more than ten do; what wasn't measured counts."""
    return item.more_than is None or fact.value is None or fact.value > item.more_than


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """What wasn't withdrawn, each once, in an order that doesn't depend on how it came."""
    each = {fact.id: fact for fact in facts if fact.withdrawn is None}
    return sorted(each.values(), key=lambda fact: (fact.day, fact.id))


def as_rated(scheme: Scheme, facts: Sequence[Fact]) -> list[Fact]:
    """One rating for each visit: the first, unless the scheme lets a second one stand in its place."""
    second = {fact.id for fact in facts if fact.origin == SECOND}
    if scheme.second_rating == "beside":
        return [fact for fact in facts if fact.id not in second]
    return [fact for fact in facts if second_id(fact.id) not in second]


def second_id(first: str) -> str:
    """The id of a second rating is that of the first with a word behind it."""
    return f"{first}:again"


def matched(scheme: Scheme, facts: Sequence[Fact]) -> Matched:
    matcher, found = Matcher(scheme), defaultdict(list)
    for fact in facts:
        for code in matcher.codes(fact):
            found[code].append(fact)
    return found


def names_it(counted: Iterable[str], fact: Fact) -> bool:
    """Whether `late` or `rated:dissatisfied` in a list of kinds means this fact."""
    return fact.kind in counted or f"{fact.kind}:{fact.item}" in counted


def amount(fact: Fact) -> Decimal:
    """How many times it happened, or how many days it was."""
    in_days = fact.kind in IN_DAYS and fact.value is not None
    return fact.value * fact.times if in_days and fact.value is not None else fact.times


def units(item: Item, fact: Fact) -> Decimal:
    """How often the item's points are asked for by one fact."""
    if item.per == "percentage_point" and fact.value is not None:
        return points_below(item, fact.value)
    if item.per not in ("day", "half_day") or fact.value is None:
        return fact.times
    if fact.kind != ITEM and fact.kind not in IN_DAYS:
        return fact.times
    days = fact.value if item.over is not None else whole_halves(fact.value)
    return days * fact.times * (HALF_DAYS if item.per == "half_day" else 1)


def whole_halves(days: Decimal) -> Decimal:
    """Of a day, only whole halves count: an hour is no half day, and three quarters are one."""
    return (days * HALF_DAYS).to_integral_value(ROUND_FLOOR) / HALF_DAYS


def points_below(item: Item, rate: Decimal) -> Decimal:
    """Whole percentage points that a rate lies under the item's target."""
    return max(Decimal(0), item.target - rate).to_integral_value(ROUND_FLOOR)
