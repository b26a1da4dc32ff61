"""The menu on every page of the office: one list, shown by role, and every address in it opens."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.running import Person, RunningHall
from web.admission import line_of
from web.office_menu import GROUPS, Entry


def entries() -> list[Entry]:
    """Of the rooms that this house has."""
    return [entry for group in GROUPS for entry in group.entries if line_of(entry.door)]


PAGES = ["/office", *(entry.path for entry in entries() if not entry.is_section)]


class Menu(HTMLParser):
    """The links of the menu: where each leads, and which is the present page's."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.here: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = self._inside or (tag == "nav" and given.get("class") == "office-menu")
        if self._inside and tag == "a":
            self.links.append(given["href"] or "")
            self.here += [given["href"] or ""] if "aria-current" in given else []

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "nav"


def shown(person: Person, path: str) -> Menu:
    answer = person.session.get(person.url + path)
    assert answer.status_code == 200, path
    return Menu(answer.text)


def test_every_page_of_the_office_has_the_whole_menu(server: RunningHall) -> None:
    admin = server.administrator()
    for path in PAGES:
        menu = shown(admin, path)
        assert menu.links == [entry.address(path) for entry in entries()]
        assert menu.here == ([] if path == "/office" else [path])


def test_within_the_office_page_a_part_is_an_anchor_and_elsewhere_an_address(server: RunningHall) -> None:
    admin = server.administrator()
    assert "#log" in shown(admin, "/office").links
    assert "/office#log" in shown(admin, "/office/sound").links


@pytest.mark.parametrize("part", ["people"])
def test_who_may_not_do_it_does_not_see_its_entry(server: RunningHall, part: str) -> None:
    assert f"#{part}" not in shown(server.clerk("chen"), "/office").links
