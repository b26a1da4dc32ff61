"""Deals the services of each department to its windows, and lets neighbours help each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise

from longquanyi.items import Department, Service

WEEKEND = ("police", "insurance", "medical", "realty", "tax", "enterprise", "traffic")
WEEKEND_TURNS = 4
NEXT_DESK, NEXT_DEPARTMENT = 10, 15
"""Reluctance in minutes."""
WHOLE_UP_TO = 3
"""With so many windows or fewer, each takes everything of its department."""


@dataclass
class Window:
    """A window and what it takes; without `serves` it takes whole departments."""

    department: Department
    zh: str
    en: str
    departments: list[str] = field(default_factory=list)
    serves: list[str] = field(default_factory=list)
    helps: dict[str, int] = field(default_factory=dict)
    id: str = ""

    @property
    def hours(self) -> str:
        return "weekend" if self.department.id in WEEKEND else "weekdays"


def windows_of(department: Department) -> list[Window]:
    if department.count <= WHOLE_UP_TO:
        return [whole(department) for _ in range(department.count)]
    desks = desks_of(department)
    single = department.count - 1
    dealt = (desk_window(department, desks, n * len(desks) // single) for n in range(single))
    return [*dealt, whole(department)]


def whole(department: Department) -> Window:
    return Window(
        department,
        zh=f"{department.zh}综合窗口",
        en=f"{department.en}, all services",
        departments=[department.id, *department.guests],
    )


def desks_of(department: Department) -> list[list[Service]]:
    """Neighbouring items, each whole, in about half as many groups as there are windows."""
    count, total = department.count // 2, len(department.services)
    items = [list(services) for _, services in groupby(department.services, key=lambda each: each.item)]
    desks: list[list[Service]] = [[] for _ in range(count)]
    before = 0
    for item in items:
        desks[before * count // total] += item
        before += len(item)
    return [desk for desk in desks if desk]


def desk_window(department: Department, desks: list[list[Service]], at: int) -> Window:
    desk, neighbour = desks[at], desks[(at + 1) % len(desks)]
    common = [each for each in department.services if each.common and each not in desk]
    serves = [each.id for each in [*desk, *common]]
    return Window(
        department,
        zh=f"{desk[0].item}等业务",
        en=f"{desk[0].item_en} and more",
        serves=serves,
        helps={each.id: NEXT_DESK for each in neighbour if each.id not in serves},
    )


def all_windows(departments: list[Department], areas: list[str]) -> list[Window]:
    """Numbered through the building, floor by floor."""
    windows = [
        window
        for area in areas
        for department in departments
        if department.area == area
        for window in windows_of(department)
    ]
    for n, window in enumerate(windows):
        window.id = str(n + 1)
    lend_a_hand(windows)
    return windows


def lend_a_hand(windows: list[Window]) -> None:
    """Windows of small departments help the next one on their floor with its shorter services."""
    for window, following in pairwise(windows):
        mine, other = window.department, following.department
        if mine is not other and mine.area == other.area and max(mine.count, other.count) <= WHOLE_UP_TO:
            short = sorted(other.services, key=lambda each: each.minutes)[:3]
            window.helps = {each.id: NEXT_DEPARTMENT for each in short}
