"""Parts of a city by themselves: whose a request is, one forecast for several halls, the file's keys."""

from __future__ import annotations

import json
import re
import threading
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from app import parser
from forecast.worker import Workers, answered
from queueing.city import CityInfo, CityPerson
from settings import HallFileError
from settings.city import load_city
from settings.records import hints_of
from tests.city.cities import EXAMPLE
from tests.people.conftest import built_of
from tests.running import ROOT
from tests.scene import Scene
from web.deployment import ByHost, Deployment
from web.forecaster import Ended, ForecastProcesses
from web.opening import open_web
from web.starting import CannotStart, house_of

SECTIONS: dict[str, Any] = {"[city]": CityInfo, "[[staff]]": CityPerson}


def app(name: str) -> Any:
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return [name.encode()]

    return answer


@pytest.mark.parametrize(
    ("proxies", "host", "passed_on", "to"),
    [
        (0, "a.org", "", b"a"),
        (0, "A.ORG.:8000", "", b"a"),
        (0, "b.org", "a.org", b"city"),
        (1, "inside", "a.org", b"a"),
        (1, "inside", "evil.org, a.org", b"a"),
        (1, "inside", "a.org, other.org", b"city"),
        (2, "inside", "a.org, other.org", b"a"),
        (2, "inside", "a.org", b"city"),
        (1, "a.org", "", b"a"),
        (0, "[2001:db8::5]:8000", "", b"six"),
        (0, "[2001:DB8::5]", "", b"six"),
        (0, "[2001:db8::6]", "", b"city"),
    ],
)
def test_a_request_goes_where_its_own_proxies_say(proxies: int, host: str, passed_on: str, to: bytes) -> None:
    door = ByHost(app("city"), proxies)
    door.add("a.org", app("a"))
    door.add("2001:db8::5", app("six"))
    environ = {"HTTP_HOST": host} | ({"HTTP_X_FORWARDED_HOST": passed_on} if passed_on else {})
    assert list(door(environ, None)) == [to]


def test_a_city_that_serves_no_hall_says_so_to_monitors(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    built = built_of(scene, tmp_path)
    built.city = Deployment(load_city(EXAMPLE / "city.toml"), EXAMPLE)
    asks = open_web(built).test_client()
    said = asks.get("/readyz")
    assert (said.status_code, said.json) == (503, {"status": "trouble", "trouble": "no_hall"})
    built.city.halls["night"] = built  # one that is closed at this hour would do
    assert asks.get("/readyz").json == {"status": "ready"}
    scene.close()


def begin(hall: str, minutes: float) -> str:
    told = {"zone": "Asia/Shanghai", "plays": 5, "services": {"id-card": minutes}}
    return json.dumps({"begin": told, "hall": hall})


def test_halls_that_share_a_process_learn_apart() -> None:
    workers = Workers()
    assert "begun" in answered(workers, begin("north", 5.0))
    assert "begun" in answered(workers, begin("south", 9.0))
    taken = {"takes": {"1": {"id-card": 0.0}}}
    assert "alike" in answered(workers, json.dumps(taken | {"hall": "north"}))
    assert workers._of["north"]._takes == {"1": {"id-card": 0.0}}
    assert workers._of["south"]._takes == {}
    assert "fault" in answered(workers, json.dumps(taken | {"hall": "west"}))


def test_halls_share_one_process_and_get_a_new_one_when_it_is_killed() -> None:
    shared = ForecastProcesses()
    north, south = shared.join("north"), shared.join("south")
    assert north is south
    assert "begun" in north.ask(begin("north", 5.0).encode() + b"\n")
    shared.leave(south, pytest.fail)
    assert north.spawned.poll() is None
    north.spawned.kill()
    with pytest.raises(Ended):
        north.ask(begin("north", 5.0).encode() + b"\n")
    again = shared.join("north")
    assert again is not north and "begun" in again.ask(begin("north", 5.0).encode() + b"\n")
    for process in (north, again):
        shared.leave(process, lambda seconds: None)
        assert process.spawned.poll() is not None


def test_halls_that_begin_at_the_same_moment_still_share_one() -> None:
    shared, found = ForecastProcesses(), list[Any]()
    halls = [threading.Thread(target=lambda n=n: found.append(shared.join(f"hall{n}"))) for n in range(8)]
    for hall in halls:
        hall.start()
    for hall in halls:
        hall.join()
    assert len({process.spawned.pid for process in found}) == 1 and len(found) == 8
    for process in found:
        shared.leave(process, lambda seconds: None)


def test_a_fault_of_one_hall_leaves_the_others_their_process() -> None:
    shared = ForecastProcesses()
    process = shared.join("north")
    with pytest.raises(Ended):
        process.ask(b'{"now": {}, "hall": "south"}\n')
    assert not process.is_over
    assert "begun" in process.ask(begin("north", 5.0).encode() + b"\n")
    shared.leave(process, lambda seconds: None)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("long_wait_minutes = 30.0", "long_wait_minutes = -1.0", "city.long_wait_minutes: -1 makes no sense"),
        ('role = "evaluator"', 'role = "boss"', "staff[2].role"),
        ('id = "review"', 'id = "citywatch"', "is also the id of staff[1]"),
        ("minutes_per_km", "minutes_per_mile", "minutes_per_mile: no such key. Did you mean"),
        ("port = 8000", 'host_names = ["http://x"]', "server.host_names[0]"),
    ],
)
def test_a_mistake_in_the_citys_file_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    file = tmp_path / "city.toml"
    text = (EXAMPLE / "city.toml").read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(HallFileError) as refused:
        load_city(file)
    assert says in str(refused.value) and re.search(r"city\.toml:\d+: ", str(refused.value))


def test_a_hall_alone_and_in_its_city_keeps_the_same_data() -> None:
    house = house_of(EXAMPLE / "xinqu.toml")
    assert house.server.data == "var/city-example/xinqu" and house.server.port == 8002
    assert house_of(EXAMPLE / "city.toml").server.data == "var/city-example/city"


def test_a_database_that_the_environment_names_keeps_the_city_and_all_its_halls(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HALL_DATABASE", "postgresql://hall@10.0.0.6/hall")
    for file in EXAMPLE.glob("*.toml"):
        assert house_of(file).server.database == "postgresql://hall@10.0.0.6/hall"


def test_commands_go_through_the_folder_or_ask_for_one_hall(capsys: pytest.CaptureFixture[str]) -> None:
    checking = parser().parse_args(["check-hall", "--hall", str(EXAMPLE)])
    with pytest.raises(SystemExit) as end:
        checking.do(checking)
    said = capsys.readouterr().out
    assert end.value.code == 0 and said.count("== ") == 4
    assert "(Yunchuan City Services): 3 halls, 3 staff of the city." in said and "0 windows" not in said
    scoring = parser().parse_args(["score", "--hall", str(EXAMPLE), "--window", "1"])
    with pytest.raises(CannotStart, match="Name one"):
        scoring.do(scoring)


def test_one_bad_file_fails_the_check_and_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in EXAMPLE.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (tmp_path / "heyan.toml").write_text("[hall]\n", "utf-8")
    checking = parser().parse_args(["check-hall", "--hall", str(tmp_path)])
    with pytest.raises(SystemExit) as end:
        checking.do(checking)
    said = capsys.readouterr()
    assert end.value.code == 2 and "heyan.toml:1" in said.err and "高新区" in said.out


def documented() -> list[tuple[str, ...]]:
    rows, section = [], ""
    for line in (ROOT / "docs" / "city.md").read_text("utf-8").splitlines():
        section = line.lstrip("# ") if line.startswith("#") else section
        if section in SECTIONS and line.startswith("| `"):
            rows.append((section, *(cell.strip().strip("`") for cell in line.strip("|").split(" | "))))
    return rows


def test_every_key_of_the_citys_file_is_documented_and_no_other() -> None:
    known = {(section, each.name) for section, record in SECTIONS.items() for each in fields(record)}
    assert {row[:2] for row in documented()} == known


@pytest.mark.parametrize("row", documented(), ids=lambda row: f"{row[0]}.{row[1]}")
def test_its_defaults_and_examples_are_true(row: tuple[str, ...]) -> None:
    section, key, _, default, _, example = row
    record = SECTIONS[section]
    field = next(each for each in fields(record) if each.name == key)
    if field.default is MISSING:
        assert default == "required"
    else:
        assert not is_dataclass(field.default)
        assert tomllib.loads(f"x = {default}")["x"] == json.loads(json.dumps(field.default))
    told = json.dumps(tomllib.loads(f"x = {example}")["x"])
    TypeAdapter(hints_of(record)[key]).validate_json(told, strict=True)
