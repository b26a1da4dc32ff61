"""Files go over the wire squeezed, and are the same afterwards."""

from __future__ import annotations

import pytest
import requests

from tests.running import ROOT, RunningHall

SCRIPT = "phone/phone.js"


def fetched(hall: RunningHall, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{hall.url}{path}", headers=headers, timeout=10)


def test_a_script_is_squeezed_for_who_can_unpack_it(server: RunningHall) -> None:
    plain = fetched(server, f"/static/{SCRIPT}", **{"Accept-Encoding": "identity"})
    small = fetched(server, f"/static/{SCRIPT}", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers and small.headers["Content-Encoding"] == "gzip"
    assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert small.content == plain.content == (ROOT / "static" / SCRIPT).read_bytes()
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]


def test_what_the_browser_has_already_is_not_sent_again(server: RunningHall) -> None:
    first = fetched(server, f"/static/{SCRIPT}", **{"Accept-Encoding": "gzip"})
    again = fetched(
        server, f"/static/{SCRIPT}", **{"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/kiosk", "/board/main", "/panel/1", "/services", "/services/id-card"])
def test_pages_that_are_the_same_for_everybody_are_squeezed(server: RunningHall, path: str) -> None:
    plain = fetched(server, path, **{"Accept-Encoding": "identity"})
    small = fetched(server, path, **{"Accept-Encoding": "gzip"})
    boss = server.administrator().session.get(f"{server.url}{path}", timeout=10)
    assert small.content == plain.content == boss.content, "nothing in it is about who asks"
    assert small.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("asked", ["?q=guess", "?lang=en&q=guess", "?sound=off"])
def test_a_page_asked_with_words_of_ones_own_is_not_squeezed(server: RunningHall, asked: str) -> None:
    """Whatever can be put into an address and might come back."""
    for path in ("/services", "/board/main"):
        answer = fetched(server, path + asked, **{"Accept-Encoding": "gzip"})
        assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/login", "/", "/people", "/complain", "/api/v1/hall", "/t/nobody.1.x"])
def test_pages_and_answers_stay_as_they_are(server: RunningHall, path: str) -> None:
    """The length of a squeezed page could tell what is in it."""
    assert "Content-Encoding" not in fetched(server, path, **{"Accept-Encoding": "gzip"}).headers
