"""The short way in and Flask's way: whatever comes in, both answer, count and keep the same."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.doors.two_ways import ASKED, FAR, World, ask, cookie, grown, log_of
from web.logs import belongs_to


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[tuple[World, World]]:
    short, flask = World(tmp_path / "short", True), World(tmp_path / "flask", False)
    yield short, flask
    short.scene.store.close()
    flask.scene.store.close()


SHORT_WAY = (
    *("a number", "the same again, a lost answer", "another body", "with a charset", "a class with a ground"),
    *("a member twice", "shorter than what comes", "a key with spaces around", "the same without them"),
    *("a page of ours", "by a kiosk", "by a kiosk under an odd name", "by a supervisor", "sit", "next"),
    *("next again, the same press", "serve", "finish"),
)
"""What Flask never hears of."""


def alike(worlds: tuple[World, World], name: str, **given: Any) -> str:
    """Asks both; what both answer, and the status alone."""
    short, by_short = grown(lambda: worlds[0].told(ask(**given)))
    flask, by_flask = grown(lambda: worlds[1].told(ask(**given)))
    assert short == flask, name
    assert by_short == by_flask, name
    return short[0]


def test_both_ways_answer_the_same(worlds: tuple[World, World]) -> None:
    taken = []
    for name, given in ASKED:
        before = worlds[0].flask_calls
        alike(worlds, name, **given)
        taken += [name] if worlds[0].flask_calls == before else []
    assert tuple(taken) == SHORT_WAY
    assert log_of(worlds[0]) == log_of(worlds[1])


def test_a_closed_hall_a_mistake_of_ours_and_a_store_that_keeps_nothing(
    worlds: tuple[World, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    for world in worlds:
        world.scene.clock.turn(minutes=12 * 60)
    assert alike(worlds, "at night").startswith("409")
    for world in worlds:
        monkeypatch.setattr(world.scene.hall, "issue", lambda **given: 1 / 0)
    assert alike(worlds, "a mistake of ours").startswith("500")
    monkeypatch.undo()
    for world in worlds:
        world.scene.store.close()
    assert alike(worlds, "nothing is kept", HTTP_IDEMPOTENCY_KEY="another").startswith("503")


def test_a_refusal_is_found_once(worlds: tuple[World, World], monkeypatch: pytest.MonkeyPatch) -> None:
    hall, tried = worlds[0].scene.hall, []
    issue = hall.issue
    monkeypatch.setattr(hall, "issue", lambda **given: tried.append(1) or issue(**given))
    assert worlds[0].told(ask(body={"service": "moon"}))[0].startswith("404")
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("sender", "most"), [({"REMOTE_ADDR": FAR}, "of_strangers"), (cookie("kiosk"), "presses")]
)
def test_both_ways_count_into_one_minute(
    worlds: tuple[World, World], sender: dict[str, str], most: str
) -> None:
    """Three are let in, or refused for what they are; the fourth is one too many by either way."""
    built = [world.built for world in worlds]
    for each in built:
        each.house = replace(each.house, doors=replace(each.house.doors, **{most: 3}))
    said = []
    for n, more in enumerate(({}, {"QUERY_STRING": "lang=en"}, {}, {}, {"QUERY_STRING": "lang=en"})):
        said.append(alike_but_seconds(worlds, **sender, **more, HTTP_IDEMPOTENCY_KEY=f"k{n}"))
    assert [status[:3] == "429" for status in said] == [False, False, False, True, True]


def alike_but_seconds(worlds: tuple[World, World], **given: Any) -> str:
    """The second in which it was asked may have changed between the two."""
    told = []
    for world in worlds:
        status, headers, body = world.told(ask(**given))
        headers = {
            name: value for name, value in headers.items() if name not in ("Retry-After", "Content-Length")
        }
        told.append((status, headers, re.sub("[0-9]+", "", body)))
    assert told[0] == told[1]
    return told[0][0]


def test_behind_a_proxy_of_ones_own(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Its word counts: https, another host and address, and the name that it gave the request."""
    logging.getLogger("hall.presses").addFilter(named := partial(belongs_to, "small"))
    caplog.set_level(logging.INFO, "hall.presses")
    worlds = (
        World(tmp_path / "short", True, trusted_proxies=1),
        World(tmp_path / "flask", False, trusted_proxies=1),
    )
    browser = {
        "HTTP_X_FORWARDED_FOR": FAR,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_REQUEST_ID": "given-by-proxy",
    }
    secure = browser | {"HTTP_COOKIE": "__Host-device=word-of-kiosk", "HTTP_X_FORWARDED_HOST": "hall.example"}
    try:
        assert alike(worlds, "no cookie", **browser).startswith("401")
        assert alike(worlds, "a plain cookie", **browser, HTTP_COOKIE="device=word-of-kiosk").startswith(
            "401"
        )
        before = worlds[0].flask_calls
        assert alike(worlds, "a kiosk", **secure, HTTP_ORIGIN="https://hall.example").startswith("201")
        assert worlds[0].flask_calls == before
        _, headers, _ = worlds[0].told(ask(**secure))
        assert headers["X-Request-Id"] == "given-by-proxy" and "Strict-Transport-Security" in headers
        names = {getattr(each, "request", "") for each in caplog.records if each.message == "press"}
        assert names == {"given-by-proxy"}
    finally:
        logging.getLogger("hall.presses").removeFilter(named)
        for world in worlds:
            world.scene.store.close()


def test_flask_finds_the_body_of_what_was_refused(worlds: tuple[World, World]) -> None:
    read = []
    worlds[0].before_flask = lambda environ: read.append(environ["wsgi.input"].read())
    worlds[0].told(ask(body={"service": "moon"}))
    assert read == [b'{"service": "moon"}']


class Dripping(io.RawIOBase):
    """A body that ends in a broken line."""

    def read(self, size: int = -1) -> bytes:
        raise ConnectionResetError

    def readinto(self, buffer: Any) -> int:
        raise ConnectionResetError


def test_a_line_that_breaks_in_the_body(worlds: tuple[World, World]) -> None:
    told = [world.told(ask(**{"wsgi.input": Dripping()})) for world in worlds]
    assert told[0] == told[1] and told[0][0].startswith("400")
    assert log_of(worlds[0]) == []


def test_the_short_way_knows_all_that_flask_does_before_and_after(worlds: tuple[World, World]) -> None:
    """Whoever adds to these has to think of the short way, and then of this list."""
    app = worlds[0].app
    before = [getattr(each, "func", each).__module__ for each in app.before_request_funcs[None]]
    assert before == ["web.security", "web.words", "web.rates", "web.admission"]
    assert [each.__qualname__ for each in app.after_request_funcs[None]] == [
        *("with_headers", "keep_choice", "keep_nothing", "note_refusal", "squeeze", "name_request", "count"),
    ]
    assert len(app.before_request_funcs) == len(app.after_request_funcs) == 1
    assert not app.teardown_request_funcs and not app.url_value_preprocessors
