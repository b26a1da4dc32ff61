"""The parts of the office in one list: the menu of every page that extends shared/office_page.html.

Whoever may open a part's door by `web.access` sees its entry. A room that has something to say beside its
entry, such as how much waits there, puts a function under the part's name into `Built.attention`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request

from queueing.records import Json
from web.admission import is_door, line_of
from web.asking import who
from web.context import here
from web.words import LazyString, _l

OFFICE = "/office"


@dataclass(frozen=True)
class Entry:
    """One part: its name, its address and the door that decides who sees it."""

    part: str
    label: LazyString
    path: str
    door: str
    mark: str = ""
    """Under which name the office page's own script fills in what needs attention."""

    @property
    def is_section(self) -> bool:
        """A part of the one page at /office."""
        return self.path.startswith("#")

    @property
    def is_shown(self) -> bool:
        line = line_of(self.door)
        return line is not None and bool(line & who().may_be)

    def address(self, at: str) -> str:
        """Within the office page a part is one step away, without loading it anew."""
        return self.path if at == OFFICE or not self.is_section else OFFICE + self.path

    def is_here(self, at: str) -> bool:
        return not self.is_section and (at == self.path or at.startswith(f"{self.path}/"))


@dataclass(frozen=True)
class Group:
    """Parts that are looked for together."""

    name: LazyString
    entries: tuple[Entry, ...]


def section(part: str, label: LazyString, door: str = f"GET {OFFICE}", mark: str = "") -> Entry:
    return Entry(part, label, f"#{part}", door, mark)


def page(part: str, label: LazyString) -> Entry:
    return Entry(part, label, f"{OFFICE}/{part}", f"GET {OFFICE}/{part}")


GROUPS: tuple[Group, ...] = (
    Group(
        _l("Now"),
        (
            section("hall", _l("Hall now")),
            section("ratings", _l("Ratings"), mark="bad"),
            page("outlook", _l("What if")),
            section("announcing", _l("Announcements")),
            page("rules", _l("Rules")),
        ),
    ),
    Group(
        _l("Quality"),
        (
            section("scores", _l("Scores")),
            section("checks", _l("Checks")),
            page("assessment", _l("Assessment")),
            page("feedback", _l("Complaints and bad ratings")),
            page("reports", _l("Reports")),
            page("fairness", _l("Fair turns")),
        ),
    ),
    Group(
        _l("Devices"),
        (
            section("screens", _l("Screens")),
            section("boards", _l("Boards"), "POST /api/v1/boards/<board>"),
            page("sound", _l("Sound")),
            section("printers", _l("Printers"), mark="printers-mark"),
            page("signals", _l("Signals")),
        ),
    ),
    Group(
        _l("House"),
        (
            section("log", _l("Log")),
            section("upkeep", _l("Data"), mark="upkeep-mark"),
            section("people", _l("People"), "GET /api/v1/staff"),
        ),
    ),
)


def install(app: Flask) -> None:
    """Templates ask for the frame; no page hands it over."""
    app.context_processor(lambda: {"office_frame": office_frame})


def office_frame() -> dict[str, Any]:
    """What the frame shows around a page: the menu as this person sees it, and who it is."""
    staff = who().staff
    member = next((each for each in here().house.staff if each.id == staff), None)
    groups = [] if here().city else [*filter(None, map(_group, GROUPS))]
    return {"groups": groups, "member": member, "hears_ratings": hears_ratings()}


def hears_ratings() -> bool:
    """Whether the page says at once that a bad rating came; the office's own page has it in its menu."""
    line = line_of("screen:office")
    if line is None or not is_door("screen:office"):
        return False
    return request.path != OFFICE and bool(line & who().may_be)


def _group(group: Group) -> Json | None:
    shown = [_entry(each) for each in group.entries if each.is_shown]
    return {"name": group.name, "entries": shown} if shown else None


def _entry(entry: Entry) -> Json:
    at = request.path
    on_the_page = entry.is_section and at == OFFICE
    ask = here().attention.get(entry.part)
    return {
        "label": entry.label,
        "address": entry.address(at),
        "part": entry.part if on_the_page else "",
        "mark": entry.mark if on_the_page else "",
        "is_here": entry.is_here(at),
        "attention": str(ask() or "") if ask else "",
    }
