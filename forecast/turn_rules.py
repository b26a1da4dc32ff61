"""Turn rules in words: `fcfs`, `strict`, `rate 3, head start 10`, `priority rate=3`, `ratio=1:3`, as listed.

What the general form (`queueing.turns`) can say is figures for each class. Two rules that it can't say are
known for comparison alone: a fixed ratio and a hard limit on the wait, as other halls have them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forecast.situations import TurnFigures

FIRST = "walk_in"
ALWAYS = 100_000.0
"""Minutes of head start that nobody makes up for in a day."""

SAYABLE = """A rule may be said as:
  fcfs                                  first come, first served
  strict                                whoever isn't a walk-in always goes first
  strict, max=45                        but walk-ins who have waited 45 minutes go before them
  ratio=1:3                             at each window one with priority, then three walk-ins
  head start 20                         all but walk-ins are credited 20 minutes at the door
  rate 3                                their minutes of waiting count three times
  rate 3, head start 10                 both
  priority rate=3 head_start=10; appointment rate=2      figures class by class
  default                               the figures of the hall's file (--config), else of our own halls"""

WORDS = {"rate": "rate", "head start": "head_start", "head_start": "head_start", "head-start": "head_start"}
FIGURE = re.compile(r"(head[ _-]start|rate)\s*[=: ]\s*(-?\d+(?:\.\d+)?)(?!\S)")
CLASSES = {
    "walk-in": FIRST,
    "walkin": FIRST,
    "walk_in": FIRST,
    "walk-ins": FIRST,
    "appointments": "appointment",
}


class RuleError(ValueError):
    """The words aren't understood; the message lists what may be said."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(f"The rule {words!r} isn't understood: {why}.\n{SAYABLE}")


@dataclass(frozen=True)
class TurnRule:
    """Figures by class; `ratio` (others : walk-ins) and `most` (minutes) are outside the general form."""

    words: str
    figures: Mapping[str, TurnFigures] = field(default_factory=dict)
    ratio: tuple[int, int] | None = None
    most: float | None = None

    @property
    def general(self) -> bool:
        return self.ratio is None and self.most is None

    def of(self, ticket_class: str) -> TurnFigures:
        return self.figures.get(ticket_class, TurnFigures())


FCFS = TurnRule("fcfs")
SHIPPED = {FIRST: TurnFigures(), "priority": TurnFigures(5.0, 3.0), "appointment": TurnFigures(5.0, 3.0)}
"""The figures in the files of the halls; docs/turns.md says why these."""


def rule_of(words: str, classes: Sequence[str], default: Mapping[str, TurnFigures]) -> TurnRule:
    """The rule that somebody means, for these classes; RuleError lists what may be said."""
    said = " ".join(words.lower().split())
    if said in ("fcfs", "first come first served", "first come, first served"):
        return TurnRule(words)
    if said in ("default", "config"):
        return TurnRule(words, dict(default))
    for special in (strict, ratio):
        found = special(words, said, classes)
        if found is not None:
            return found
    return TurnRule(words, figures_said(words, said, classes))


def strict(words: str, said: str, classes: Sequence[str]) -> TurnRule | None:
    match = re.fullmatch(r"strict(?: priority)?(?:[ ,]+max(?:imum)?\s*[= ]\s*(\d+(?:\.\d+)?))?", said)
    if match is None:
        return None
    figures = {name: TurnFigures(ALWAYS, 1.0) for name in others(classes)}
    return TurnRule(words, figures, most=float(match[1]) if match[1] else None)


def ratio(words: str, said: str, classes: Sequence[str]) -> TurnRule | None:
    match = re.fullmatch(r"ratio\s*[= ]\s*(\d+)\s*:\s*(\d+)", said)
    if match is None:
        return None
    one, other = int(match[1]), int(match[2])
    if not one or not other:
        raise RuleError(words, "both sides of a ratio are at least 1")
    return TurnRule(words, ratio=(one, other))


def others(classes: Sequence[str]) -> list[str]:
    """All but walk-ins."""
    return [name for name in classes if name != FIRST]


def figures_said(words: str, said: str, classes: Sequence[str]) -> dict[str, TurnFigures]:
    """Part by part; a part that names a class speaks of it alone, and so do those after it until the next."""
    figures: dict[str, TurnFigures] = {}
    meant = others(classes)
    for part in re.split(r"[,;]", said):
        named, rest = class_in(part.strip(), classes)
        meant = [named] if named else meant
        found = FIGURE.findall(rest)
        left = FIGURE.sub("", rest).strip()
        if left or not found:
            raise RuleError(
                words, f"{left or part.strip() or 'nothing'!r} is no figure and no class of the log"
            )
        for name in meant:
            figures[name] = with_figures(words, figures.get(name, TurnFigures()), found)
    return figures


def class_in(part: str, classes: Sequence[str]) -> tuple[str, str]:
    """The class that a part begins with, if any, and the rest."""
    first, _, rest = part.partition(" ")
    name = CLASSES.get(first.rstrip(":"), first.rstrip(":"))
    return (name, rest) if name in classes else ("", part)


def with_figures(words: str, old: TurnFigures, found: Sequence[tuple[str, str]]) -> TurnFigures:
    given = {WORDS[name]: float(value) for name, value in found}
    if given.get("rate", 1.0) < 0:
        raise RuleError(words, "a rate is 0 or more")
    return TurnFigures(given.get("head_start", old.head_start), given.get("rate", old.rate))
