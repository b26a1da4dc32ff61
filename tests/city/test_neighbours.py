"""A clumsy or malicious clerk of one hall tries everything that belongs to the hall next door."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from websockets.exceptions import InvalidStatus

from tests.city.cities import RunningCity, admitted, halls_told
from tests.doors.asking import WANDERER, Asker, joined
from tests.doors.test_access_matrix import routes
from tests.running import Person, Refused, fresh_key
from web.access import ACCESS, ANYONE
from web.admission import line_of
from web.city_access import DOORS_OF_THE_CITY

HOME, NEXT_DOOR = "dongcheng", "xinqu"
SECRETS = ("secret.key", "log.key", "hall.db")


@pytest.fixture(scope="module")
def boss(city: RunningCity) -> Person:
    return city.administrator(HOME)


def asker_at(city: RunningCity, boss: Person, where: str) -> Asker:
    """The administrator of one hall at another, with all that home gave, under every name it may have."""
    code = boss.post("/api/v1/devices/codes", {"kind": "kiosk", "place": None})["code"]
    boss.post("/api/v1/devices/pair", {"code": code})
    thief = city.at(where)
    for kind in ("staff", "device"):
        token = boss.session.cookies[f"{kind}-{HOME}"]
        for name in (f"{kind}-{HOME}", f"{kind}-{where}", f"__Host-{kind}-{where}", kind):
            thief.session.cookies.set(name, token)
    link = boss.take("household")["link"].removeprefix("/t/")
    return Asker(f"administrator of {HOME}", thief, ANYONE, token=link, extra=WANDERER)


def test_who_has_everything_in_one_hall_is_a_stranger_next_door(
    city: RunningCity, boss: Person, tmp_path: Path
) -> None:
    thief, wrong = asker_at(city, boss, NEXT_DOOR), []
    for door in routes(tmp_path):
        line = line_of(door)
        assert line is not None
        if "<token>" in door:
            wrong += [door] if opens(thief, door) else []
        elif thief.is_let_in_by(door) is not bool(line & ANYONE):
            wrong.append(door)
    assert wrong == []
    at = cast(Any, SimpleNamespace(url=city.url(NEXT_DOOR)))
    screens = [line.removeprefix("screen:") for line in ACCESS if line.startswith("screen:")]
    assert [kind for kind in screens if thief.joins(at, kind)] == [
        kind for kind in screens if ACCESS[f"screen:{kind}"] & ANYONE and kind != "phone"
    ]


def opens(thief: Asker, door: str) -> bool:
    """Whether the link of the own hall's ticket opens that page or takes that press."""
    method, path = door.replace("<token>", thief.token).split(" ", 1)
    return thief._looks(path) if method == "GET" else thief._presses(path, {"Idempotency-Key": fresh_key()})


def test_who_has_everything_in_one_hall_is_a_stranger_at_the_citys_office(
    city: RunningCity, boss: Person
) -> None:
    thief = asker_at(city, boss, "city")
    doors = [door for door in DOORS_OF_THE_CITY if " " in door]
    wrong = [d for d in doors if thief.is_let_in_by(d) is not bool((line_of(d) or ANYONE) & ANYONE)]
    assert wrong == []


def test_a_page_of_one_hall_presses_nothing_next_door(city: RunningCity, boss: Person) -> None:
    """One browser that is signed in at both; the neighbour's page would use that."""
    there = city.administrator(NEXT_DOOR, boss)
    for origin in (city.url(HOME), city.url("city"), "null"):
        with pytest.raises(Refused, match="not_allowed"):
            answer = there.send("/api/v1/sessions/end", {}, {"Idempotency-Key": "x", "Origin": origin})
            raise Refused(answer)
        cookies = {"Cookie": there.cookies()}
        with pytest.raises(InvalidStatus):
            joined(city.url(NEXT_DOOR), {"screen": "terminal", "window": "1"}, cookies, origin)


def test_no_address_of_a_hall_leads_into_the_neighbours_folder(city: RunningCity, boss: Person) -> None:
    stolen = {(city.data / NEXT_DOOR / name).read_bytes()[:16] for name in SECRETS}
    paths = [door.removeprefix("GET ") for door in ACCESS if door.startswith("GET ") and "<" in door]
    climbs = [
        f"{up * n}{NEXT_DOOR}%2f{name}" for up in ("..%2f", "%2e%2e/") for n in (1, 2, 3) for name in SECRETS
    ]
    wire = http.client.HTTPConnection(city.url(HOME).removeprefix("http://"), timeout=20)
    for path in paths:
        for climb in climbs:
            wire.request("GET", re.sub(r"<[^>]+>", climb, path), headers={"Cookie": boss.cookies()})
            answer = wire.getresponse()
            said = answer.read()
            assert answer.status < 500, path
            assert not [each for each in stolen if each in said], path
    wire.close()
    assert len(paths) > 40


def test_who_is_limited_to_some_halls_learns_of_no_other_and_opens_none(city: RunningCity) -> None:
    issued = city.administrator().post("/api/v1/staff/east/one_time_password")["one_time_password"]
    east = admitted(city.at(), "east", issued)
    assert sorted(halls_told(east)) == ["damaged", "dongcheng"]
    page = east.session.get(f"{east.url}/office?lang=en", timeout=20).text
    assert "Dongcheng District" in page and "New District" not in page and "takenport" not in page
    for other in ("takenport", "xinqu", "heyan", "nowhere"):
        with pytest.raises(Refused, match="not_found"):
            east.post(f"/api/v1/city/halls/{other}/open")
    assert east.post("/api/v1/city/halls/damaged/open") == {"hall": "damaged", "opened": False}
