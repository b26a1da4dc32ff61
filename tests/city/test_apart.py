"""Many halls in one process: each at its own address, none of them opened by what belongs to another."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import requests

from tests.booked import book
from tests.city.cities import BY_NAME, RunningCity
from tests.doors.asking import WANDERER
from tests.running import PATIENCE, Person, Refused
from web.access import ACCESS
from web.city_access import DOORS_OF_THE_CITY

OPEN = ("dongcheng", "heyan", "xinqu")


def asked(url: str, path: str, **headers: str) -> requests.Response:
    return requests.get(url + path, headers=headers, timeout=PATIENCE, allow_redirects=False)


def renamed(person: Person, url: str, kind: str, hall: str, other: str) -> Person:
    """A browser that hands one hall's cookie over under another hall's name."""
    forger = Person(url)
    forger.session.headers.update(WANDERER)
    value = person.session.cookies[f"{kind}-{hall}"]
    forger.session.cookies.set(f"{kind}-{other}", value)
    return forger


def test_what_cant_be_opened_keeps_no_other_hall_shut(city: RunningCity) -> None:
    shut = dict(re.findall(r"SHUT \S*/(\w+)\.toml: (.*)", city.said))
    assert sorted(shut) == ["damaged", "mistaken", "takenport"]
    assert "is damaged" in shut["damaged"] and "in use" in shut["takenport"]
    assert re.search(r"mistaken\.toml:\d+: classes\.walk_in\.rate", shut["mistaken"])
    health = asked(city.url(), "/healthz").json()
    assert health == {"status": "degraded", "trouble": "hall_shut damaged mistaken takenport"}
    assert asked(city.url("dongcheng"), "/healthz").json()["status"] == "ok"


def test_a_hall_without_a_port_is_told_by_its_name_alone(city: RunningCity) -> None:
    """On the machine itself the city's port leads to the city's page."""
    assert f"heyan: http://{BY_NAME}:{city.ports['city']}/   by this name alone\n" in city.said


def test_monitors_learn_of_all_halls_at_the_citys_address_and_strangers_of_none(city: RunningCity) -> None:
    counted = asked(city.url(), "/metrics")
    assert counted.status_code == 200
    assert {"city", *OPEN} <= set(re.findall(r'hall_last_event{hall="(\w+)"}', counted.text))
    assert asked(city.url(), "/metrics", **WANDERER).status_code == 404
    assert asked(city.url(), "/readyz").json() == {"status": "ready"}


def test_each_address_leads_to_its_hall(city: RunningCity) -> None:
    for hall in ("dongcheng", "xinqu"):
        assert asked(city.url(hall), "/api/v1/hall").json()["id"] == hall
    for host in (BY_NAME, BY_NAME.upper() + ":80"):
        assert asked(city.url(), "/api/v1/hall", Host=host).json()["id"] == "heyan"


@pytest.mark.parametrize("host", ["nobody.example.org", "xinqu", "127.0.0.1", "localhost", f"{BY_NAME}.evil"])
def test_an_unknown_name_gets_the_citys_page_and_no_hall(city: RunningCity, host: str) -> None:
    assert asked(city.url(), "/api/v1/hall", Host=host).status_code == 404
    assert "What do you need?" in asked(city.url(), "/?lang=en", Host=host).text


def test_a_name_that_a_stranger_passes_on_is_not_believed(city: RunningCity) -> None:
    passed_on = {"X-Forwarded-Host": BY_NAME}
    assert asked(city.url(), "/api/v1/hall", **passed_on).status_code == 404


def test_who_is_signed_in_at_one_hall_is_nobody_at_another(city: RunningCity) -> None:
    """One browser, one machine, several ports: browsers send the cookies of all of them."""
    browser = city.administrator("dongcheng")
    xinqu = city.at("xinqu", browser)
    assert xinqu.get("/api/v1/session") == {"staff": None}
    assert city.at("city", browser).get("/api/v1/session") == {"staff": None}
    city.administrator("xinqu", browser)
    assert browser.get("/api/v1/session")["staff"]["id"] == "admin"
    assert xinqu.get("/api/v1/session")["staff"]["id"] == "admin"
    forger = renamed(browser, city.url("xinqu"), "staff", "dongcheng", "xinqu")
    assert forger.get("/api/v1/session") == {"staff": None}
    forger.close()


def test_a_screen_of_one_hall_is_a_stranger_at_another(city: RunningCity) -> None:
    made = city.administrator("dongcheng").post("/api/v1/devices/codes", {"kind": "kiosk", "place": None})
    with pytest.raises(Refused, match="code_wrong"):
        city.at("xinqu").post("/api/v1/devices/pair", {"code": made["code"]})
    screen = city.at("dongcheng")
    screen.post("/api/v1/devices/pair", {"code": made["code"]})
    own, other = (renamed(screen, city.url(hall), "device", "dongcheng", hall) for hall in OPEN[::2])
    assert own.session.get(f"{own.url}/kiosk", allow_redirects=False).status_code == 200
    assert other.session.get(f"{other.url}/kiosk", allow_redirects=False).status_code == 302
    own.close(), other.close()


def test_links_of_one_hall_open_nothing_at_another(city: RunningCity) -> None:
    here, there = city.at("dongcheng"), city.at("xinqu")
    paths = [taken := here.take()["link"], f"{taken}/qr.svg", book(here)["booking"]["link"]]
    for path in paths:
        assert here.session.get(here.url + path).status_code == 200, path
        for other in (there.url, city.url()):
            assert there.session.get(other + path).status_code in (404, 410), path


def test_each_hall_has_secrets_of_its_own(city: RunningCity) -> None:
    keys = [key.read_bytes() for key in sorted(city.data.glob("*/*.key"))]
    assert len(keys) >= 8
    assert all(one != two for one, two in pairwise(sorted(keys)))


def test_the_citys_office_has_no_door_into_a_hall(city: RunningCity) -> None:
    boss = city.administrator()
    halls = [line for line in ACCESS if " " in line and line not in DOORS_OF_THE_CITY]
    for line in halls:
        method, rule = line.split(" ", 1)
        path = re.sub(r"<any\(window, clerk\):by>", "window", rule)
        path = re.sub(r"<[^>]+>", "1", path)
        answer = boss.session.request(method, boss.url + path, json={} if method == "POST" else None)
        assert answer.status_code == 404, line
    assert len(halls) > 150
