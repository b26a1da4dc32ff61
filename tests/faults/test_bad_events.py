"""Whatever is said over a socket: an answer in the hall's own form, nothing changed, and the hall goes on."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import WebSocketException

from queueing.records import Press
from tests.api.browsers import Browser, Browsers
from tests.api.conftest import app, built
from tests.api.wire import Wire, wire
from tests.running import RunningHall
from web.context import Built
from web.snapshots import PICTURES
from web.tokens import token_for

__all__ = ["app", "built"]

words = st.text(max_size=20) | st.sampled_from(
    ["1", "2", "99", "main", "upstairs", "", "x" * 3000, "\x00", "\ud800"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)
places = words | anything
joins = st.fixed_dictionaries(
    {"screen": st.sampled_from(sorted(PICTURES)) | places},
    optional={"window": places, "area": places, "token": places, "more": anything},
)
catches = st.fixed_dictionaries(
    {"since": st.integers(-(2**70), 2**70) | anything}, optional={"more": anything}
)
speaks = st.fixed_dictionaries(
    {
        "machine": words | anything,
        "able": st.sampled_from(["voice", "chime", "none"]) | anything,
        "said": st.lists(words | st.just("t1 1 2026-10-12T01:00:00.000Z"), max_size=30) | anything,
    },
    optional={"more": anything},
)
messages = anything | joins | catches | speaks
quickly = settings(
    max_examples=150, deadline=None, database=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class Listener:
    """One socket of one asker; a log of ours that speaks of a failure fails the test."""

    def __init__(self, built: Built, browser: Browser, auth: Any = None) -> None:
        self._built = built
        self.client = built.sockets.test_client(
            browser.client.application, auth=auth, flask_test_client=browser.client,
            headers={"Host": "hall.test", "X-Forwarded-For": "10.0.0.7"},
        )  # fmt: skip

    def ask(self, *event: Any) -> Any:
        return self.client.emit(*event, callback=True)


def moved(built: Built, seq: int) -> list[str]:
    """What was logged since, but that somebody looked."""
    events = built.store.look(lambda desk: desk.events_after(seq, 100))
    return [event.action for event in events if event.action != "looked"]


def seq_of(built: Built) -> int:
    return built.store.look(lambda desk: desk.seq())


@pytest.fixture
def askers(app: Flask, built: Built) -> list[Browser]:
    """Nobody, a clerk, a supervisor, a pad, a board; one ticket waits."""
    people = Browsers(app, built)
    built.hall.issue(service="id-card", by=Press("device:k", "kiosk"))
    return [
        people.stranger(), people.staff("li"), people.staff("chen"), people.device("pad", "1"),
        people.device("board", "main"),
    ]  # fmt: skip


@pytest.mark.parametrize("event", ["join", "catch_up", "speak"])
@pytest.mark.parametrize("who", range(5), ids=["nobody", "clerk", "supervisor", "pad", "board"])
def test_any_message_is_answered_in_the_halls_own_form(
    built: Built, askers: list[Browser], who: int, event: str, caplog: pytest.LogCaptureFixture
) -> None:
    listener, seq = Listener(built, askers[who]), seq_of(built)

    @quickly
    @given(said=messages, more=st.lists(anything, max_size=2))
    def tried(said: Any, more: list[Any]) -> None:
        answer = listener.ask(event, said, *more)
        assert isinstance(answer.get("ok"), bool), answer
        assert answer["ok"] or answer.get("problem", {"status": 404})["status"] < 500, (said, answer)

    with caplog.at_level(logging.ERROR):
        tried()
    assert not caplog.records
    assert moved(built, seq) == []
    assert listener.client.is_connected()


def test_an_altered_link_opens_no_phone_page(app: Flask, built: Built, askers: list[Browser]) -> None:
    with app.app_context():
        good = token_for(built.store.look(lambda desk: desk.in_states(("waiting",)))[0].key)
    listener = Listener(built, askers[0])
    assert listener.ask("join", {"screen": "phone", "token": good})["ok"]

    @quickly
    @given(at=st.integers(0, len(good) - 1), put=st.text(max_size=3), cut=st.integers(0, 3))
    def tried(at: int, put: str, cut: int) -> None:
        altered = good[:at] + put + good[at + cut :]
        answer = listener.ask("join", {"screen": "phone", "token": altered})
        assert answer["ok"] == (altered == good) or answer.get("problem", {}).get("code") == "unknown_ticket"

    tried()


@quickly
@given(auth=anything, event=words, said=messages)
def test_unknown_events_and_any_greeting_do_no_harm(auth: Any, event: str, said: Any) -> None:
    browser, built = CAST["browser"], CAST["built"]
    listener = Listener(built, browser, auth=auth if isinstance(auth, dict) else {"auth": auth})
    seq = seq_of(built)
    if event not in ("join", "catch_up", "speak", "connect", "disconnect"):
        listener.client.emit(event, said)
    assert listener.ask("join", {"screen": "start"})["ok"]
    assert moved(built, seq) == []
    listener.client.disconnect()


CAST: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _cast(askers: list[Browser], built: Built) -> None:
    CAST.update(browser=askers[0], built=built)


letters = st.sampled_from(
    [*list('0123456789[]{}",:-/ax\\\n'), "42", "421", "4", "40", "41", "43", "45", '["join",']
)
frames = st.lists(letters, max_size=30).map("".join) | st.binary(max_size=60) | st.text(max_size=40)


@settings(quickly, max_examples=40)
@given(said=st.lists(frames, min_size=1, max_size=4))
def test_any_frames_end_at_worst_their_own_connection(server: RunningHall, said: list[str | bytes]) -> None:
    with wire(server.somebody()) as socket:
        say_all(socket, said)
    with wire(server.somebody()) as socket:
        assert socket.ask("join", {"screen": "start"})["ok"]


def say_all(socket: Wire, said: list[str | bytes]) -> None:
    """As far as the server listens."""
    for each in said:
        try:
            socket.say(each)
        except (WebSocketException, UnicodeError, OSError):
            return
