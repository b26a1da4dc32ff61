"""A number's page made once for all that differ in nothing but their own words: a crowd opens many at once.

The page is drawn with marks where a ticket's own words go; the words take the marks' place. What a page
depends on beside them must stand in `Alike`, or one holder would read what is another's.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST_KEPT = 512
"""Pages of some 17 kB each."""

OWN = ("number", "digits", "token")
MARKS: Mapping[str, str] = {name: f"{name}-{secrets.token_hex(8)}" for name in OWN}
"""Made anew by each process: nothing that somebody types is ever taken for one."""

MARK = re.compile("|".join(MARKS.values()))


@dataclass(frozen=True)
class Alike:
    """All that two tickets' pages must have in common."""

    language: str
    service: str
    window: str | None
    ticket_class: str
    is_finished: bool
    last_day: str
    kept: str


@dataclass(frozen=True)
class Parts:
    """A page cut at its marks: the texts between them, and whose word comes after each."""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def with_words(self, words: Mapping[str, str]) -> str:
        """`words` by the names in `OWN`, already as HTML."""
        said = [*(words[name] for name in self.names), ""]
        return "".join(part for pair in zip(self.texts, said, strict=True) for part in pair)


def parts_of(page: str) -> Parts:
    names = {mark: name for name, mark in MARKS.items()}
    return Parts(tuple(MARK.split(page)), tuple(names[mark] for mark in MARK.findall(page)))


class MadeOnce:
    """The pages that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Alike, Parts] = OrderedDict()

    def page(self, alike: Alike, words: Mapping[str, str], draw: Callable[[], str]) -> str:
        """`draw` gives the page with the marks in place of its own words."""
        parts = self._kept.pop(alike, None) or parts_of(draw())
        self._kept[alike] = parts
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return parts.with_words(words)
