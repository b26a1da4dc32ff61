"""An assessment as it is told: the score, its parts, and every line that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from queueing.house import Text
from queueing.records import Json
from queueing.views import spoken
from scoring.scheme_rules import Stretch

ZERO = Decimal(0)


def number(value: Decimal | None) -> int | float | None:
    """A figure as JSON has it; none where there is none."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass
class Line:
    """What one item gave or took: `asked` before anything was cut, `points` in the end."""

    code: str
    part: str
    name: Text
    times: Decimal = ZERO
    points_each: Decimal | None = None
    asked: Decimal = ZERO
    points: Decimal = ZERO
    facts: tuple[str, ...] = ()
    notes: list[Text] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    group: str = ""

    def cut(self, away: Decimal, why: str) -> None:
        """Takes some of the points away again; `why` names the cap."""
        self.points -= away
        self.cuts.append(why)

    def plain(self) -> Json:
        figures = {"times": self.times, "points_each": self.points_each, "asked": self.asked}
        figures |= {"points": self.points, "cut": abs(self.asked - self.points)}
        told = {key: number(value) for key, value in figures.items()}
        return {
            "code": self.code,
            "name": spoken(self.name),
            "part": self.part,
            **told,
            "cut_by": list(self.cuts),
            "facts": list(self.facts),
            "note": joined(self.notes),
        }


def joined(notes: Sequence[Text]) -> Json | None:
    """The notes as one text; nothing when there are none."""
    if not notes:
        return None
    told = [spoken(note) for note in notes]
    return {language: between.join(each[language] for each in told) for language, between in BETWEEN.items()}


BETWEEN = {"zh_Hans": "", "zh_Hant": "", "en": " "}


@dataclass(frozen=True)
class PartScore:
    """A part's score; none while a figure that it needs is missing, or where the part has no maximum."""

    code: str
    name: Text
    maximum: Decimal | None
    score: Decimal | None
    points: Decimal
    cut: Decimal
    weight: Decimal | None = None
    missing: bool = False

    def plain(self) -> Json:
        return {
            "code": self.code,
            "name": spoken(self.name),
            "maximum": number(self.maximum),
            "score": number(self.score),
            "deducted": number(max(ZERO, -self.points)),
            "cut": number(self.cut),
            "weight": number(self.weight),
            "missing": self.missing,
        }


@dataclass(frozen=True)
class Barred:
    """A bar that holds, for which months, quarters or years, and the facts that raised it."""

    code: str
    name: Text
    bars: Stretch
    periods: tuple[str, ...]
    facts: tuple[str, ...]

    def plain(self) -> Json:
        told: Json = {"code": self.code, "name": spoken(self.name), "bars": self.bars}
        return told | {"periods": list(self.periods), "facts": list(self.facts)}


@dataclass(frozen=True)
class Rated:
    """How many ratings came, and how many of them weren't negative."""

    n: Decimal = ZERO
    positive: Decimal = ZERO

    @property
    def share(self) -> Decimal | None:
        return self.positive / self.n if self.n else None


@dataclass(frozen=True)
class Assessment:
    """The score of one window or clerk for one period under one version of one scheme.

    `raw` is the score before floor and ceiling; `adjustment` is what the verdict on the ratings moved.
    Without a figure that the scheme needs there is no score, and `parts` say which is missing.
    """

    scheme: str
    version: int
    score: Decimal | None
    raw: Decimal | None
    parts: tuple[PartScore, ...]
    lines: tuple[Line, ...]
    bonus: Decimal = ZERO
    malus: Decimal = ZERO
    adjustment: Decimal = ZERO
    verdict: str | None = None
    grade: str | None = None
    passes: bool | None = None
    barred: tuple[Barred, ...] = ()
    rated: Rated = Rated()
    taken: Decimal | None = None
    """What was taken off, where the lines don't say it: those of a year are months."""

    @property
    def deducted(self) -> Decimal:
        """All that was taken off, after every cap."""
        if self.taken is not None:
            return self.taken
        return -sum((line.points for line in self.lines if line.points < 0), ZERO)

    def plain(self) -> Json:
        """As JSON, with numbers as numbers."""
        return {
            "score": number(self.score),
            "parts": [part.plain() for part in self.parts],
            "lines": [line.plain() for line in self.lines],
            "bonus": number(self.bonus),
            "malus": number(self.malus),
            "adjustment": number(self.adjustment),
            "verdict": self.verdict,
            "raw": number(self.raw),
            "deducted": number(self.deducted),
            "grade": self.grade,
            "passes": self.passes,
            "barred": [each.plain() for each in self.barred],
            "ratings": {"n": number(self.rated.n), "positive": number(self.rated.share)},
            "scheme": {"id": self.scheme, "version": self.version},
        }
