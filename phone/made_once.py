"""A number's page made once for all that differ in nothing but their own words: a crowd opens many at once.

The page is drawn with marks where a ticket's own words go; the words take the marks' place. What a page
depends on beside them must stand in `Alike`, or one holder would read what is another's.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from markupsafe import Markup, escape

Dumped = Callable[[Any], str]

MOST_KEPT = 64
"""Pages of some 17 kB each; a hall has a few for each language and day."""


@dataclass(frozen=True)
class Alike:
    """All that two tickets' pages must have in common."""

    language: str
    is_finished: bool
    last_day: str
    kept: str
    asked: bool
    brings: bool


@dataclass(frozen=True)
class Own:
    """What a page says of its ticket alone; `data` is for its script."""

    number: str
    digits: str
    token: str
    service_id: str
    service: str
    bring: tuple[str, ...]
    data: Mapping[str, Any]

    def words(self, dumped: Dumped) -> dict[str, str]:
        """As they stand in the page; `dumped` gives JSON that is safe in HTML."""
        texts = ("number", "digits", "token", "service_id", "service")
        bring = Markup("</li><li>").join(self.bring)
        data = dumped(self.data).removeprefix("{").removesuffix("}")
        return {name: escape(getattr(self, name)) for name in texts} | {"bring": bring, "data": data}


MARKS: Mapping[str, str] = {each.name: f"{each.name}-{secrets.token_hex(8)}" for each in fields(Own)}
"""Made anew by each process: nothing that somebody types is ever taken for one."""

BLANK = Own(**MARKS | {"bring": (MARKS["bring"],), "data": {MARKS["data"]: 0}})  # type: ignore[arg-type]
PLACES = {name: f'"{mark}": 0' if name == "data" else mark for name, mark in MARKS.items()}
MARK = re.compile("|".join(PLACES.values()))


@dataclass(frozen=True)
class Parts:
    """A page cut at its marks: the texts between them, and whose word comes after each."""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def with_words(self, words: Mapping[str, str]) -> str:
        said = [*(words[name] for name in self.names), ""]
        return "".join(part for pair in zip(self.texts, said, strict=True) for part in pair)


def parts_of(page: str) -> Parts:
    names = {place: name for name, place in PLACES.items()}
    return Parts(tuple(MARK.split(page)), tuple(names[place] for place in MARK.findall(page)))


class MadeOnce:
    """The pages that were asked for last."""

    def __init__(self, dumped: Dumped) -> None:
        self._dumped = dumped
        self._kept: OrderedDict[Alike, Parts] = OrderedDict()

    def page(self, alike: Alike, own: Own, draw: Callable[[Alike, Own], str]) -> str:
        """`draw` makes a whole page."""
        parts = self._kept.pop(alike, None) or parts_of(draw(alike, blank_of(alike)))
        self._kept[alike] = parts
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return parts.with_words(own.words(self._dumped))


def blank_of(alike: Alike) -> Own:
    return replace(BLANK, bring=BLANK.bring if alike.brings else ())
