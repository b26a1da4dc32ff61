"""What the catalogue page finds: by name in any language, by pinyin, or by department."""

from __future__ import annotations

from queueing.house import Department, House, Service, Text
from queueing.records import Json
from web.pinyin import spelling

LONGEST = 40
MOST_FOUND = 60


def found(house: House, typed: str) -> list[Service]:
    """Those whose name holds every word that was typed; the hall's order."""
    words = typed[:LONGEST].casefold().split()
    hits = [service for service in house.services if all(word in _names(service) for word in words)]
    return hits[:MOST_FOUND] if words else []


def _names(service: Service) -> str:
    name = service.name
    return "\n".join((name.zh, name.zh_hant, name.en, *spelling(name.zh))).casefold()


def of_department(house: House, wanted: str) -> list[Service]:
    return [service for service in house.services if service.department == wanted]


def department_of(house: House, wanted: str) -> Department | None:
    return next((each for each in house.departments if each.id == wanted), None)


def where(house: House, service: Service) -> tuple[list[Text], list[str]]:
    """The parts of the building and the windows whose own work it is."""
    windows = [window for window in house.windows if service.id in window.serves]
    inside = {window.area for window in windows}
    return [area.name for area in house.areas if area.id in inside], [window.id for window in windows]


def phone_for(house: House, service: Service) -> str:
    """For questions: the guide's own number, else the department's."""
    department = department_of(house, service.department)
    return service.guide.phone or (department.phone if department else "")


def lines_by_service(lines: list[Json]) -> dict[str, Json]:
    return {str(line["service"]): line for line in lines}
