"""A city on PostgreSQL and Redis, two processes behind deploy/nginx-city.conf, each hall by its own name."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.city.cities import EXAMPLE, FIRST, admitted
from tests.cluster import Cluster
from tests.many.stage import Process, Redis, Stage, news
from tests.many.test_nginx import FOR_A_CITY, Front, nginx
from tests.running import PATIENCE, Person, Refused, Screen, wait_until

CITY, HALLS = "city.example.org", ("dongcheng", "xinqu")
BROKEN = "heyan"
NAMES = {hall: f"{hall}.{CITY}" for hall in (*HALLS, BROKEN)} | {"city": CITY, "nobody": f"nobody.{CITY}"}


@contextmanager
def named() -> Iterator[None]:
    """The city's names lead to this machine, as its own name server would say."""
    ask = socket.getaddrinfo

    def found(host: Any, *more: Any, **wish: Any) -> Any:
        return ask("127.0.0.1" if str(host).endswith(CITY) else host, *more, **wish)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", found)
        yield


def files(folder: Path, database: str, queue: str) -> None:
    """The example's halls, each by its name alone; the third one's file has a mistake."""
    folder.mkdir()
    for hall in HALLS:
        text = (EXAMPLE / f"{hall}.toml").read_text("utf-8")
        (folder / f"{hall}.toml").write_text(
            re.sub(r"port = \d+", f'public_url = "https://{NAMES[hall]}"', text), "utf-8"
        )
    broken = (EXAMPLE / "heyan.toml").read_text("utf-8").replace("rate = 1.0", 'rate = "fast"', 1)
    (folder / f"{BROKEN}.toml").write_text(
        re.sub(r"port = \d+", f'public_url = "https://{NAMES[BROKEN]}"', broken), "utf-8"
    )
    keys = {"database": database, "queue": queue, "host": "127.0.0.1", "trusted_proxies": 1}
    said = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    text = (EXAMPLE / "city.toml").read_text("utf-8").replace('"dongcheng", "xinqu"', '"dongcheng"')
    text = text.replace("[server]\n", f'[server]\npublic_url = "https://{CITY}"\n{said}')
    (folder / "city.toml").write_text(text, "utf-8")


@dataclass
class City(Stage):
    """Two processes of all halls, and the first passwords of each hall's administrator."""

    front: Front = field(init=False, repr=False)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)

    def open_one(self) -> Process:
        process = super().open_one()
        self.words |= {hall: (name, word) for hall, name, word in FIRST.findall(process.said())}
        return process

    def at(self, hall: str, process: int) -> Person:
        return self.somebody(f"http://{NAMES[hall]}:{self.processes[process].port}")

    def boss(self, hall: str, process: int) -> Person:
        return admitted(self.at(hall, process), *self.words[hall])

    def board(self, hall: str, process: int) -> Screen:
        code = self.boss(hall, 0).post("/api/v1/devices/codes", {"kind": "board", "place": "main"})["code"]
        television = self.at(hall, process)
        television.post("/api/v1/devices/pair", {"code": code})
        self.screens.append(Screen(television, screen="board", area="main"))
        return self.screens[-1]

    def through_nginx(self, hall: str) -> str:
        return self.front.plain.replace("127.0.0.1", NAMES[hall])


@pytest.fixture(scope="module")
def city(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("cities")
    queue = Redis(folder)
    opened = City(folder / "halls", folder, queue)
    files(opened.hall, cluster.new_database(), queue.url)
    try:
        opened.open_one(), opened.open_one()
        with named(), nginx(folder, opened.processes, FOR_A_CITY) as opened.front:
            yield opened
    finally:
        opened.close()
    for n in range(len(opened.processes)):
        assert "Traceback" not in (folder / f"said-{n}.txt").read_text("utf-8")


def called(city: City, hall: str) -> tuple[str, int]:
    """Somebody takes a number and is called, at the first process: the ticket's number, the call's seq."""
    boss = city.boss(hall, 0)
    boss.press("sit", "1", take_over=True)
    number = boss.take("id-card" if hall == "xinqu" else "household")["ticket"]["number"]
    return number, boss.press("call_next", "1")["seq"]


def test_a_press_reaches_its_own_halls_boards_at_every_process_and_no_other_halls(city: City) -> None:
    boards = {(hall, process): city.board(hall, process) for hall in HALLS for process in (0, 1)}
    told = {}
    for hall in HALLS:
        number, seq = called(city, hall)
        told[hall] = number, seq
        for process in (0, 1):
            last = boards[hall, process].wait_for(seq)[-1]
            assert (last["action"], last["ticket"]["number"]) == ("call", number)
    for (hall, process), board in boards.items():
        seqs = [event["seq"] for event in news(board, told[hall][1])]
        assert seqs == list(range(board.joined["seq"] + 1, told[hall][1] + 1)), (hall, process)
        numbers = {event["ticket"]["number"] for event in board.events() if event.get("ticket")}
        assert numbers == {told[hall][0]}


def test_each_hall_tells_its_processes_by_a_channel_of_its_own(city: City) -> None:
    wait_until(lambda: city.redis.listeners() >= 2 * len(HALLS), "both processes to listen for each hall")


def test_who_signed_in_at_the_citys_office_is_known_at_both_processes_and_in_no_hall(city: City) -> None:
    boss = city.boss("city", 0)
    there = city.same_person(boss, f"http://{CITY}:{city.processes[1].port}")
    assert {hall["hall"] for hall in there.get("/api/v1/city")["halls"]} == {*HALLS, BROKEN}
    assert city.same_person(boss, city.through_nginx("dongcheng")).get("/api/v1/session") == {"staff": None}


def test_in_one_database_too_what_opens_one_hall_opens_no_other(city: City) -> None:
    """All halls' sessions, screens, tickets and keys lie in the same tables."""
    boss, thief = city.boss("dongcheng", 0), city.at("xinqu", 1)
    made = boss.post("/api/v1/devices/codes", {"kind": "kiosk", "place": None})
    with pytest.raises(Refused, match="code_wrong"):
        thief.post("/api/v1/devices/pair", {"code": made["code"]})
    boss.post("/api/v1/devices/pair", {"code": made["code"]})
    taken = boss.post("/api/v1/tickets", {"service": "household"}, key="the same in both")
    for kind in ("staff", "device"):
        token = next(each.value for each in boss.session.cookies if each.name == f"{kind}-dongcheng")
        thief.session.cookies.set(f"{kind}-xinqu", token)
    assert thief.get("/api/v1/session") == {"staff": None}
    for path in ("/kiosk", "/office", "/terminal"):
        assert thief.session.get(f"{thief.url}{path}", **PLAIN).status_code == 302
    assert thief.session.get(f"{thief.url}{taken['link']}", **PLAIN).status_code in (404, 410)
    own = city.boss("xinqu", 1).post("/api/v1/tickets", {"service": "id-card"}, key="the same in both")
    assert own["ticket"]["service"] == "id-card"


def test_nginx_leads_each_name_to_its_hall_and_every_other_to_the_citys_page(city: City) -> None:
    for hall in HALLS:
        assert asked(city, hall, "/api/v1/hall").json()["id"] == hall
    for name in ("city", "nobody"):
        assert asked(city, name, "/api/v1/hall").status_code == 404
        assert "What do you need?" in asked(city, name, "/?lang=en").text
    sent = requests.get(f"{city.front.old.replace('127.0.0.1', NAMES['xinqu'])}/kiosk", **PLAIN)
    assert (sent.status_code, sent.headers["Location"]) == (308, f"https://{NAMES['xinqu']}/kiosk")


MANY = 30
"""Browsers that all being sent to one process would be a wonder."""

PLAIN: dict[str, Any] = {"timeout": PATIENCE, "allow_redirects": False}


def asked(city: City, hall: str, path: str) -> requests.Response:
    return requests.get(city.through_nginx(hall) + path, **PLAIN)


def test_a_browser_stays_with_one_process_in_each_hall(city: City) -> None:
    """By its session's cookie, whose name ends with the hall's id."""
    for hall in HALLS:
        found = set[str]()
        for _ in range(MANY):
            person = city.same_person(city.boss(hall, 0), city.through_nginx(hall))
            there = {by(person) for _ in range(4)}
            assert len(there) == 1
            found |= there
            if len(found) == 2:
                break
        assert len(found) == 2, "all browsers here have one address: they differ by their cookies alone"


def by(person: Person) -> str:
    answer = person.session.get(f"{person.url}/api/v1/session", timeout=PATIENCE)
    assert answer.json()["staff"], "signed in"
    return answer.headers["X-Process"].rpartition(", ")[2]


def test_screens_come_in_through_nginx_by_websockets_only(city: City) -> None:
    refused = asked(city, "xinqu", "/socket.io/?EIO=4&transport=polling")
    assert refused.status_code == 400 and "X-Process" not in refused.headers
    boss = city.same_person(city.boss("xinqu", 0), city.through_nginx("xinqu"))
    screen = Screen(boss, screen="terminal", window="1")
    city.screens.append(screen)
    assert screen.joined["ok"]


def test_both_processes_are_ready_and_well_and_count_every_hall(city: City) -> None:
    for n, process in enumerate(city.processes):
        wait_until(lambda n=n: health(city, n).get("trouble") in WELL, "both to hear Redis")
        assert requests.get(f"{process.url}/readyz", **PLAIN).json() == {"status": "ready"}
        counted = requests.get(f"{process.url}/metrics", **PLAIN).text
        assert set(HALLS) <= set(re.findall(r'hall_last_event{hall="(\w+)"}', counted))


def test_a_mended_hall_that_is_opened_at_one_process_opens_at_both(city: City) -> None:
    boss, file = city.boss("city", 0), city.hall / f"{BROKEN}.toml"
    assert all(not serves(city, n, BROKEN) for n in (0, 1))
    file.write_text(file.read_text("utf-8").replace('rate = "fast"', "rate = 1.0"), "utf-8")
    assert boss.post(f"/api/v1/city/halls/{BROKEN}/open") == {"hall": BROKEN, "opened": True}
    assert serves(city, 0, BROKEN)
    wait_until(lambda: serves(city, 1, BROKEN), "the hall at the other process")
    here, there = city.boss("city", 0), city.boss("city", 1)
    for person in (here, there):
        wait_until(lambda who=person: standing(who, BROKEN) == ("open", []), "the office to say so")


def serves(city: City, process: int, hall: str) -> bool:
    """Whether that name leads to a hall there, and not to the city's page."""
    headers = {"Host": NAMES[hall]}
    answer = requests.get(f"{city.processes[process].url}/api/v1/hall", headers=headers, **PLAIN)
    return answer.status_code == 200 and answer.json()["id"] == hall


def standing(person: Person, hall: str) -> tuple[str, list[str]]:
    """What the city's office says of it: its state, and whether it is missing somewhere."""
    told = next(each for each in person.get("/api/v1/city")["halls"] if each["hall"] == hall)
    return told["state"], [each["code"] for each in told["troubles"] if each["code"] in ("shut", "in_part")]


WELL = (None, f"hall_shut {BROKEN}")
"""With or without the hall that one of the tests mends."""


def health(city: City, process: int) -> Any:
    return requests.get(f"{city.processes[process].url}/healthz", **PLAIN).json()
