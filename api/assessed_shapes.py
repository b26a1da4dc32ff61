"""What the API says of assessments: the models behind the document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.fact_shapes import KeptFact
from api.shapes import Instant, Words
from web.routes import Answer

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
QUARTER_OR_YEAR = r"^20[0-9]{2}(-Q[1-4])?$"
MONTH_QUARTER_OR_YEAR = r"^20[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2]))?$"
By = Literal["window", "clerk"]
Number = float | None


class ReleaseView(Answer):
    """A revision of a released month; `early`: it was released before the month was over."""

    period: str
    revision: int
    at: Instant
    actor: str
    early: bool
    hash: str = Field(description="SHA-256 over all its rows and the revision before; the log holds it, too")


class SchemeRef(Answer):
    """Which version of which scheme."""

    id: str
    version: int


class PartView(Answer):
    """A part of the score; `missing`: a figure that it needs isn't there yet."""

    code: str
    name: Words
    maximum: Number
    score: Number
    deducted: Number
    cut: Number
    weight: Number
    missing: bool


class LineFigures(Answer):
    """What one item gave or took: `asked` before a cap cut it, `points` in the end."""

    code: str
    name: Words
    part: str
    times: Number
    points_each: Number
    asked: Number
    points: Number
    cut: Number
    cut_by: list[str]
    note: Words | None


class LineView(LineFigures):
    """With the ids of the facts that counted."""

    facts: list[str]


class BarView(Answer):
    """What keeps from the awards of a month, quarter or year."""

    code: str
    name: Words
    bars: Literal["month", "quarter", "year"]
    periods: list[str]
    facts: list[str]


class RatedView(Answer):
    """How many ratings came, and the share that wasn't negative."""

    n: Number
    positive: Number


class AssessmentFigures(Answer):
    """What the facts of one window or clerk come to under the scheme."""

    score: Number
    parts: list[PartView]
    bonus: Number
    malus: Number
    adjustment: Number
    verdict: str | None
    raw: Number
    deducted: Number
    grade: str | None
    passes: bool | None
    scheme: SchemeRef


class AssessmentView(AssessmentFigures):
    """With every line that made it."""

    lines: list[LineView]
    barred: list[BarView]
    ratings: RatedView


class AssessedRow(Answer):
    """One window's or clerk's month as it stands, beside the score that was released."""

    subject: str
    name: Words
    score: Number
    grade: str | None
    passes: bool | None
    bonus: Number
    malus: Number
    ratings: RatedView
    scheme: SchemeRef
    parts: list[PartView]
    deducted: Number
    place: int | None = Field(description="By what was released, else as it stands; equals share it")
    barred: list[str] = Field(description="The codes of the bars that hold")
    released: Number


class AssessedTable(Answer):
    """Every window or clerk for a month; `empty`: not one fact stands behind any of them."""

    period: str
    by: By
    release: ReleaseView | None
    empty: bool
    rows: list[AssessedRow]


class AssessedOne(Answer):
    """One with every line and fact; `revision` null: as it stands now."""

    period: str
    by: By
    subject: str
    name: Words
    revision: int | None
    hash: str
    scheme_hash: str
    release: ReleaseView | None
    assessment: AssessmentView
    facts: list[KeptFact]


class OwnFact(Answer):
    """A fact that concerns the clerk who asks; who entered it isn't said."""

    fact: str
    day: str
    kind: str
    item: str
    times: Number
    value: Number
    points: Number
    note: str
    window: str | None
    evidence: list[str]
    appeal: Literal["open", "upheld", "rejected"] | None = Field(description="The own appeal against it")
    appeal_until: Instant | None = Field(description="null: no release counts it yet, so there is no end yet")


class OwnLine(LineFigures):
    """`others`: facts that counted, too, and that are others' or single ratings."""

    facts: list[OwnFact]
    others: int


class OwnBar(Answer):
    """A bar with what may be shown of its facts."""

    code: str
    name: Words
    bars: Literal["month", "quarter", "year"]
    periods: list[str]
    facts: list[OwnFact]
    others: int


class OwnAssessment(AssessmentFigures):
    """The own assessment, or that of a window where the clerk sat; ratings are never shown one by one."""

    by: By
    subject: str
    name: Words
    lines: list[OwnLine]
    barred: list[OwnBar]
    ratings: None


class OwnMonth(Answer):
    """`release` null: not released yet, so the own ratings count in whole batches, a window's not at all."""

    period: str
    release: ReleaseView | None
    appeal_days: float
    assessments: list[OwnAssessment]
