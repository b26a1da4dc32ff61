"""What-ifs in the office: asked by a supervisor, played in another process, kept when they are done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.made_month import fill, weekdays
from outlook import twin as twin_file
from outlook.afterwards import Afterwards
from outlook.blueprint import TWIN
from outlook.past import drawn
from outlook.twin import Fault, Twin
from queueing.suggestions import Suggestion
from settings import load_house
from storage.desk import SqlDesk
from tests.api.browsers import Browser, Browsers
from tests.scene import SMALL, Scene
from web.building import built_of
from web.context import Built
from web.opening import open_web

FOUND = {
    "change": "window 2 opens 09:00", "kind": "opens", "window": "2", "services": ["id-card"], "before": 31.0,
    "after": 19.0, "saving": {"mean": 3.0, "low": 1.0, "high": 5.0}, "at": 540.0,
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """The hall after a week of visits, and the supervisor's browser."""

    scene: Scene
    built: Built
    twin: Twin
    browser: Browser

    def get(self, path: str, **query: Any) -> str:
        answer = self.browser.get(path, **query)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return str(answer.get_data(as_text=True))


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    fill(folder, load_house(SMALL), weekdays(date(2026, 10, 5), date(2026, 10, 9)), 60)
    scene = Scene(folder)
    built = built_of(scene.house, scene.clock, scene.store, "threading", lambda work: work(), folder, 8000)
    app = open_web(built)
    yield Opened(scene, built, app.extensions[TWIN], Browsers(app, built).staff("chen"))
    scene.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("outlook")) as found:
        yield found


def done(office: Opened) -> list[Suggestion]:
    return office.built.store.look(lambda desk: desk.suggestions(9))  # type: ignore[attr-defined, no-any-return]


def test_the_page_asks_with_fields(office: Opened) -> None:
    page = office.get("/office/outlook", lang="en")
    assert 'data-words="window {window} opens {from}-{to}"' in page
    assert "None has been done yet." in page


def test_a_day_to_come_is_played_in_another_process_and_told_with_a_chart(office: Opened) -> None:
    told = office.get("/office/outlook/answer", lang="en", day="2026-10-13", change="demand 1.5")
    assert "With the changes" in told
    assert "pygal-chart" in told
    assert 'class="ci"' in told
    assert "data-twin-fault" not in told


def test_a_change_that_changes_nothing_is_said(office: Opened) -> None:
    told = office.get("/office/outlook/answer", lang="en", day="2026-10-13", change="demand 1")
    assert "data-no-effect" in told and "These changes change nothing" in told


def test_a_past_day_is_played_again_with_those_who_came(office: Opened) -> None:
    told = office.get("/office/outlook/answer", lang="en", day="2026-10-08")
    assert "They waited" in told


def test_what_is_not_understood_is_said_in_the_readers_language(office: Opened) -> None:
    told = office.get("/office/outlook/answer", lang="zh_Hans", day="2026-10-13", change="windw 3")
    assert "看不懂“windw 3”" in told
    assert "data-twin-fault" in told
    closed = office.get("/office/outlook/answer", lang="en", day="2026-10-11")
    assert "No window is planned for that day." in closed


def test_the_twin_is_told_no_ground_and_no_person(office: Opened) -> None:
    office.scene.sit("1", "li")
    key = office.scene.take("id-card", "priority")
    told = drawn(office.built, {"what": "suggest", "day": "2026-10-12", "at": 540.0})
    assert [row[1] for row in told["here"]] == [key]
    assert told["ask"]["spare"] == [w.id for w in office.scene.house.windows if w.id != "1"]
    assert {row[0] for row in told["plan"]} >= {"2026-10-09", "2026-10-12"}


def test_only_one_question_at_a_time_and_a_missing_part_is_said(
    office: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"what": "whatif", "day": "2026-10-13", "changes": []}

    def nested(*words: str, patience: float, told: bytes) -> bytes:
        with pytest.raises(Fault, match="twin_busy"):
            office.twin.ask(asked)
        return json.dumps({"fault": {"code": "nothing_learned", "fields": {}}}).encode()

    monkeypatch.setattr(twin_file, "run_apart", nested)
    with pytest.raises(Fault, match="nothing_learned"):
        office.twin.ask(asked)
    monkeypatch.setattr(twin_file, "find_spec", lambda name: None)
    assert "part for calculating is missing" in office.get("/office/outlook", lang="en")
    assert "data-twin-fault" in office.get("/office/outlook/suggestion", lang="en")


def test_a_suggestion_that_is_done_is_kept_recorded_and_judged_the_next_day(office: Opened) -> None:
    known = office.twin.remember(FOUND)
    said = office.browser.post(f"/api/v1/outlook/suggestions/{known['key']}/take")
    assert said.status_code == 200
    [kept] = done(office)
    assert (kept.change, kept.before, kept.after, kept.judged_at) == (FOUND["change"], 31.0, 19.0, None)
    events = office.built.store.look(lambda desk: desk.events_after(said.get_json()["seq"] - 1, 1))
    assert events[0].action == "suggestion_taken"
    assert "Known tomorrow" in office.get("/office/outlook", lang="en")
    Afterwards(office.built, office.twin).judge("2026-10-12")
    assert done(office)[0].judged_at is None, "its day isn't over"
    told = Judged({"was": 10.0, "replayed": 9.0, "without": 12.0})
    Afterwards(office.built, told).judge("2026-10-13")  # type: ignore[arg-type]
    [judged] = done(office)
    assert (judged.was, judged.without, judged.saved) == (10.0, 13.0, 3.0)


class Judged:
    """A twin whose replay is known."""

    def __init__(self, told: dict[str, float]) -> None:
        self._told = told

    def ask(self, question: dict[str, Any]) -> dict[str, float]:
        return self._told


def test_a_suggestion_that_nobody_made_is_refused(office: Opened) -> None:
    said = office.browser.post("/api/v1/outlook/suggestions/nothing/take")
    assert (said.status_code, said.get_json()["code"]) == (404, "suggestion_gone")


def test_suggestions_come_back_from_the_rows_as_they_went_in(office: Opened) -> None:
    one = Suggestion(
        "k", "2026-10-01", "c", "helps", "1", ("a", "b"), 1, 2, 3, 4, 5, 6, "2026-10-01T00:00:00.000Z", "li"
    )

    def work(desk: Any) -> dict[str, int]:
        assert isinstance(desk, SqlDesk)
        desk.add_suggestion(one)
        return {}

    office.built.store.change(work, office.scene.by(role="hall", key="k"))
    assert done(office)[-1] == replace(one)
