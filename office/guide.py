"""The guide's desk: a number for somebody, a number looked up or brought back, numbers on paper entered."""

from __future__ import annotations

from flask import render_template, request

from office.blueprint import blueprint
from office.guide_words import guide_words
from queueing.class_rules import name_of
from queueing.grants import granted_at
from queueing.house import House, Service
from queueing.persons import is_asked
from queueing.records import Json
from queueing.reserved import LAST_SLIP, spelled
from web.asking import who
from web.context import here
from web.pinyin import spelling
from web.words import said_here

MOST_SLIPS = 96
A_SHEET = 18


@blueprint.get("/guide")
def guide_page() -> str:
    """One page for one hand: everything that people ask at the entrance."""
    house = here().house
    member = next((each for each in house.staff if each.id == who().staff), None)
    data = {
        "services": services_to_find(house),
        "zone": house.hall.timezone,
        "language": house.hall.languages[0],
        "paper": house.fallback.paper_prefix,
        "classes": classes_to_give(house),
        "names": {name: said_here(name_of(name, rule)) for name, rule in house.classes.items()},
        "real_names": any(is_asked(house, service) for service in house.services),
        "prints": bool(house.printers),
        "pagers": any(hook.pagers_only for hook in house.signals.hooks),
        "words": guide_words(),
    }
    return render_template("office/guide.html", data=data, member=member)


@blueprint.get("/guide/slips")
def slips() -> str:
    """Numbered slips to print and put into the drawer, for the day on which nothing works."""
    prefix = here().house.fallback.paper_prefix
    first, count = _asked("first", 1, LAST_SLIP), _asked("count", A_SHEET, MOST_SLIPS)
    numbers = [spelled(prefix, place) for place in range(first, min(first + count, LAST_SLIP + 1))]
    return render_template("office/slips.html", numbers=numbers, first=first, count=count)


def _asked(name: str, usual: int, most: int) -> int:
    """A whole number of the address, kept within what makes sense."""
    told = request.args.get(name, "")
    return min(max(int(told), 1), most) if told.isascii() and told.isdigit() and len(told) < 6 else usual


def classes_to_give(house: House) -> list[Json]:
    """The classes beside walk-ins that a guide may give."""
    given = granted_at(house.classes, "guide")
    return [{"id": name, "name": said_here(name_of(name, house.classes[name]))} for name in given]


def services_to_find(house: House) -> list[Json]:
    departments = {each.id: said_here(each.name) for each in house.departments}
    return [_service(service, departments[service.department]) for service in house.services]


def _service(service: Service, department: str) -> Json:
    initials, pinyin = spelling(service.name.zh)
    return {
        "id": service.id,
        "name": said_here(service.name),
        "department": department,
        "find": {"initials": initials, "pinyin": pinyin, "names": sorted({service.name.zh, service.name.en})},
    }
