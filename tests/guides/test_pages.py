"""What everybody may read without a ticket, as the server sends it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import requests

from guides.waits import wait_words
from tests.guides.halls import FORM, PDF, hall_file
from tests.running import RunningHall, running_hall, wait_until

PASSED_ON = {"X-Forwarded-For": "192.0.2.7"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("guides")
    with running_hall(folder / "data", hall_file(folder, lookups=20)) as hall:
        yield hall


def page(server: RunningHall, path: str, language: str = "en") -> str:
    answer = requests.get(
        f"{server.url}{path}", headers={"Accept-Language": language, **PASSED_ON}, timeout=20
    )
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


def test_the_catalogue_leads_to_every_department(server: RunningHall) -> None:
    said = page(server, "/services?lang=en")
    assert "Police Bureau" in said and "/services?department=social" in said
    listed = page(server, "/services?department=social&lang=en")
    assert "Pension claim" in listed and "Resident ID card" not in listed


@pytest.mark.parametrize("typed", ["jzz", "居住证", "居住證", "RESIDENCE per", "juzhu"])
def test_a_service_is_found_in_any_spelling(server: RunningHall, typed: str) -> None:
    said = page(server, f"/services?q={typed}&lang=en")
    assert "1 found" in said and '"/services/residence-permit"' in said
    assert '"/services/pension"' not in said


def test_what_is_typed_comes_back_as_text_only(server: RunningHall) -> None:
    answer = requests.get(f"{server.url}/services", params={"q": '"><script>x'}, timeout=20)
    assert "<script>x" not in answer.text


def test_a_guide_tells_everything_once(server: RunningHall) -> None:
    said = page(server, "/services/residence-permit?lang=en")
    told = (
        *("Living in this town", "Handed in", "original + 2 copies", "Only: if another comes", "Signed"),
        *("Promised within 15 working days", "by law 30 working days", "0794-110", "Free", "Window 1"),
        *("Regulations on Residence Permits", f"/papers/{FORM}", f"/papers/{PDF}"),
    )
    assert [words for words in told if words not in said] == []
    assert "<form" not in said.split('<section class="checklist"')[1], "ticks are never sent"


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_Hans", "原件 + 复印件 2 份"), ("zh_Hant", "原件 + 複印件 2 份"), ("en", "original + 2 copies")],
)
def test_a_guide_speaks_three_languages(server: RunningHall, language: str, words: str) -> None:
    assert words in page(server, f"/services/residence-permit?lang={language}")


def test_an_unknown_service_has_no_page_and_no_code(server: RunningHall) -> None:
    for path in (
        "/services/nothing",
        "/services/nothing/qr.svg",
        "/papers/docs/img/kiosk.png",
        "/papers/../app.py",
    ):
        assert requests.get(f"{server.url}{path}", timeout=20).status_code == 404, path
    assert requests.get(f"{server.url}/services/pension/qr.svg", timeout=20).text.startswith("<svg")


def test_papers_are_what_their_bytes_say(server: RunningHall) -> None:
    picture = requests.get(f"{server.url}/papers/{FORM}", timeout=20)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    paper = requests.get(f"{server.url}/papers/{PDF}", timeout=20)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.headers["Content-Disposition"].startswith("attachment")


def test_who_sits_there_is_shown_as_the_file_says_and_no_longer_when_gone(server: RunningHall) -> None:
    assert "Nobody sits at a window" in page(server, "/people?lang=en")
    li = server.clerk("li")
    li.press("sit", "1")
    said = page(server, "/people?lang=en")
    assert all(words in said for words in ("P-017", "Party member", f"/papers/{FORM}", "Taken at once."))
    people = server.somebody().get("/api/v1/people")["windows"]
    assert [each["window"] for each in people if each["person"]] == ["1"]
    assert set(people[0]["person"]) == {"name", "post", "number", "badges", "promise", "photo"}
    li.press("leave", "1")
    assert "P-017" not in page(server, "/people?lang=en")


def test_a_number_is_told_as_the_board_tells_it(server: RunningHall) -> None:
    kiosk, wang = server.somebody(), server.clerk("wang")
    first = kiosk.take("pension")["ticket"]["number"]
    second = kiosk.take("pension", ticket_class="priority", ground=0)["ticket"]["number"]

    def told(number: str) -> dict[str, object]:
        return kiosk.get(f"/api/v1/progress/{number}")

    assert set(told(second)) == {"number", "service", "state", "window", "ahead"}
    assert {told(first)["ahead"], told(second)["ahead"]} == {0, 1}
    wang.press("sit", "3")
    called = wang.press("call_next", "3")["ticket"]["number"]
    assert told(called.lower().replace("00", ""))["window"] == "3"
    assert "please go to window 3" in page(server, f"/progress?number={called}&lang=en")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in called)
    assert "please go to window 3" in page(server, f"/progress?number={wide}&lang=en")
    wang.press("serve", "3")
    assert told(called)["state"] == "serving"
    wang.press("finish", "3", outcome="done")
    over = {"state": "finished", "window": None, "ahead": None}
    assert told(called) == {"number": called, "service": "pension"} | over
    wang.press("leave", "3")


def test_a_number_that_nobody_has_is_said_kindly(server: RunningHall) -> None:
    answer = requests.get(f"{server.url}/progress?number=Z999&lang=en", timeout=20)
    assert answer.status_code == 404
    assert "No ticket of today has the number Z999" in answer.text


def test_cases_are_not_offered_where_no_system_is_asked(server: RunningHall) -> None:
    assert "A case" not in page(server, "/progress?lang=en")
    assert requests.get(f"{server.url}/api/v1/cases/YH-1234", timeout=20).json()["code"] == "cases_not_asked"


def test_strangers_look_up_only_so_often(server: RunningHall) -> None:
    stranger = requests.Session()
    path = f"{server.url}/api/v1/progress/Z998"
    statuses = [stranger.get(path, headers=PASSED_ON, timeout=20).status_code for _ in range(25)]
    assert statuses[-1] == 429 and 404 in statuses
    assert requests.get(path, timeout=20).status_code == 404, "the hall's own kiosk isn't counted with them"


def test_every_common_file_of_yihuang_is_sent(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", Path("config.toml")) as hall:
        said = requests.get(f"{hall.url}/services/deed-tax?lang=zh_Hans", timeout=20).text
        assert "halls/yihuang/forms/deed-tax-return.png" in said
        assert "《中华人民共和国契税法》" in said


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2, 4, "less than 5 minutes"),
        (25, 68, "about 25 to 70 minutes"),
        (30, 30, "about 30 minutes"),
        (61, 88, "about 1 to 1.5 hours"),
    ],
)
def test_a_wait_is_told_as_the_screens_tell_it(low: int, high: int, words: str) -> None:
    assert wait_words(low, high) == f"Wait: {words}"


def test_where_nobody_waits_but_the_windows_are_busy_only_the_wait_is_told(server: RunningHall) -> None:
    li = server.clerk("li")
    li.press("sit", "1")
    for _ in range(2):
        li.take("id-card")
    li.press("call_next", "1")
    wait_until(lambda: "Wait: " in page(server, "/services/household?lang=en"), "the wait")
    assert "Nobody waiting" not in page(server, "/services/household?lang=en")
