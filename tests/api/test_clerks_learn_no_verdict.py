"""Two halls in which everything happens alike but the verdicts: a clerk can't tell one from the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from queueing.records import Event
from scoring.levels import LEVELS
from scoring.scores import Scores
from settings.schemes import load_scheme
from tests.api.browsers import Browser, Browsers
from tests.api.conftest import SCHEME
from tests.api.test_refused_ratings import Visit, rate
from tests.scene import Scene
from web.context import Built
from web.opening import open_web
from web.push import askers_of
from web.ticker import Ticker

Json = dict[str, Any]
GOOD, BAD = LEVELS[0], LEVELS[-1]
PATHS = {"window": "1", "area": "main", "service": "id-card", "staff": "li", "device": "x", "token": "x"}


class Day:
    """Visits at window 1 that are rated as said; None: not at all."""

    def __init__(self, folder: Path, verdicts: list[str | None]) -> None:
        scene = Scene(folder)
        scores = Scores(scene.hall, load_scheme(SCHEME))
        self.built = Built(
            scene.house, scene.clock, scene.store, scene.hall, scene.ratings, scores, folder,
            b"a secret for tests", "threading", 8000, "http://hall.test",
        )  # fmt: skip
        self.app: Flask = open_web(self.built)
        self.visit = Visit(self.app, self.built)
        self.clerk = self.visit.people.staff("li")
        for at, verdict in enumerate(verdicts):
            if at:
                self.visit.ticket = self.visit.finished()
            scene.clock.turn(seconds=5)
            if verdict is not None:
                reasons = ["202"] if verdict == BAD else []
                assert rate(self.visit.pad, self.visit, level=verdict, reasons=reasons).status_code == 200

    def close(self) -> None:
        self.built.store.close()

    def seen_over_http(self) -> Json:
        """Every look that the document has, as the clerk gets it."""
        document = self.clerk.get("/api/v1/openapi.json").get_json()
        looks = sorted(path for path, methods in document["paths"].items() if "get" in methods)
        wanted = [path for path in looks if not path.endswith("openapi.json")]
        answers = {path: self.clerk.get(path.format_map(_Any(PATHS))) for path in wanted}
        return {path: (answer.status_code, answer.get_json()) for path, answer in answers.items()}

    def seen_over_sockets(self) -> Json:
        """What the terminal and the public screens are shown, and every event that they may catch up on."""
        people = Browsers(self.app, self.built)
        seats: list[tuple[Browser, Json]] = [
            (self.clerk, {"screen": "terminal", "window": "1"}),
            (people.device("panel", "1"), {"screen": "panel", "window": "1"}),
            (people.device("board", "main"), {"screen": "board", "area": "main"}),
            (people.device("pad", "1"), {"screen": "pad", "window": "1"}),
        ]
        return {wish["screen"]: self._shown(browser, wish) for browser, wish in seats}

    def _shown(self, browser: Browser, wish: Json) -> Json:
        client = browser.client
        socket = self.built.sockets.test_client(
            self.app, flask_test_client=client, headers={"Host": "hall.test"}
        )
        joined = socket.emit("join", wish, callback=True)
        missed = socket.emit("catch_up", {"since": 0}, callback=True)
        socket.disconnect()
        assert joined["ok"] and missed["ok"], (wish, joined, missed)
        return {"snapshot": joined["snapshot"], "events": missed["events"]}


class _Any(dict[str, str]):
    """Variables of paths that aren't known yet."""

    def __missing__(self, name: str) -> str:
        return "x"


@contextmanager
def days(tmp_path: Path, *of: list[str | None]) -> Iterator[list[Day]]:
    with ExitStack() as opened:
        made = [Day(tmp_path / str(at), verdicts) for at, verdicts in enumerate(of)]
        for day in made:
            opened.callback(day.close)
        yield made


def told(day: Day, said: Any) -> str:
    """As text, in which random names have become the order of their first appearance in the log."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    random = dict.fromkeys(name for event in events(day) for name in (event.ticket, event.press) if name)
    for at, name in enumerate(random):
        text = text.replace(name, f"#{at}")
    return re.sub(r"(board|pad|panel)-(\w+)-\d+", r"\1-\2", text)


FIRST_FIVE: list[str | None] = [GOOD, GOOD, "satisfied", GOOD, BAD]


@pytest.mark.parametrize("look", [Day.seen_over_http, Day.seen_over_sockets], ids=["http", "sockets"])
def test_of_ratings_six_to_nine_a_clerk_sees_nothing(tmp_path: Path, look: Callable[[Day], Json]) -> None:
    with days(tmp_path, [*FIRST_FIVE, BAD, BAD, BAD, BAD], [*FIRST_FIVE, GOOD, GOOD, GOOD, GOOD]) as halls:
        bad, good = (told(day, look(day)) for day in halls)
        assert bad == good


def test_nor_whether_they_came(tmp_path: Path) -> None:
    own = "/api/v1/scores/mine"
    with days(tmp_path, [*FIRST_FIVE, BAD, BAD], [*FIRST_FIVE, None, None]) as halls:
        figures = [day.seen_over_http()[own] for day in halls]
        assert figures[0] == figures[1]
        assert figures[0][1]["n"] == 5
        rated, silent = (told(day, day.seen_over_sockets()["terminal"]["snapshot"]) for day in halls)
        assert rated == silent


def test_the_tenth_releases_the_second_batch(tmp_path: Path) -> None:
    with days(tmp_path, [*FIRST_FIVE] * 2, [*FIRST_FIVE, *[GOOD] * 5]) as halls:
        ten, better = (day.seen_over_http()["/api/v1/scores/mine"][1] for day in halls)
        assert (ten["n"], ten["positive"], better["positive"]) == (10, 0.8, 0.9)


def test_a_month_begins_with_a_batch_of_its_own_and_the_rest_is_never_released(tmp_path: Path) -> None:
    with days(tmp_path, [*FIRST_FIVE, BAD, BAD]) as (october,):
        october.built.clock.turn(minutes=24 * 60 * 30)  # type: ignore[attr-defined]
        october.built.hall.close_day()
        own = {period: october.clerk.get("/api/v1/scores/mine", period=period).get_json()["n"]
               for period in ("2026-10", "2026-11")}  # fmt: skip
        assert own == {"2026-10": 5, "2026-11": 0}


def test_the_stream_says_of_a_rating_neither_whose_nor_where_nor_what(tmp_path: Path) -> None:
    with days(tmp_path, [GOOD]) as (day,):
        rated = next(event for event in events(day) if event.action == "rate")
        for screen, shown in day.seen_over_sockets().items():
            heard = next(each for each in shown["events"] if each["seq"] == rated.seq)
            assert heard == {"seq": rated.seq, "at": rated.at, "action": "other"}, screen


def test_no_push_follows_a_rating_to_the_clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that came with it would tell whose it was, were they ever so unchanged."""
    with days(tmp_path, [GOOD]) as (day,):
        push = day.built.push
        told: list[tuple[str, Json, Any]] = []
        monkeypatch.setattr(push, "emit", lambda name, data, to: told.append((name, data, to)))
        monkeypatch.setattr(push, "present_staff", lambda: {"li"})
        rated = next(event for event in events(day) if event.action == "rate")
        push._send([rated])
        Ticker(day.built, day.built.sockets).redraw()
        rooms = {(name, str(to)) for name, _, to in told}
        assert ("rated", str([f"ticket:{rated.ticket}", "pad:1"])) in rooms
        assert not [to for _, to in rooms if to.startswith("staff:")]
        finished = next(event for event in events(day) if event.action == "finish")
        push._send([finished])
        Ticker(day.built, day.built.sockets).redraw()
        assert ("figures", "staff:li") in {(name, str(to)) for name, _, to in told}


def test_only_the_tickets_page_and_its_windows_pad_hear_that_it_was_rated(tmp_path: Path) -> None:
    with days(tmp_path, [GOOD]) as (day,):
        rated = next(event for event in events(day) if event.action == "rate")
        assert askers_of(rated) == [f"ticket:{rated.ticket}", "pad:1"]


def events(day: Day) -> list[Event]:
    return day.built.store.look(lambda desk: desk.events_after(0, 1000))
