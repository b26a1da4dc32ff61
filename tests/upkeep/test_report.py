"""The report of the data and the log over the API: what is told, to whom, and what it makes of trouble."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queueing.hall import ITSELF
from queueing.log import Wanted
from storage.chain import Verdict
from storage.log import LONGEST_LOOK
from tests.running import Json, Person, Refused, RunningHall, running_hall, start, wait_until
from tests.scene import Scene
from upkeep.archive import Backup
from upkeep.care import Care
from upkeep.report import growth

DAY = 24 * 60.0
FAR_DAYS = ["day=0001-01-01", "day=9999-12-31", "day=253402300799", "day=1999-12-31"]


def levels(report: Json) -> dict[str, str]:
    return {each["code"]: each["level"] for each in report["findings"] if each["level"] != "hint"}


# -- what stands out ----------------------------------------------------------------------------


def test_a_hall_whose_backup_is_good_is_in_order(care: Care, scene: Scene) -> None:
    scene.take()
    care.back_up("timer")
    report = care.report()
    assert (report["status"], levels(report)) == ("good", {})
    assert report["checked"]["seq"] == 1
    assert report["backups"][0]["good"] is True


def test_a_hall_without_a_backup_says_so_once_it_should_have_one(care: Care, scene: Scene) -> None:
    scene.take()
    assert (care.report()["status"], levels(care.report())) == ("good", {})
    assert "no_backup" in {each["code"] for each in care.report()["findings"]}
    scene.clock.turn(minutes=27 * 60)
    assert (care.report()["status"], levels(care.report())) == ("bad", {"no_backup": "bad"})


def test_the_first_backup_alarms_nobody_while_it_is_being_read(
    care: Care, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Json] = []
    read = care._check

    def looked_at_meanwhile(file: Path) -> Verdict:
        seen.append(care.report())
        return read(file)

    monkeypatch.setattr(care, "_check", looked_at_meanwhile)
    scene.take()
    care.back_up("timer")
    assert [(each["backups"][0]["good"], levels(each)) for each in seen] == [(None, {})]


def test_a_hall_in_a_database_doesnt_lie_on_the_disk_of_its_backups(care: Care) -> None:
    assert "same_disk" in {each["code"] for each in care.report()["findings"]}
    care._in_file = False
    assert "same_disk" not in {each["code"] for each in care.report()["findings"]}


def test_a_backup_that_failed_is_said_until_one_succeeds(care: Care, scene: Scene, tmp_path: Path) -> None:
    scene.take()
    (care.archive.folder).write_text("no folder at all")
    assert care.back_up("timer") is None
    report = care.report()
    assert levels(report)["backup_failed"] == "bad"
    assert report["failure"]["reason"] == "failed"
    care.archive.folder.unlink()
    care.back_up("timer")
    assert care.report()["status"] == "good"


def test_a_backup_that_isnt_whole_is_bad(care: Care, scene: Scene) -> None:
    scene.take()
    scene.store.change(lambda desk: {"n": desk.db.run("UPDATE events SET actor = 'x'")}, ITSELF)
    care.back_up("timer")
    report = care.report()
    assert levels(report)["backup_bad"] == "bad"
    assert report["backups"][0]["problem"].startswith("changed 1")
    assert report["checked"] is None


def test_a_good_backup_of_long_ago_is_bad_when_something_happened_since(care: Care, scene: Scene) -> None:
    scene.take()
    care.back_up("timer")
    scene.clock.turn(minutes=2 * DAY)
    assert levels(care.report()) == {"backup_late": "bad"}


@pytest.mark.parametrize("action", ["clock_back", "unclean_stop"])
def test_what_happened_this_week_is_worth_a_look(care: Care, scene: Scene, action: str) -> None:
    scene.take()
    care.back_up("timer")
    for _ in range(2):
        scene.hall.note(action, ITSELF, seconds=60)
    report = care.report()
    assert (levels(report)[action], report[action]["times"]) == ("caution", 2)
    scene.clock.turn(minutes=8 * DAY)
    assert action not in levels(care.report())


def test_what_cant_be_saved_at_the_moment_comes_first(care: Care, scene: Scene) -> None:
    scene.take()
    scene.store._trouble.code = "disk_full"
    first = care.report()["findings"][0]
    assert (first["code"], first["level"], first["facts"]) == ("not_kept", "bad", {"reason": "disk_full"})


def test_the_pace_is_what_the_copies_grew_by_in_a_day() -> None:
    def copy(day: int, size: int) -> Backup:
        return Backup(Path("x"), f"2026-10-{day:02}T01:00:00.000Z", "night", size, True)

    assert growth([copy(12, 5_000_000), copy(10, 2_000_000), copy(2, 1_000_000)]) == 400_000
    assert growth([copy(12, 5_000_000)]) is None
    assert growth([]) is None


# -- the log, page by page ----------------------------------------------------------------------


def pages(scene: Scene, limit: int = 3, **wish: Any) -> list[list[int]]:
    found, before = [], 0
    while True:
        page = scene.store.look(lambda desk, at=before: desk.log_page(Wanted(before=at, **wish), limit))
        found.append([event.seq for event in page.events])
        before = page.before
        if not before:
            return found


def test_the_log_is_read_backwards_without_a_gap(scene: Scene) -> None:
    for _ in range(8):
        scene.take()
    assert pages(scene) == [[8, 7, 6], [5, 4, 3], [2, 1]]


def test_a_page_looks_at_a_bounded_stretch_only(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LONGEST_LOOK <= 20_000
    monkeypatch.setattr("storage.log.LONGEST_LOOK", 4)
    scene.sit("3", "wang")
    for _ in range(9):
        scene.take()
    assert pages(scene, action="sit") == [[], [], [1]]


@pytest.mark.parametrize(
    ("wish", "actions"),
    [
        ({"window": "1"}, {"sit", "call", "serve", "finish"}),
        ({"actor": "staff:wang"}, {"sit"}),
        ({"number": "A001"}, {"issue", "call", "serve", "finish"}),
        ({"number": "A00_"}, set()),
        ({"action": "issue", "number": "B001"}, {"issue"}),
        ({"since_at": "2026-10-12T01:05:00.000Z"}, {"finish"}),
        ({"until_at": "2026-10-12T01:00:00.000Z"}, set()),
    ],
)
def test_each_filter_finds_its_own(scene: Scene, wish: dict[str, str], actions: set[str]) -> None:
    scene.sit("1", "li")
    scene.sit("3", "wang")
    scene.take()
    scene.take("household")
    scene.serve_one("1", "li")
    page = scene.store.look(lambda desk: desk.log_page(Wanted(**wish), 100))
    assert {event.action for event in page.events} == actions


# -- over the API -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("data")) as opened:
        opened.somebody().take()
        yield opened


def refused(person: Person, path: str) -> str:
    with pytest.raises(Refused) as refusal:
        person.get(path) if path != "/api/v1/backups" else person.post(path)
    return refusal.value.code


def test_supervisors_read_clerks_and_strangers_dont(hall: RunningHall) -> None:
    for path in ("/api/v1/log", "/api/v1/upkeep"):
        assert hall.clerk("chen").get(path)
        assert refused(hall.clerk("li"), path) == "not_allowed"
        assert refused(hall.somebody(), path) == "not_signed_in"
    assert refused(hall.clerk("chen"), "/api/v1/backups") == "not_allowed"


def test_an_administrator_asks_and_the_backup_is_there_and_in_the_log(hall: RunningHall) -> None:
    admin = hall.administrator()
    key = "asked once"
    assert admin.post("/api/v1/backups", key=key) == admin.post("/api/v1/backups", key=key)

    def made() -> list[Json]:
        return [each for each in admin.get("/api/v1/upkeep")["backups"] if each["why"] == "asked"]

    wait_until(made, "a backup")
    wait_until(lambda: not admin.get("/api/v1/upkeep")["running"], "its end")
    assert [each["good"] for each in made()] == [True]
    asked = admin.get("/api/v1/log", action="backup_asked")["entries"]
    assert [(each["actor"]["name"]["en"], each["source"]) for each in asked] == [("Zhao Gang", "127.0.0.1")]
    noted = admin.get("/api/v1/log", action="backup")["entries"][0]
    assert (noted["actor"]["kind"], noted["facts"]["good"]) == ("hall", True)


def test_an_entry_tells_who_what_where_and_from_where(hall: RunningHall) -> None:
    li = hall.clerk("li")
    li.press("sit", "1")
    entry = hall.clerk("chen").get("/api/v1/log", window="1")["entries"][0]
    assert (entry["action"], entry["window"], entry["source"]) == ("sit", "1", "127.0.0.1")
    assert entry["actor"]["name"] == {"zh_Hans": "李敏", "zh_Hant": "李敏", "en": "Li Min"}
    given = hall.clerk("chen").get("/api/v1/log", number="a001")["entries"][0]
    assert (given["number"], given["service"]) == ("A001", "id-card")


def test_the_log_view_tells_no_single_rating(hall: RunningHall) -> None:
    li, citizen = hall.clerk("li"), hall.somebody()
    ticket = li.press("call_next", "1")["ticket"]["ticket"]
    li.press("serve", "1", ticket=ticket)
    li.press("finish", "1", ticket=ticket, outcome="done")
    citizen.post("/api/v1/windows/1/rating", {"ticket": ticket, "level": "satisfied"})
    chen = hall.clerk("chen")
    entry = chen.get("/api/v1/log", action="rate")["entries"][0]
    assert "satisfied" not in str(entry) and ticket not in str(entry)
    named = {name for name, value in entry.items() if value}
    assert named == {"seq", "at", "action", "actor"}
    assert {name for name, value in entry["actor"].items() if value} == {"id", "kind"}
    for asked in ({"number": "A001"}, {"window": "1"}):
        assert {each["action"] for each in chen.get("/api/v1/log", **asked)["entries"]} >= {"finish"}
        assert chen.get("/api/v1/log", action="rate", **asked)["entries"] == []


@pytest.mark.parametrize(
    "query", ["day=yesterday", *FAR_DAYS, "limit=0", "limit=1000", "before=-1", "wish=everything"]
)
def test_a_question_that_makes_no_sense_is_refused(hall: RunningHall, query: str) -> None:
    answer = hall.clerk("chen").session.get(f"{hall.url}/api/v1/log?{query}", timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")


def test_a_days_log_is_that_days(hall: RunningHall) -> None:
    chen = hall.clerk("chen")
    assert chen.get("/api/v1/log", day="2026-10-12")["entries"]
    assert chen.get("/api/v1/log", day="2026-10-11") == {"entries": [], "before": 0}


def test_a_hall_that_was_killed_says_so_at_its_next_start(tmp_path: Path) -> None:
    with running_hall(tmp_path) as opened:
        opened.somebody().take()
    process = start(tmp_path)
    wait_until(lambda: (tmp_path / "hall.running").exists(), "the start")
    assert process.stdout
    next(line for line in process.stdout if line.startswith("Press Ctrl+C"))
    process.kill()
    process.communicate(timeout=30)
    with running_hall(tmp_path):
        pass
    scene = Scene(tmp_path)
    assert [event.action for event in scene.events()].count("unclean_stop") == 1
    scene.close()
