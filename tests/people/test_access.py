"""Who comes in where: the table, the loopback rule, places, and what isn't in the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from queueing.people import NotAllowed, NotPaired, NotSignedIn
from tests.people.conftest import Doors
from web.access import ACCESS
from web.admission import ask_for_event, ask_for_screen, line_of
from web.loopback import _is_any_a_proxys

SCREEN_PAGES = ["/kiosk", "/board", "/board/main", "/panel/1", "/pad/1", "/announcer/main"]
STAFF_DOORS = ["/terminal", "/office"]


@pytest.mark.parametrize("page", SCREEN_PAGES)
def test_a_screen_opens_on_the_halls_own_machine(doors: Doors, page: str) -> None:
    assert doors.here().get(page).status_code == 200


@pytest.mark.parametrize("page", STAFF_DOORS)
def test_nothing_of_the_staff_opens_on_the_halls_own_machine(doors: Doors, page: str) -> None:
    assert doors.here().get(page).location == f"/login?next={page}"
    assert doors.here().get(f"{page}?{'%22' * 1000}").location == "/login"


@pytest.mark.parametrize(
    "path", ["/api/v1/staff/li/one_time_password", "/api/v1/devices/codes", "/api/v1/session/password"]
)
def test_no_staff_action_is_possible_without_signing_in(doors: Doors, path: str) -> None:
    answer = doors.here().post(path)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")


LOCAL = [
    ("127.0.0.1", "localhost:8000"),
    ("127.0.0.1", "localhost"),
    ("127.0.0.1", "127.0.0.1:8000"),
    ("127.8.8.8", "LOCALHOST:8000"),
    ("::1", "[::1]:8000"),
    ("::ffff:127.0.0.1", "localhost:8000"),
]
NOT_LOCAL = [
    ("10.0.0.7", "localhost:8000"),
    ("127.0.0.1", "hall.test"),
    ("127.0.0.1", "10.0.0.2:8000"),
    ("127.0.0.1", "localhost.hall.test"),
    ("127.0.0.1", "127.0.0.1.hall.test"),
    ("::ffff:10.0.0.7", "localhost"),
    ("", "localhost"),
]


@pytest.mark.parametrize(("address", "host"), LOCAL)
def test_loopback_is_an_address_and_a_name(doors: Doors, address: str, host: str) -> None:
    assert doors.browser(address, host).get("/kiosk").status_code == 200


@pytest.mark.parametrize(("address", "host"), NOT_LOCAL)
def test_half_of_loopback_is_not_enough(doors: Doors, address: str, host: str) -> None:
    assert doors.browser(address, host).get("/kiosk").status_code == 302


@pytest.mark.parametrize(
    "host", ["evil@localhost", "localhost:80:90", "localhost:", "::1", "[::1", "localhost/", "localhost:٨٠"]
)
def test_a_host_that_only_looks_local_is_none(doors: Doors, host: str) -> None:
    browser = doors.here()
    assert browser.get("/kiosk").status_code == 200
    browser._from["environ_overrides"]["HTTP_HOST"] = host
    assert browser.get("/kiosk").status_code in (302, 400)


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Whatever", "Forwarded", "Via", "X-Real-IP"],
)
def test_a_forwarded_request_is_not_loopback(doors: Doors, header: str) -> None:
    assert doors.here().get("/kiosk", **{header: "127.0.0.1"}).status_code == 302


def test_a_silent_proxy_speaks_an_old_protocol(doors: Doors) -> None:
    browser = doors.here()
    browser._from["environ_overrides"]["SERVER_PROTOCOL"] = "HTTP/1.0"
    assert browser.get("/kiosk").status_code == 302


def test_behind_a_configured_proxy_there_is_no_loopback(doors: Doors) -> None:
    built = doors.app.extensions["service-hall"]
    built.house = replace(built.house, server=replace(built.house.server, trusted_proxies=1))
    assert doors.here().get("/kiosk").status_code == 302


@pytest.mark.parametrize(
    ("kind", "place", "opens"),
    [
        ("kiosk", None, {"/kiosk"}),
        ("board", None, {"/board", "/board/main", "/announcer/main"}),
        ("board", "main", {"/board", "/board/main", "/announcer/main"}),
        ("board", "upstairs", {"/board"}),
        ("panel", "1", {"/panel/1"}),
        ("pad", "1", {"/pad/1"}),
        ("pad", "2", set()),
        ("announcer", "main", {"/announcer/main"}),
    ],
)
def test_a_paired_screen_opens_what_it_was_paired_for(
    doors: Doors, kind: str, place: str | None, opens: set[str]
) -> None:
    screen = doors.paired(kind, place)
    found = {page for page in [*SCREEN_PAGES, *STAFF_DOORS] if screen.get(page).status_code == 200}
    assert found == opens


@pytest.mark.parametrize(
    ("staff", "opens"),
    [("li", {"/terminal"}), ("chen", {"/terminal", "/office"}), ("admin", {"/terminal", "/office"})],
)
def test_staff_open_what_their_role_is_for(doors: Doors, staff: str, opens: set[str]) -> None:
    browser = doors.admin if staff == "admin" else doors.member(staff)
    found = {page for page in [*SCREEN_PAGES, *STAFF_DOORS] if browser.get(page).status_code == 200}
    assert found == opens


def test_a_person_who_left_the_halls_file_is_out(doors: Doors) -> None:
    clerk = doors.member("li")
    built = doors.app.extensions["service-hall"]
    rest = tuple(each for each in built.house.staff if each.id != "li")
    built.house = replace(built.house, staff=rest)
    assert clerk.get("/api/v1/session").get_json() == {"staff": None}
    assert clerk.get("/terminal").status_code == 302
    assert doors.browser().sign_in("li", "three-words-long").status_code == 401


def test_what_has_no_line_in_the_table_is_closed_to_everyone(doors: Doors) -> None:
    for browser in (doors.browser(), doors.here(), doors.admin):
        assert browser.get("/forgotten").status_code == 403


def test_an_address_that_does_not_exist_is_no_secret(doors: Doors) -> None:
    assert doors.browser().get("/nowhere").status_code == 404


def test_a_head_request_is_asked_like_a_get(doors: Doors) -> None:
    assert doors.browser().client.head("/kiosk", base_url="http://hall.test").status_code == 302


@pytest.mark.parametrize("wanted", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "x"])
def test_a_door_leads_only_to_pages_of_the_hall(doors: Doors, wanted: str) -> None:
    page = doors.browser().client.get("/login", query_string={"next": wanted}, base_url="http://hall.test")
    assert "elsewhere" not in page.text.split('id="page-data"')[1]


def screen_from(doors: Doors, address: str, screen: str, **place: Any) -> None:
    request = doors.app.test_request_context(
        base_url="http://localhost", environ_overrides={"REMOTE_ADDR": address}
    )
    with request:
        ask_for_event("join")
        ask_for_screen(screen, **place)


def test_sockets_are_asked_like_pages(doors: Doors) -> None:
    for screen in ("start", "phone"):
        screen_from(doors, "10.0.0.7", screen)
    screen_from(doors, "127.0.0.1", "pad", window="1")
    with pytest.raises(NotPaired):
        screen_from(doors, "10.0.0.7", "pad", window="1")
    for screen in ("terminal", "office"):
        with pytest.raises(NotSignedIn):
            screen_from(doors, "127.0.0.1", screen)
    with pytest.raises(NotAllowed):
        screen_from(doors, "127.0.0.1", "cellar")


def test_the_table_knows_a_route_whatever_its_variables_are_called() -> None:
    assert line_of("POST /api/v1/windows/<w>/call_next") == ACCESS["POST /api/v1/windows/<window>/call_next"]
    assert line_of("GET /static/<filename>") == frozenset({"anyone"})
    assert line_of("GET /forgotten") is None


def test_what_strangers_send_isnt_remembered(doors: Doors) -> None:
    """Names of headers may be long; only who comes from the machine itself is asked for a proxy's."""
    before = _is_any_a_proxys.cache_info().currsize
    for n in range(5):
        stranger = doors.browser("10.0.0.7", "localhost")
        stranger.get("/kiosk", **{f"X-Odd-{n}-{before}": "1"})
        stranger.get("/metrics", **{f"X-Odd-{n}-{before}": "1"})
    assert _is_any_a_proxys.cache_info().currsize == before
