"""Lists of facts and of attendance: looked at before they are taken, then taken whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from pydantic import Field

from api.blueprint import blueprint
from api.fact_shapes import FactFields
from api.facts import Place, book
from queueing.records import Json
from scoring.attendance import attendance_lines, is_attendance
from scoring.entering import must_be_here
from scoring.importing import Importer, Line, Prepared, Usual, lines_of
from scoring.lists import MOST_LINES
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint
from web.sentences import sentence

REFUSED = ("not_a_list", "empty_list", "unknown_window", "unknown_staff")
LARGEST_LIST = 2 * 1024**2
ABOUT = f"UTF-8 or GBK, as Excel writes it; {MOST_LINES} lines and 2 MB at the most"


class ListWanted(Body):
    """What to do with the list, and what lines stand for that name nobody."""

    keep: bool = Field(default=False, description=f"Take it; otherwise only look at it. {ABOUT}")
    window: Place | None = None
    clerk: Place | None = None


class SignInsWanted(Body):
    """What to do with the list."""

    keep: bool = Field(default=False, description=f"Take it; otherwise only look at it. {ABOUT}")


class WrongLine(Answer):
    """What is wrong with a line: a code for programs, a sentence for people."""

    line: int
    code: str
    detail: str


class ListedFact(FactFields):
    """A fact that isn't kept yet."""


class ListAnswer(Answer):
    """What was in the list: new, known from an earlier one, or wrong. All are counted, 200 named."""

    lines: int
    new: int
    known: int
    kept: int
    wrong_lines: int
    wrong: list[WrongLine]
    facts: list[ListedFact]


@endpoint(blueprint, "POST", "/facts/import", query=ListWanted, gives=ListAnswer, refuses=REFUSED)
def import_facts(query: ListWanted) -> Answered:
    """Take a list (CSV: date,item,times,note and more) of facts: every line or none, each line once.

    A list of sign-ins is known by its headings and taken as one.
    """
    usual, hall = Usual(query.window, query.clerk), the_hall()
    must_be_here(hall, query.window, query.clerk)

    def read(content: bytes) -> list[Line]:
        if is_attendance(content):
            return attendance_lines(content, hall)
        return lines_of(content, hall.house, usual)

    return taken(read, query.keep)


@endpoint(
    blueprint, "POST", "/attendance/import", query=SignInsWanted, gives=ListAnswer,
    refuses=("not_a_list", "empty_list"),
)  # fmt: skip
def import_attendance(query: SignInsWanted) -> Answered:
    """Take a list (CSV: date,clerk,in_1,out_1,in_2,out_2 and more) of sign-ins as facts of attendance."""
    hall = the_hall()
    return taken(lambda content: attendance_lines(content, hall), query.keep)


def taken(read: Callable[[bytes], list[Line]], keep: bool) -> Json:
    """Read beside the event loop, kept in one change."""
    request.max_content_length = LARGEST_LIST
    content, by, hall = request.get_data(), the_press(), the_hall()
    importer, today = Importer(hall, book()), hall.day(hall.now())
    prepared: Prepared = here().in_thread(lambda: importer.prepare(read(content), today, by))
    if not keep:
        return told(here().in_thread(lambda: importer.look(prepared)))
    return told(importer.keep(prepared, by=by))


def told(answer: Json) -> Json:
    return answer | {"wrong": [said(each) for each in answer["wrong"]]}


def said(wrong: Json) -> Json:
    """With its sentence in the reader's language."""
    return wrong | {"detail": sentence(wrong["code"], wrong["detail"])}
