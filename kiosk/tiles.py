"""The picture of a department: the one character of its name that tells it from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

TINTS = 6
COMMONNESS = 0.6
"""How many places further back each name with the same character weighs."""

MANY = 4
"""A character in so many names, and in half of all, tells nothing: 局, or the town's own name."""


def telling_characters(names: Sequence[str]) -> list[str]:
    """One Han character for each name: early in it, rare in the others, given once if that can be.

    Short names choose first, because they have the least to choose from.
    """
    counts = Counter(sign for name in names for sign in set(_han(name)))
    for sign in [sign for sign, count in counts.items() if count >= max(MANY, len(names) / 2)]:
        counts[sign] += len(names)
    chosen: dict[str, str] = {}
    for name in sorted(names, key=len):
        chosen[name] = _tell(name, counts, set(chosen.values()))
    return [chosen[name] for name in names]


def _tell(name: str, counts: Counter[str], taken: set[str]) -> str:
    signs = list(_han(name)) or [name.strip()[:1].upper() or "·"]
    free = [sign for sign in signs if sign not in taken] or signs
    return min(free, key=lambda sign: signs.index(sign) + COMMONNESS * counts[sign])


def _han(name: str) -> Iterable[str]:
    return (sign for sign in name if "\u4e00" <= sign <= "\u9fff")
