"""What processes tell each other of their commits: each is pushed once, in order, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.records import Event, Json
from tests.scene import Scene
from web import keeping_up
from web.keeping_up import MOST_WAITING, KeepingUp
from web.seals import Seals
from web.shared_events import MOST, News, heard, told, told_together

TICKETS = 12
KEY, OTHER_KEY = b"the hall's key", b"another hall's key"
LONG = 1e9


@dataclass
class Log:
    """A hall's log, and how often it was read."""

    scene: Scene
    events: Sequence[Event]
    reads: list[int] = field(default_factory=list)

    def process(self, since: int = 0, away: bool = False) -> KeepingUp:
        """One that has pushed everything up to that event."""
        store, self.reads = self.scene.store, []

        def look(work: Callable[[Any], Any]) -> Any:
            self.reads.append(1)
            return store.look(work)

        built: Any = SimpleNamespace(
            store=SimpleNamespace(look=look), in_thread=lambda work: work(), hall=self.scene.hall,
            bus=SimpleNamespace(away=away),
        )  # fmt: skip
        made = KeepingUp(built)
        made.start(self.events[since - 1] if since else None)
        return made


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    folder: Path = tmp_path_factory.mktemp("log")
    scene = Scene(folder)
    scene.sit("1", "li")
    for _ in range(TICKETS):
        scene.take()
        scene.serve_one("1", "li")
    yield Log(scene, scene.store.look(lambda desk: desk.events_after(0, 500)))
    scene.store.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is waited for until a test says otherwise."""
    monkeypatch.setattr(keeping_up, "PATIENCE_SECONDS", LONG)


def pushed(process: KeepingUp) -> list[Event]:
    return [event for part in process.parts() for event in part]


def news(events: Sequence[Event], own: bool = False) -> News:
    """As it comes out of the other end: another process's through JSON."""
    if own:
        return News(events, events[-1].seq, own=True)
    return heard(json.loads(json.dumps(told(events, {}))))


def test_what_was_told_is_pushed_as_the_database_has_it_and_without_a_look(log: Log) -> None:
    process = log.process(since=3)
    for event in log.events[3:]:
        process.take(news([event]))
    assert pushed(process) == log.events[3:]
    assert not log.reads and process.patience() is None


def test_what_comes_too_early_waits_for_what_was_before(log: Log) -> None:
    process = log.process(since=1)
    process.take(news(log.events[2:4], own=True))
    assert not pushed(process) and process.patience()
    process.take(news(log.events[1:2]))
    assert pushed(process) == log.events[1:4]
    assert [process.is_own(event) for event in log.events[1:4]] == [False, True, True]
    assert not log.reads


def test_what_is_missing_for_too_long_is_read(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    process = log.process(since=1)
    process.take(news(log.events[5:6]))
    assert not pushed(process)
    monkeypatch.setattr(keeping_up, "PATIENCE_SECONDS", 0.0)
    assert pushed(process) == log.events[1:]
    assert len(log.reads) == 1, "what waited is known by then"


def test_while_nothing_can_be_told_nothing_is_waited_for(log: Log) -> None:
    process = log.process(since=1, away=True)
    process.take(news(log.events[5:6], own=True))
    assert pushed(process) == log.events[1:]


def test_an_event_of_another_past_is_read_instead(log: Log) -> None:
    """A database that was set back has gone on otherwise than what was told before."""
    process = log.process(since=1)
    process.take(news([replace(log.events[1], prev_hash="0" * 64, action="forged")]))
    assert not pushed(process)
    process._built.bus.away = True  # type: ignore[misc]
    assert pushed(process) == log.events[1:]


def test_too_much_that_waits_is_let_go_and_read(log: Log) -> None:
    process = log.process(since=1)
    far = [replace(log.events[-1], seq=10_000 + n) for n in range(MOST_WAITING + 1)]
    process.take(News(far, log.events[-1].seq))
    assert not process._waiting
    process._built.bus.away = True  # type: ignore[misc]
    assert pushed(process) == log.events[1:]


@given(st.data())
def test_whatever_is_lost_doubled_or_late_each_event_is_pushed_once_in_order(log: Log, data: Any) -> None:
    process = log.process(since=1)
    told_so_far: list[Event] = []
    parts = data.draw(st.lists(st.integers(1, len(log.events) - 1), max_size=12))
    for start in parts:
        part = log.events[start : start + data.draw(st.integers(1, 9))]
        process.take(news(part, own=data.draw(st.booleans())))
        process._built.bus.away = data.draw(st.booleans())  # type: ignore[misc]
        told_so_far += pushed(process)
    process._built.bus.away = True  # type: ignore[misc]
    process.take(News(seq=log.events[-1].seq))
    assert told_so_far + pushed(process) == log.events[1:]


def test_of_many_events_only_how_far_the_hall_has_come_is_told(log: Log) -> None:
    many = [replace(log.events[-1], seq=n) for n in range(1, MOST + 2)]
    assert heard(told(many, {})) == News(seq=MOST + 1)
    both = told_together(told(many[:60], {}), told(many[60:], {}))
    assert [row["seq"] for row in both["more"]["events"]] == [event.seq for event in many[-MOST:]]


def test_an_event_of_another_release_is_read_instead() -> None:
    row = {"seq": 7, "something": "new"}
    assert heard({"seq": 7, "more": {"events": [row], "views": {}}}) == News(seq=7)
    assert heard({"seq": 8, "more": None}) == News(seq=8)


def test_only_processes_of_the_hall_can_read_or_say_anything() -> None:
    one, two = Seals(KEY, "small"), Seals(KEY, "small")
    said: Json = {"news": [["reached", {"number": "A001"}]]}
    first, second = one.closed(said), one.closed(said)
    assert two.opened(first) == two.opened(second) == said
    assert first != second and b"A001" not in first
    assert one.opened(first) is None, "one's own is no news"
    assert Seals(OTHER_KEY, "small").opened(first) is None
    assert Seals(KEY, "other hall").opened(first) is None
    for at in (0, 20, 40, len(first) - 1):
        changed = bytearray(first)
        changed[at] ^= 1
        assert two.opened(bytes(changed)) is None
    assert two.opened(b"") is None and two.opened(first[:-1]) is None
