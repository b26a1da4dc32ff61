"""A case's progress, asked of a real case system over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import ThreadingHTTPServer

import pytest
import requests

from tests.guides.case_system import SECRET, CaseSystem, case_system
from tests.guides.halls import hall_file
from tests.running import RunningHall, running_hall, wait_until


@pytest.fixture(scope="module")
def cases() -> Iterator[ThreadingHTTPServer]:
    with case_system() as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cases: ThreadingHTTPServer) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("cases")
    (folder / "data").mkdir()
    (folder / "data" / "cases.key").write_bytes(SECRET + b"\n")
    url = f"http://127.0.0.1:{cases.server_address[1]}/cases"
    with running_hall(folder / "data", hall_file(folder, cases=url)) as hall:
        yield hall


def ask(server: RunningHall, number: str) -> requests.Response:
    return requests.get(f"{server.url}/api/v1/cases/{number}", timeout=20)


def test_a_signed_question_is_answered_with_what_is_understood(server: RunningHall) -> None:
    said = ask(server, "YH-2026-1").json()
    assert said == {
        "state": "deciding",
        "since": "2026-10-12",
        "due": "2026-10-20",
        "place": {"zh_Hans": "二楼 3 号窗口", "zh_Hant": "二樓 3 號窗口", "en": "Window 3 upstairs"},
    }


def test_the_page_tells_it_in_words(server: RunningHall) -> None:
    page = requests.get(f"{server.url}/progress?case=YH-2026-1&lang=en", timeout=20).text
    assert "Being decided" in page and "20 October 2026" in page and "Window 3 upstairs" in page
    assert "王小明" not in page


@pytest.mark.parametrize("number", ["YH-garbage", "YH-strange", "YH-endless", "YH-elsewhere"])
def test_what_cannot_be_read_is_no_answer(server: RunningHall, number: str) -> None:
    answer = ask(server, number)
    assert (answer.status_code, answer.json()["code"]) == (503, "cases_silent")


def test_an_unknown_case_is_said_to_be_unknown(server: RunningHall, cases: ThreadingHTTPServer) -> None:
    assert ask(server, "YH-0000").json()["code"] == "unknown_case"
    assert ask(server, "a%20b%3F..").json()["code"] == "unknown_case"
    assert "a b?.." not in cases.asked  # type: ignore[attr-defined]


def test_a_slow_system_holds_nobody_else_up(server: RunningHall, cases: ThreadingHTTPServer) -> None:
    with ThreadPoolExecutor(1) as somebody:
        slow = somebody.submit(ask, server, "YH-slow")
        wait_until(lambda: "YH-slow" in cases.asked, "the question")  # type: ignore[attr-defined]
        assert requests.get(f"{server.url}/healthz", timeout=20).json()["status"] == "ok"
        CaseSystem.held_back.set()
        assert slow.result().json()["code"] == "unknown_case", "it was still waiting"
    CaseSystem.held_back.clear()


def test_a_silent_system_is_given_up(server: RunningHall) -> None:
    assert ask(server, "YH-silent").json()["code"] == "cases_silent"
