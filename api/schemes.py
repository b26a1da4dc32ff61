"""The scheme that a day is assessed by, as the pages show it: parts, items, points, limits, grades."""

from __future__ import annotations

from pydantic import Field

from api.assessed_shapes import By, Number
from api.blueprint import blueprint
from api.shapes import Words
from queueing.records import Json
from queueing.views import spoken
from scoring.assessment import number
from scoring.scheme import Item, Part, Scheme
from web.context import the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.schemes import schemes_here


class OneDay(Body):
    """A business day such as 2026-10-12; today unless named."""

    day: str | None = Field(default=None, pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")


class SchemePart(Answer):
    """A part of the score and its limits."""

    code: str
    name: Words
    maximum: Number
    weight: Number


class SchemeGroup(Answer):
    """Items that together give or take at most so much."""

    code: str
    name: Words
    at_most: float


class SchemeItem(Answer):
    """One figure of the rules; `up_to`: whoever enters it chooses points from `points` to there."""

    code: str
    part: str
    text: Words
    points: float
    up_to: Number
    how: str
    per: str
    cap: Number
    group: str
    counts: list[str] = Field(description="Kinds of facts that count here beside those entered by the code")


class SchemeGrade(Answer):
    """A grade and the score from which it is given."""

    code: str
    name: Words
    at_least: float


class Winning(Answer):
    """How many are named; 0: none."""

    month: int
    quarter: int
    year: int


class SchemeView(Answer):
    """One version of a scheme; `ties`: what decides among equal scores, one after the other."""

    id: str
    version: int
    name: Words
    base: float
    floor: Number
    ceiling: Number
    passing: Number
    parts: list[SchemePart]
    groups: list[SchemeGroup]
    items: list[SchemeItem]
    grades: list[SchemeGrade]
    ties: list[str]
    winners: Winning


@endpoint(blueprint, "GET", "/schemes/<any(window, clerk):by>", gives=SchemeView, query=OneDay,
          refuses=("no_scheme_in_force",))  # fmt: skip
def scheme_of(by: By, query: OneDay) -> Answered:
    """The scheme by which windows or clerks are assessed on a day."""
    day = query.day or the_hall().day(the_hall().now())
    return scheme_view(schemes_here().in_force(by, day))


def scheme_view(scheme: Scheme) -> Json:
    own = {name: number(getattr(scheme, name)) for name in ("base", "floor", "ceiling", "passing")}
    named = {"id": scheme.id, "version": scheme.version, "name": spoken(scheme.name)}
    return (
        named
        | own
        | {
            "parts": [part_view(part) for part in scheme.parts],
            "groups": [
                {"code": each.code, "name": spoken(each.name), "at_most": number(each.at_most)}
                for each in scheme.groups
            ],
            "items": [item_view(item) for item in scheme.items],
            "grades": [
                {"code": each.code, "name": spoken(each.name), "at_least": number(each.at_least)}
                for each in scheme.grades
            ],
            "ties": list(scheme.ranking.ties),
            "winners": {name: getattr(scheme.winners, name) for name in ("month", "quarter", "year")},
        }
    )


def part_view(part: Part) -> Json:
    limits = {"maximum": number(part.maximum), "weight": number(part.weight)}
    return {"code": part.code, "name": spoken(part.name)} | limits


def item_view(item: Item) -> Json:
    told = {name: getattr(item, name) for name in ("code", "part", "how", "per", "group")}
    figures = {name: number(getattr(item, name)) for name in ("points", "up_to", "cap")}
    return told | figures | {"text": spoken(item.text), "counts": list(item.counts)}
