"""What anybody may look up: how far a number or a case is, and who sits where today."""

from __future__ import annotations

from queueing import looks
from queueing.house import House, StaffMember, Window
from queueing.progress import progress
from queueing.records import Json
from web.cases import CaseAnswer, asked
from web.context import here, the_hall
from web.rates import few_lookups


def progress_of(number: str) -> Json:
    """Counted more narrowly than other looks: a number is a guess away from the next."""
    few_lookups("number", here().house.doors.lookups)
    hall = the_hall()
    return here().store.look(lambda desk: progress(hall, desk, hall.now(), number))


def case_of(case: str) -> CaseAnswer:
    """What the hall's case system says."""
    few_lookups("case", here().house.cases.per_minute)
    return asked(here(), case)


def at_windows_today() -> list[tuple[Window, StaffMember | None, str]]:
    """Every window with the person who sits there now, if anybody, and its state."""
    hall = the_hall()
    views = here().store.look(lambda desk: looks.window_views(hall, desk))
    return [
        (window, _person(here().house, view["clerk"]), str(view["state"]))
        for window, view in zip(hall.house.windows, views, strict=True)
    ]


def _person(house: House, clerk: Json | None) -> StaffMember | None:
    """As the hall's file has the person; of one who isn't in it any more nothing is shown."""
    return next((each for each in house.staff if clerk and each.id == clerk["id"]), None)


def place_of_photo(person: StaffMember) -> str | None:
    return f"/papers/{person.photo}" if person.photo else None


def departments_at(window: Window) -> list[str]:
    """The departments whose work is done there."""
    of_service = {service.id: service.department for service in here().house.services}
    return list(dict.fromkeys((*window.departments, *(of_service[each] for each in window.serves))))
