"""Guides and the people in them: one list of materials, files that are there and are what they seem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from queueing.house import House
from settings.checks.places import is_address
from settings.findings import Slip
from settings.papers import MOST_BYTES, NAME, kind_of, papers_of

ADDRESS = re.compile(r"https?://[^\s?#]+")


def materials_are_told_once(house: House) -> Iterator[Slip]:
    for at, service in enumerate(house.services):
        if service.materials and service.guide.materials:
            problem = f"'{service.id}' lists its materials twice."
            yield Slip(("services", at, "materials"), problem, "Keep the list in services.guide.")


def the_law_gives_no_less_than_the_hall(house: House) -> Iterator[Slip]:
    for at, service in enumerate(house.services):
        legal = service.guide.legal_days
        if 0 < legal < service.limit_days:
            problem = f"the law gives {legal} days and the hall promises {service.limit_days}."
            remedy = "Use 0 or at least limit_days."
            yield Slip(("services", at, "guide", "legal_days"), problem, remedy)


def the_case_system_can_be_asked(house: House) -> Iterator[Slip]:
    cases = house.cases
    if cases.url and not (ADDRESS.fullmatch(cases.url) and is_address(cases.url)):
        problem = f"'{cases.url}' isn't an address to ask."
        yield Slip(("cases", "url"), problem, 'Write it like "http://10.0.0.8:8080/cases", or "".')
    if cases.url and not cases.secret_file:
        yield Slip(("cases", "url"), "requests couldn't be signed.", "Name a secret_file as well.")


def papers_are_there(house: House, root: Path) -> Iterator[Slip]:
    """Not in `ALL`, since only checks with a root look at the disk."""
    for path, name in papers_of(house):
        if not NAME.fullmatch(name):
            yield Slip(path, f"'{name}' can't be a file here.", "Write it like halls/yihuang/form.png.")
        elif not (root / name).is_file():
            yield Slip(path, f"there is no file '{name}'.", "Put it there, or take the key out.")
        elif (root / name).stat().st_size > MOST_BYTES:
            yield Slip(path, f"'{name}' is too large for a phone.", f"Use {MOST_BYTES >> 20} MB at the most.")
        elif kind_of(root / name) is None:
            yield Slip(path, f"'{name}' is neither a picture nor a PDF.", "Use PNG, JPEG, WebP or PDF.")


ALL = (materials_are_told_once, the_law_gives_no_less_than_the_hall, the_case_system_can_be_asked)
