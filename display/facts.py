"""What a screen's script must know of the house: names in one language, who belongs to which area."""

from __future__ import annotations

from typing import Any

from display.timetable import timetable
from queueing.house import Area, House, Text, Window
from queueing.plan import Plan
from queueing.soon import told_in
from web.refusals import NotFound
from web.words import spoken

Facts = dict[str, Any]
FEW = 3
"""Up to so many departments a board counts by service instead: a single bureau's sum says nothing."""


def say(text: Text, language: str) -> str:
    """The text in the page's language."""
    return spoken(text)[language]


def area_named(house: House, area: str) -> Area:
    """The area with that id; there is no page for any other."""
    for one in house.areas:
        if one.id == area:
            return one
    raise NotFound


def windows_of(house: House, area: Area | None) -> list[Window]:
    """The windows whose calls a screen shows; without an area, all."""
    return [window for window in house.windows if area is None or window.area == area.id]


def common_facts(house: House, language: str) -> Facts:
    """What every screen says of the hall."""
    return {
        "hall": say(house.hall.name, language),
        "language": language,
        "timezone": house.hall.timezone,
        "window_area": {window.id: window.area for window in house.windows},
    }


def area_facts(area: Area | None, language: str) -> Facts | None:
    return {"id": area.id, "name": say(area.name, language)} if area else None


def board_facts(house: House, area: Area | None, language: str) -> Facts:
    """For the board: names, and the groups that waiting people are counted by."""
    return common_facts(house, language) | {
        "area": area_facts(area, language),
        "services": {service.id: say(service.name, language) for service in house.services},
        "complaint_phone": house.hall.complaint_phone,
        "groups": groups(house, area, language),
        "get_ready": told_in(house, area.id if area else None),
    } | announcing_facts(house, area)


def groups(house: House, area: Area | None, language: str) -> list[Facts]:
    """Departments, or services where there are few departments, with the services they sum up."""
    served = {service for window in windows_of(house, area) for service in window.serves}
    services = [service for service in house.services if service.id in served]
    if len({service.department for service in services}) <= FEW:
        return [{"id": s.id, "name": say(s.name, language), "services": [s.id]} for s in services]
    found = [
        {
            "id": department.id,
            "name": say(department.name, language),
            "services": [s.id for s in services if s.department == department.id],
        }
        for department in house.departments
    ]
    return [group for group in found if group["services"]]


def panel_facts(plan: Plan, window: Window, language: str) -> Facts:
    """For the sign above a window: whatever may be called here, and when it opens."""
    house = plan.house
    hours = next(hours for hours in house.hours if hours.id == window.hours)
    return common_facts(house, language) | {
        "window": window.id,
        "name": say(window.name, language),
        "services": {service.id: say(service.name, language) for service in house.services},
        "pauses": {pause.id: say(pause.name, language) for pause in house.pauses},
        "timetable": timetable(hours, window.id, language),
    }


def announcer_facts(house: House, area: Area, language: str) -> Facts:
    """For the loudspeaker of one area."""
    facts = common_facts(house, language) | {"area": area_facts(area, language)}
    return facts | announcing_facts(house, area)


def announcing_facts(house: House, area: Area | None) -> Facts:
    """Which area the screen may speak for, and in which languages calls are spoken there."""
    spoken_for = area or (house.areas[0] if len(house.areas) == 1 else None)
    return {
        "speaks_for": spoken_for.id if spoken_for else None,
        "languages": (spoken_for and spoken_for.voices) or house.voice.languages,
    }
