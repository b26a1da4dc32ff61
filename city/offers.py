"""What halls offer: the same service found in several halls, and how quick it is in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from queueing.clock import Instant, instant, local
from queueing.errors import HallError
from queueing.house import Service, Text
from queueing.records import Json
from queueing.views import spoken
from web.context import Built
from web.deployment import Deployment
from web.pinyin import spelling

LONGEST = 40
"""Letters of a search that are looked at."""

LIKELY_UNKNOWN = 10_000.0
STATES = ("open", "paused", "ends_late", "full", "unknown", "closed", "shut")
"""In this order halls stand: first where one gets a number."""


@dataclass
class Need:
    """One thing that people come for, under its first hall's name, and who offers it."""

    key: str
    name: Text
    department: Text
    common: bool = False
    offers: list[tuple[Built, Service]] = field(default_factory=list)

    def is_called(self, typed: str) -> bool:
        words = typed.casefold().replace(" ", "")
        names = (self.name.zh, self.name.zh_hant, self.name.en.replace(" ", ""), *spelling(self.name.zh))
        return any(words in name.casefold() for name in names)


def needs_of(deployment: Deployment) -> dict[str, Need]:
    """Services of all open halls, one entry for those of one code, or of one name where they have no code."""
    found: dict[str, Need] = {}
    for built in deployment.halls.values():
        departments = {each.id: each.name for each in built.house.departments}
        for service in built.house.services:
            key = service.city_code or service.name.zh
            need = found.setdefault(key, Need(key, service.name, departments[service.department]))
            need.common |= service.common
            need.offers.append((built, service))
    return found


def rows_of(deployment: Deployment, need: Need, now: Instant) -> list[Json]:
    """Every offer with its wait, the quickest first; halls that couldn't be opened are closed ones here."""
    rows = [row_of(built, service, line_of(built, service)) for built, service in need.offers]
    return sorted([*rows, *_shut(deployment, need)], key=quickness)


def line_of(built: Built, service: Service) -> Json:
    """How it stands there; a hall that can't be read hides no other, one that can't save gives no numbers."""
    try:
        line = next(line for line in built.push.lines.now() if line["service"] == service.id)
    except (HallError, OSError):
        return NOT_READ
    return line | {"status": "paused"} if built.store.trouble and line["status"] == "open" else line


NOT_READ: Json = {"status": "unknown", "waiting": 0, "low": None, "high": None, "opens_at": None}


def row_of(built: Built, service: Service, line: Json) -> Json:
    """One hall's offer as the API and the page tell it."""
    bookable = built.house.bookings.is_on and service.id in built.appointments.free.services
    books = f"{built.public_url}/book?service={service.id}" if bookable else None
    wait = {name: line[name] if line["status"] == "open" else None for name in ("low", "high")}
    return where(built) | wait | {
        "service": service.id,
        "service_name": spoken(service.name),
        "state": line["status"],
        "waiting": line["waiting"],
        "opens_at": line["opens_at"],
        "closes_at": closes_at(built, service) if line["status"] == "open" else None,
        "url": f"{built.public_url}/services/{service.id}",
        "book_url": books,
    }  # fmt: skip


def where(built: Built) -> Json:
    info = built.house.hall
    return {
        "hall": info.id,
        "name": spoken(info.name),
        "timezone": info.timezone,
        "address": spoken(info.address) if info.address else None,
        "district": spoken(info.district) if info.district else None,
        "latitude": info.latitude,
        "longitude": info.longitude,
        "phone": info.complaint_phone or None,
    }


def _shut(deployment: Deployment, need: Need) -> Iterator[Json]:
    """What is wrong with a hall is the operator's affair: citizens read that it is closed."""
    for each in deployment.shut:
        info = each.house.hall if each.house else None
        services = each.house.services if each.house else ()
        if info and (mine := next((s for s in services if (s.city_code or s.name.zh) == need.key), None)):
            nothing = dict.fromkeys(("low", "high", "opens_at", "closes_at", "url", "book_url", "phone"))
            yield nothing | {
                "hall": info.id, "name": spoken(info.name), "timezone": info.timezone, "state": "shut",
                "address": spoken(info.address) if info.address else None, "waiting": 0,
                "district": spoken(info.district) if info.district else None,
                "latitude": info.latitude, "longitude": info.longitude,
                "service": mine.id, "service_name": spoken(mine.name),
            }  # fmt: skip


def closes_at(built: Built, service: Service) -> Instant | None:
    """When the last of the windows that are open for it now closes."""
    hall = built.hall
    wall = local(hall.now(), built.house.hall.timezone).replace(tzinfo=None)
    ends = [end for window in hall.plan.windows_of[service.id] for end in _ends(built, window, wall)]
    return instant(max(ends).replace(tzinfo=ZoneInfo(built.house.hall.timezone))) if ends else None


def _ends(built: Built, window: str, wall: datetime) -> Iterator[datetime]:
    stretches = built.hall.hours.stretches(built.hall.plan.window(window), wall.date())
    return (closes for opens, closes in stretches if opens <= wall < closes)


def likely(row: Json) -> float | None:
    """The middle of the told range, in minutes."""
    return None if row["low"] is None or row["high"] is None else (row["low"] + row["high"]) / 2


def quickness(row: Json) -> tuple[float, float, str]:
    wait = likely(row)
    return STATES.index(row["state"]), LIKELY_UNKNOWN if wait is None else wait, row["hall"]
