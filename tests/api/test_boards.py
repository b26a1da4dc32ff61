"""Boards are composed by those who run the hall, told to screens at once, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.running import Json, Person, Refused, RunningHall, fresh_key, running_hall, wait_until

NOTICE = {"zh": "今日社保窗口早关", "en": "Pensions close early today"}


def chosen(**more: Any) -> Json:
    return {"composition": {"layout": "calls", "panels": [], "notices": [NOTICE]} | more}


def shown(person: Person, **query: str) -> Json:
    return person.get("/boards/shown", **query)


def test_a_board_shows_what_was_chosen_for_it_and_others_do_not(server: RunningHall) -> None:
    office = server.administrator()
    office.post("/api/v1/boards/area:main", chosen())
    here = server.somebody()
    main, upstairs, hall = shown(here, area="main", lang="en"), shown(here, area="upstairs"), shown(here)
    assert (main["layout"], main["notices"][-1]) == ("calls", NOTICE["en"])
    assert (upstairs["layout"], hall["layout"]) == ("beside", "beside")
    office.post("/api/v1/boards/area:main", {"composition": None})
    assert shown(here, area="main")["layout"] == "beside"


def test_the_whole_hall_s_choice_holds_for_areas_without_one_and_a_screen_s_own_comes_first(
    server: RunningHall,
) -> None:
    office, screen = server.administrator(), server.somebody()
    code = office.post("/api/v1/devices/codes", {"kind": "board", "place": "main"})["code"]
    device = screen.post("/api/v1/devices/pair", {"code": code})["device"]["device"]
    office.post("/api/v1/boards/hall", chosen())
    assert shown(screen, area="main")["layout"] == "calls"
    office.post(f"/api/v1/boards/device:{device}", chosen(layout="media"))
    assert shown(screen, area="main")["layout"] == "media"
    assert shown(server.somebody(), area="main")["layout"] == "calls"
    listed = {each["board"]: each["place"] for each in office.get("/api/v1/boards")["boards"]}
    assert listed == {
        "hall": None,
        "area:main": "main",
        "area:upstairs": "upstairs",
        f"device:{device}": "main",
    }
    for board in ("hall", f"device:{device}"):
        office.post(f"/api/v1/boards/{board}", {"composition": None})


def test_boards_hear_of_a_change_at_once_and_learn_of_it_when_they_come_back(server: RunningHall) -> None:
    screen = server.screen(screen="board")
    heard: list[Json] = []
    screen.client.on("board", heard.append)
    server.administrator().post("/api/v1/boards/hall", chosen(layout="media"))
    wait_until(lambda: heard, "the change")
    assert heard[0]["composed"] > screen.joined["snapshot"]["composed"]
    again = server.screen(screen="board").joined["snapshot"]["composed"]
    assert again == heard[0]["composed"] == shown(server.somebody())["composed"]
    server.administrator().post("/api/v1/boards/hall", {"composition": None})


def test_a_change_is_written_into_the_log_without_its_words(server: RunningHall) -> None:
    office = server.clerk("chen")
    office.post("/api/v1/boards/hall", chosen())
    noted = office.get("/api/v1/log", action="board")["entries"]
    assert "chen" in str(noted[0]["actor"]) and "early" not in str(noted)
    office.post("/api/v1/boards/hall", {"composition": None})


@pytest.mark.parametrize(
    ("board", "body", "code"),
    [
        ("area:cellar", chosen(), "unknown_board"),
        ("device:nothing", chosen(), "unknown_board"),
        ("hall", chosen(layout="marquee"), "bad_request"),
        ("hall", chosen(panels=["waiting"] * 4), "bad_request"),
        ("hall", chosen(notices=[NOTICE] * 13), "bad_request"),
        ("hall", chosen(notices=[{"zh": "很" * 121, "en": "long"}]), "bad_request"),
        ("hall", chosen(playlist=[{"media": "0123456789abcdef", "seconds": 10}]), "unknown_media"),
        ("hall", chosen(playlist=[{"media": "x", "seconds": 1}]), "bad_request"),
    ],
)
def test_what_makes_no_sense_is_refused(server: RunningHall, board: str, body: Json, code: str) -> None:
    with pytest.raises(Refused) as refused:
        server.administrator().post(f"/api/v1/boards/{board}", body)
    assert refused.value.code == code


def test_whoever_looked_at_an_older_state_is_told_and_loses_nothing(server: RunningHall) -> None:
    one, other = server.administrator(), server.clerk("chen")

    def state() -> Json:
        found: Json = next(b for b in one.get("/api/v1/boards")["boards"] if b["board"] == "area:main")
        return found

    seen, mine = state()["composed"], fresh_key()
    for _sent in range(2):
        one.post("/api/v1/boards/area:main", chosen() | {"seen": seen}, key=mine)
    with pytest.raises(Refused) as refused:
        other.post("/api/v1/boards/area:main", chosen(layout="media") | {"seen": seen})
    assert (refused.value.code, refused.value.response.status_code) == ("composed_meanwhile", 409)
    assert state()["composition"]["layout"] == "calls"
    other.post("/api/v1/boards/area:main", {"composition": None, "seen": state()["composed"]})
    assert state()["composition"] is None


def test_a_clerk_decides_nothing_about_boards(server: RunningHall) -> None:
    with pytest.raises(Refused) as refused:
        server.clerk("li").post("/api/v1/boards/hall", chosen())
    assert refused.value.code == "not_allowed"


def test_the_office_alone_may_frame_a_board_and_only_its_preview(server: RunningHall) -> None:
    session = server.administrator().session
    preview = session.get(f"{server.url}/boards/preview/main", timeout=20)
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    for path in ("/board/main", "/office", "/terminal", "/login"):
        headers = session.get(f"{server.url}{path}", timeout=20).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.administrator().post("/api/v1/boards/area:main", chosen(layout="media", look="light"))
    with running_hall(tmp_path / "data") as hall:
        found = shown(hall.somebody(), area="main")
    assert (found["layout"], found["look"]) == ("media", "light")


def test_a_board_knows_when_its_hall_is_open(server: RunningHall) -> None:
    found = shown(server.somebody(), area="main", lang="en")
    assert found["open"][0][0] < "2026-10-12T01:00" < found["open"][0][1] or found["open"][0][0].startswith(
        "2026-10-12T00:30"
    )
    assert found["timetables"][0][0]["times"]
