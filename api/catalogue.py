"""What the hall is and how it stands: nothing here changes anything."""

from __future__ import annotations

from api.blueprint import blueprint
from api.shapes import Line, WindowView, Words
from queueing import looks
from queueing.house import House, Service, TicketClass, Window
from queueing.records import Json
from queueing.views import public_window
from web.access import ROLES
from web.asking import who
from web.context import here, the_hall
from web.routes import Answer, Answered, endpoint
from web.words import spoken


class Named(Answer):
    """Something with an id and a name."""

    id: str
    name: Words


class ClassAnswer(Answer):
    """A ticket class and the grounds that a citizen may choose."""

    id: str
    grounds: list[Words]


class HallAnswer(Answer):
    """The hall, its parts and its clock."""

    id: str
    name: Words
    timezone: str
    languages: list[str]
    complaint_phone: str
    notices: list[Words]
    areas: list[Named]
    departments: list[Named]
    classes: list[ClassAnswer]
    pauses: list[Named]
    now: str
    day: str
    simulated: bool
    speed: float


class ServiceAnswer(Named):
    """A service: what it needs, costs and takes, and how its line stands."""

    department: str
    prefix: str
    case: str
    limit_days: int
    fee: Words
    materials: list[Words]
    common: bool
    windows: list[str]
    line: Line


class ServicesAnswer(Answer):
    """The catalogue, in the hall's order."""

    services: list[ServiceAnswer]


class WindowAnswer(Named):
    """A window, what it serves and how it stands."""

    area: str
    services: list[str]
    view: WindowView


class WindowsAnswer(Answer):
    """All windows, in the hall's order."""

    windows: list[WindowAnswer]


class Reason(Answer):
    """A coded reason for a rating."""

    code: str
    name: Words


class ReasonsAnswer(Answer):
    """What a negative rating may name."""

    reasons: list[Reason]


@endpoint(blueprint, "GET", "/hall", gives=HallAnswer)
def hall() -> Answered:
    """The hall, its departments and areas, its clock."""
    return about(here().house) | clock()


@endpoint(blueprint, "GET", "/services", gives=ServicesAnswer)
def services() -> Answered:
    """Every service with the state of its line."""
    lines = {line["service"]: line for line in here().push.lines.now()}
    return {"services": [of_service(service, lines) for service in here().house.services]}


@endpoint(blueprint, "GET", "/windows", gives=WindowsAnswer)
def windows() -> Answered:
    """Every window as it stands."""
    return {"windows": at_windows(here().house.windows)}


@endpoint(blueprint, "GET", "/windows/<window>", gives=WindowAnswer, refuses=("unknown_window",))
def window(window: str) -> Answered:
    """One window as it stands."""
    return at_windows((the_hall().plan.window(window),))[0]


@endpoint(blueprint, "GET", "/reasons", gives=ReasonsAnswer)
def reasons() -> Answered:
    """The reasons that a rating may name."""
    return {"reasons": [{"code": r.code, "name": spoken(r.name)} for r in here().house.rating.reasons]}


def about(house: House) -> Json:
    return {
        "id": house.hall.id,
        "name": spoken(house.hall.name),
        "timezone": house.hall.timezone,
        "languages": list(house.hall.languages),
        "complaint_phone": house.hall.complaint_phone,
        "notices": [spoken(notice) for notice in house.hall.notices],
        "areas": [{"id": area.id, "name": spoken(area.name)} for area in house.areas],
        "departments": [{"id": each.id, "name": spoken(each.name)} for each in house.departments],
        "classes": [of_class(name, each) for name, each in house.classes.items()],
        "pauses": [{"id": pause.id, "name": spoken(pause.name)} for pause in house.pauses],
    }


def clock() -> Json:
    at = the_hall().now()
    time = here().clock
    return {"now": at, "day": the_hall().day(at), "simulated": time.simulated, "speed": time.speed}


def of_class(name: str, ticket_class: TicketClass) -> Json:
    return {"id": name, "grounds": [spoken(ground) for ground in ticket_class.grounds]}


def of_service(service: Service, lines: dict[str, Json]) -> Json:
    return {
        "id": service.id,
        "name": spoken(service.name),
        "department": service.department,
        "prefix": service.prefix,
        "case": service.case,
        "limit_days": service.limit_days,
        "fee": spoken(service.fee),
        "materials": [spoken(material) for material in service.materials],
        "common": service.common,
        "windows": list(the_hall().plan.windows_of[service.id]),
        "line": lines[service.id],
    }


def at_windows(wanted: tuple[Window, ...]) -> list[Json]:
    """The windows with their present state, from one consistent read."""
    ids = [each.id for each in wanted]
    views = here().store.look(lambda desk: looks.window_views(the_hall(), desk, ids))
    seen = views if who().role in ROLES else [public_window(view) for view in views]
    return [of_window(each, view) for each, view in zip(wanted, seen, strict=True)]


def of_window(window: Window, view: Json) -> Json:
    taken = the_hall().plan.reluctances[window.id]
    return {
        "id": window.id,
        "name": spoken(window.name),
        "area": window.area,
        "services": list(taken),
        "view": view,
    }
