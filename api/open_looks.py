"""What anybody may look up without a ticket's link: a number, a case, who sits where."""

from __future__ import annotations

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import TicketState, Words
from queueing.house import StaffMember, Text, Window
from queueing.records import Json
from web.cases import CaseState
from web.lookups import at_windows_today, case_of, departments_at, place_of_photo, progress_of
from web.routes import Answer, Answered, endpoint
from web.words import spoken


class ProgressAnswer(Answer):
    """How far a number of today is: what the board shows, and how many are before it."""

    number: str
    service: str
    state: TicketState
    window: str | None
    ahead: int | None


class CaseProgress(Answer):
    """How far a case is, as the hall's case system says."""

    state: CaseState
    since: str | None = Field(description="The day on which that began")
    due: str | None = Field(description="The day by which it is promised")
    place: Words | None


class PersonAtWindow(Answer):
    """The person who sits there now, with what the hall's file says for everybody to see."""

    name: Words
    post: Words
    number: str
    badges: list[Words]
    promise: Words | None
    photo: str | None = Field(description="The path of the photograph")


class WindowToday(Answer):
    """One window and its person."""

    window: str
    name: Words
    departments: list[str]
    state: str
    person: PersonAtWindow | None


class PeopleAnswer(Answer):
    """All windows, in the hall's order."""

    windows: list[WindowToday]


@endpoint(blueprint, "GET", "/progress/<number>", gives=ProgressAnswer, refuses=("unknown_number",))
def progress(number: str) -> Answered:
    """How far a number of today is."""
    return progress_of(number)


@endpoint(
    blueprint, "GET", "/cases/<case>", gives=CaseProgress,
    refuses=("cases_not_asked", "unknown_case", "cases_silent"),
)  # fmt: skip
def case(case: str) -> Answered:
    """How far a case is, asked of the hall's case system."""
    told = case_of(case)
    place = spoken(Text(told.place.zh, told.place.en)) if told.place else None
    return told.model_dump(mode="json") | {"place": place}


@endpoint(blueprint, "GET", "/people", gives=PeopleAnswer)
def people() -> Answered:
    """Who sits at which window now."""
    return {"windows": [_window(*each) for each in at_windows_today()]}


def _window(window: Window, person: StaffMember | None, state: str) -> Json:
    return {
        "window": window.id,
        "name": spoken(window.name),
        "departments": departments_at(window),
        "state": state,
        "person": _person(person) if person else None,
    }


def _person(person: StaffMember) -> Json:
    return {
        "name": spoken(person.name),
        "post": spoken(person.post),
        "number": person.number,
        "badges": [spoken(badge) for badge in person.badges],
        "promise": spoken(person.promise) if person.promise else None,
        "photo": place_of_photo(person),
    }
