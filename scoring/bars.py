"""What keeps from awards: complaints, long leave, criticism in the news; and for which months or years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from scoring.assessment import Barred
from scoring.facts import Fact
from scoring.matching import Matched, amount, names_it
from scoring.scheme import Scheme
from scoring.scheme_rules import Bar, Stretch


def stretch_of(day: str, kind: Stretch) -> str:
    """The month, quarter or year of a day, as periods are named."""
    if kind == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:7] if kind == "month" else day[:4]


def barred(scheme: Scheme, facts: Sequence[Fact], found: Matched) -> tuple[Barred, ...]:
    """Every bar that the given facts raise; those of a month can't tell what the whole year does."""
    each = (_raised(bar, facts, found) for bar in scheme.bars)
    return tuple(one for one in each if one is not None)


def _raised(bar: Bar, facts: Sequence[Fact], found: Matched) -> Barred | None:
    grouped: defaultdict[str, list[Fact]] = defaultdict(list)
    of_items = {fact.id for code in bar.items for fact in found.get(code, ())}
    for fact in facts:
        if fact.id in of_items or names_it(bar.counts, fact):
            grouped[stretch_of(fact.day, bar.bars)].append(fact)
    held = {name: group for name, group in sorted(grouped.items()) if bar.reached(_amount(group))}
    if not held:
        return None
    ids = tuple(fact.id for group in held.values() for fact in group)
    return Barred(bar.code, bar.name, bar.bars, tuple(held), ids)


def _amount(facts: Sequence[Fact]) -> Decimal:
    return sum(map(amount, facts), Decimal(0))
