"""Guards the list of pages: whatever has an address, and whatever the office's menu names, is looked at."""

from __future__ import annotations

from pathlib import PurePath

from tests.looks.pages import STATES
from web.access import ACCESS
from web.errors import FOR_PROGRAMS
from web.machine_access import OF_THE_MACHINE
from web.office_menu import GROUPS

FILES = {
    *OF_THE_MACHINE,
    *("GET /boards/shown", "GET /boards/soon", "GET /media/<media>"),
    *("GET /papers/<path:name>", "GET /slips/<key>"),
    *("GET /office/reports/<form>", "GET /office/reports/written/<file>"),
    *("GET /office/outlook/suggestion", "GET /office/outlook/answer"),
}
"""What has an address and isn't a page of its own, beside the API and whatever has a file's ending."""


def is_a_page(door: str) -> bool:
    path = door.partition(" ")[2]
    is_file = door in FILES or PurePath(path).suffix
    return door.startswith("GET ") and not is_file and not path.startswith(FOR_PROGRAMS)


def test_every_page_is_on_the_list() -> None:
    pages = {door for door in ACCESS if is_a_page(door)}
    assert pages - {state.door for state in STATES} == set(), "add them to tests/looks/pages.py"


def test_every_state_belongs_to_a_page() -> None:
    assert {state.door for state in STATES} <= {door for door in ACCESS if is_a_page(door)}


def test_every_part_of_the_office_is_on_the_list() -> None:
    shown = {state.path.partition("#")[2] for state in STATES if state.door == "GET /office"}
    parts = {entry.part for group in GROUPS for entry in group.entries if entry.is_section}
    assert parts - shown == set(), "add them to tests/looks/pages.py"


def test_names_are_given_once_and_there_are_enough() -> None:
    names = [state.name for state in STATES]
    assert len(set(names)) == len(names) >= 30
