"""What is worked out after a commit, and for whom: nothing for screens that aren't there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask

from queueing.errors import StorageFailed
from queueing.records import Event, Json, Press
from tests.api.browsers import Browsers
from web.context import Built
from web.feeds import heard_by, messages
from web.shared_events import News
from web.sharing import UpTo
from web.speaking import Speak, Speaker
from web.ticker import Ticker

CLERK = Press(actor="staff:li", role="clerk", clerk="li")
KIOSK = Press(actor="device:kiosk", role="kiosk")


@pytest.fixture
def looks(app: Flask, built: Built) -> list[Any]:
    """Every question to the database from now on."""
    asked: list[Any] = []
    look = built.store.look

    def counted(work: Callable[[Any], Any]) -> Any:
        asked.append(work)
        return look(work)

    built.store.look = counted  # type: ignore[method-assign]
    return asked


def called(built: Built, *languages: str) -> list[Event]:
    """So many take numbers, one is called and one recalled; what was committed."""
    for language in languages:
        built.hall.issue(service="id-card", language=language, by=KIOSK)
    built.hall.sit(window="1", by=CLERK)
    built.hall.call_next(window="1", by=CLERK)
    return events(built)


def events(built: Built) -> list[Event]:
    return built.store.look(lambda desk: desk.events_after(0, 500))


def pushed(built: Built, committed: Sequence[Event]) -> None:
    built.push._tell_all([News(committed, committed[-1].seq, own=True)])


class Board:
    """A paired board that has joined."""

    def __init__(self, app: Flask, built: Built, **wish: str) -> None:
        self._built = built
        self._client = built.sockets.test_client(
            app,
            flask_test_client=Browsers(app, built).device("board", "main").client,
            headers={"Host": "hall.test"},
        )
        self.joined: Json = self._client.emit("join", {"screen": "board", "area": "main"}, callback=True)
        assert self.joined["ok"]

    def heard(self, name: str) -> list[Json]:
        return [each["args"][0] for each in self._client.get_received() if each["name"] == name]

    def leave(self) -> None:
        self._client.disconnect()


def test_without_screens_nothing_is_looked_up_after_a_press(built: Built, looks: list[Any]) -> None:
    committed = called(built, "zh_Hans")
    looks.clear()
    pushed(built, committed)
    assert not looks
    assert built.push.fresh == committed, "what is redrawn and woken hears of it as ever"


def test_a_board_is_told_a_number_without_a_look_and_a_call_with_its_window(
    app: Flask, built: Built, looks: list[Any]
) -> None:
    board = Board(app, built)
    committed = called(built, "zh_Hans")
    looks.clear()
    pushed(built, committed[:1])
    assert committed[0].action == "issue" and not looks
    pushed(built, committed[1:])
    assert len(looks) == 1
    told = [message for said in board.heard("events") for message in said["events"]]
    drawn = built.store.look(lambda desk: messages(built.hall, desk, committed))
    assert told == heard_by("public", drawn)
    assert told[-1]["action"] == "call" and told[-1]["window"]["number"] == "A001"


def test_lines_that_no_screen_follows_are_worked_out_when_somebody_asks(
    app: Flask, built: Built, looks: list[Any]
) -> None:
    ticker = Ticker(built, built.sockets)
    ticker.redraw()
    before = built.push.lines.now()
    pushed(built, called(built, "en", "en"))
    looks.clear()
    ticker.redraw()
    assert not looks
    assert built.push.lines.now()[0]["waiting"] == before[0]["waiting"] + 1
    assert built.push.lines.now() is built.push.lines.now()
    assert len(looks) == 1


def test_a_screen_is_sent_the_lines_that_moved_since_it_came(app: Flask, built: Built) -> None:
    ticker = Ticker(built, built.sockets)
    ticker.redraw()
    built.hall.issue(service="id-card", by=KIOSK)
    pushed(built, events(built))
    ticker.redraw()
    board = Board(app, built)
    shown = {line["service"]: line for line in board.joined["snapshot"]["lines"]}
    assert shown["id-card"]["waiting"] == 1
    built.hall.issue(service="id-card", by=KIOSK)
    pushed(built, events(built)[1:])
    ticker.redraw()
    (sent,) = board.heard("lines")
    assert {line["service"]: line["waiting"] for line in sent["lines"]}["id-card"] == 2
    board.leave()


def test_a_holders_own_language_is_kept_when_calls_have_to_wait(app: Flask, built: Built) -> None:
    """No event bears it: it is asked for when it is needed."""
    committed = called(built, "en", "zh_Hans", "zh_Hant", "en", "zh_Hans", "zh_Hans")
    for _ in range(5):
        built.hall.mark_no_show(window="1", by=CLERK)
        built.hall.call_next(window="1", by=CLERK)
    calls = [event for event in events(built) if event.action == "call"]
    pushed(built, [*committed[:-1], *calls])  # as if all of them stood there at once
    speaker = Speaker("socket", "machine", "voice", "device", "announcer")
    built.push.loudspeakers.ask("main", speaker, Speak(machine="machine", able="voice", watch=0.0))
    order = built.push.loudspeakers.areas["main"].order
    known = {call.number: call.own for call in order._calls.values()}
    assert known == {
        "A001": "en", "A002": "zh_Hans", "A003": "zh_Hans",
        "A004": "en", "A005": "zh_Hans", "A006": "zh_Hans",
    }  # fmt: skip


def test_what_changes_while_lines_are_worked_out_makes_them_old_again(built: Built, looks: list[Any]) -> None:
    lines, counted = built.push.lines, built.store.look

    def changed_meanwhile(work: Callable[[Any], Any]) -> Any:
        lines.leave()
        return counted(work)

    for work_out in (lines.refresh, lines.now):
        built.store.look = changed_meanwhile  # type: ignore[method-assign]
        lines.leave()
        work_out()
        built.store.look, before = counted, len(looks)  # type: ignore[method-assign]
        lines.now()
        lines.now()
        assert len(looks) == before + 1


def test_lines_that_couldnt_be_worked_out_are_still_old(built: Built, looks: list[Any]) -> None:
    lines, counted = built.push.lines, built.store.look
    waiting = lines.now()[0]["waiting"]

    def away(work: Callable[[Any], Any]) -> Any:
        raise StorageFailed(reason="away")

    for work_out in (lines.now, lines.refresh):
        built.hall.issue(service="id-card", by=KIOSK)
        lines.leave()
        built.store.look = away  # type: ignore[method-assign]
        with pytest.raises(StorageFailed):
            work_out()
        built.store.look, waiting = counted, waiting + 1  # type: ignore[method-assign]
        assert lines.now()[0]["waiting"] == waiting


def test_an_area_that_comes_over_while_the_database_is_away_is_taken_over_later(
    app: Flask, built: Built
) -> None:
    """Else what another process has had said would be said again."""
    speakers, look = built.push.loudspeakers, built.store.look

    def away(work: Callable[[Any], Any]) -> Any:
        raise StorageFailed(reason="away")

    built.store.look = away  # type: ignore[method-assign]
    with pytest.raises(StorageFailed):
        speakers.agreed()
    built.store.look = look  # type: ignore[method-assign]
    speakers.agreed()
    assert all(isinstance(area.inherited, UpTo) for area in speakers.areas.values())
