"""Makes halls/longquanyi.toml: 44 departments, 151 windows, 620 services and 305 people.

    python halls/make_longquanyi.py          writes it
    python halls/make_longquanyi.py FILE     writes it somewhere else

The size is that of a real district hall; the people are invented. Departments and items stand in
halls/longquanyi/items.txt, the words for people's names in people.txt, what needs no making in
head.toml. The same files make the same text on every machine:

- A service's prefix begins with the letters of its department, so its numbers sort together.
- A department with up to three windows serves everything at each of them. A larger one has desks:
  neighbouring items share a desk, windows are dealt to the desks in turn, the last window takes
  everything, and each window helps the next desk when its own line leaves it time.
- A small department's windows help the next one on the same floor, with a greater reluctance.
- The seven departments with the most visitors keep weekend hours: every fourth of their windows
  each weekend.
- Names are drawn with a fixed seed; every window has a first clerk, most have a substitute.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from longquanyi.items import read_departments
from longquanyi.people import read_words, staff_of
from longquanyi.windows import all_windows
from longquanyi.writing import department_table, person_table, service_table, weekend_hours, window_table

HERE = Path(__file__).resolve().parent
SOURCES, MADE = HERE / "longquanyi", HERE / "longquanyi.toml"


def source(name: str) -> str:
    return (SOURCES / name).read_text("utf-8")


def areas_of(head: str) -> dict[str, str]:
    """Id and "中文/English" of each area, in the order of the building."""
    names = {each["id"]: each["name"] for each in tomllib.loads(head)["areas"]}
    return {area: f"{name['zh']}/{name['en']}" for area, name in names.items()}


def made() -> str:
    """The whole hall file."""
    head = source("head.toml")
    areas, departments = areas_of(head), read_departments(source("items.txt"))
    windows = all_windows(departments, list(areas))
    people = staff_of(windows, areas, read_words(source("people.txt")))
    tables = [
        weekend_hours(windows),
        *map(department_table, departments),
        *(service_table(each, service) for each in departments for service in each.services),
        *map(window_table, windows),
        *map(person_table, people),
    ]
    return "\n".join([head, *tables])


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else MADE
    target.write_text(made(), "utf-8")
