"""A city of several halls, as its `city.toml` says it; each hall keeps a file of its own beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from queueing.house import HallInfo, House, Server, StaffMember
from queueing.limit_rules import DoorRules
from queueing.text import STRICT, Text
from queueing.upkeep_rules import BackupRules, KeepRules, LogRules
from queueing.wait_rules import WaitRules

CityRole = Literal["supervisor", "evaluator", "administrator"]
CITY = "city"
"""Under this name the city keeps its own people and log, beside the halls; no hall may have it."""

IN_HALLS: dict[CityRole, Literal["supervisor", "inspector", "administrator"]] = {
    "supervisor": "supervisor",
    "evaluator": "inspector",
    "administrator": "administrator",
}
"""How doors name who works for the city."""


@dataclass(frozen=True)
class CityInfo:
    """What the city is called, and from when on a wait is long."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: Text
    timezone: str = "Asia/Shanghai"
    languages: tuple[Literal["zh_Hans", "zh_Hant", "en"], ...] = ("zh_Hans", "zh_Hant", "en")
    long_wait_minutes: float = 30.0
    minutes_per_km: float = 4.0
    forecast_processes: int = 1


@dataclass(frozen=True)
class CityPerson:
    """Somebody who looks at halls from the city's office: all of them, or the halls named."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    post: Text
    role: CityRole = "supervisor"
    halls: tuple[str, ...] = ()


@dataclass(frozen=True)
class City:
    """The city's file, whole."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    city: CityInfo
    staff: tuple[CityPerson, ...] = ()
    server: Server = field(default_factory=Server)
    doors: DoorRules = field(default_factory=DoorRules)
    backup: BackupRules = field(default_factory=BackupRules)
    log: LogRules = field(default_factory=LogRules)
    keep: KeepRules = field(default_factory=KeepRules)


def house_of_city(city: City) -> House:
    """The city's own office as a hall without windows: people sign in, a log is kept, nobody is served."""
    staff = tuple(StaffMember(each.id, each.name, each.post, IN_HALLS[each.role]) for each in city.staff)
    info = HallInfo(CITY, city.city.name, city.city.timezone, city.city.languages)
    return House(
        info, (), (), (), (), (), {},
        server=city.server, doors=city.doors, waits=WaitRules(forecast=False), staff=staff,
        backup=city.backup, log=city.log, keep=city.keep,
    )  # fmt: skip


def may_see(city: City, staff: str | None, hall: str) -> bool:
    """Whether a person of the city looks at this hall; who isn't named there looks at none."""
    person = next((each for each in city.staff if each.id == staff), None)
    return person is not None and (not person.halls or hall in person.halls)
