"""What the terminal's modules know and refuse, tried one by one: desk, undo, guard, keys, search."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

Json = dict[str, Any]
Steps = list[list[Any]]

WINDOW = {
    "window": "1", "state": "open", "clerk": {"id": "li"}, "pause_reason": None, "sign": None, "since": None,
    "ticket": None, "number": None, "service": None, "ticket_state": None,
}  # fmt: skip
RULES = {"classes": {"walk_in": {"head_start": 0, "rate": 1}}, "reluctance": {"id-card": 0}}
EMPTY = {
    "window": WINDOW, "ticket": None, "waiting": [], "held": [], "no_shows": [], "figures": {},
    "rules": RULES, "undo_until": None,
}  # fmt: skip
AT = "2026-10-12T01:00:00.000Z"

UNTIL = "2026-10-12T01:00:10.000Z"

DESK = """async ([snapshot, steps]) => {
    const { Desk } = await import("/static/window/desk.js");
    const desk = new Desk("1", "li", 10);
    desk.begin(snapshot, 10);
    for (const [how, ...what] of steps) desk[how](...what);
    return LOOK;
}"""


def ticket(key: str, state: str, **facts: Any) -> Json:
    place = {"window": "1" if state in ("called", "serving", "held") else None, "direct_window": None}
    times = {"joined_at": AT, "line_at": AT, "tie": 1, "calls": 1}
    plain = {"ticket": key, "number": key.upper(), "state": state, "service": "id-card"}
    return plain | {"ticket_class": "walk_in"} | times | place | facts


def at_window(key: str | None, state: str | None = None) -> Json:
    return WINDOW | {"ticket": key, "ticket_state": state}


def event(seq: int, action: str, moved: Json | None, view: Json | None, press: str = "p") -> list[Any]:
    told = {"seq": seq, "at": AT, "action": action, "press": press, "ticket": moved, "window": view}
    return ["hear", told]


def answer(seq: int, press: str, moved: Json | None, view: Json) -> list[Any]:
    given = {"ticket": moved, "window": view, "previous": None, "seq": seq, "undo_until": UNTIL}
    return ["answered", given, press]


def after(scripts: Page, steps: Steps, look: str) -> Any:
    """What a look at the desk gives after these steps."""
    return scripts.evaluate(DESK.replace("LOOK", look), [EMPTY, steps])


CALLED = answer(12, "call_next", ticket("a1", "called"), at_window("a1", "called"))
SERVED = event(13, "serve", ticket("a1", "serving"), at_window("a1", "serving"), "q")


@pytest.mark.parametrize("steps", [[CALLED, SERVED], [SERVED, CALLED]])
def test_an_answer_that_comes_after_newer_events_changes_nothing(scripts: Page, steps: Steps) -> None:
    assert after(scripts, steps, "desk.mode") == "serving"


def test_an_answer_outlives_a_snapshot_that_is_older_than_it(scripts: Page) -> None:
    steps = [CALLED, ["begin", EMPTY, 11]]
    assert after(scripts, steps, "[desk.mode, desk.current.number]") == ["called", "A1"]


def test_somebody_elses_tickets_stay_out_of_the_lists(scripts: Page) -> None:
    elsewhere = WINDOW | {"window": "2"}
    steps = [
        event(11, "issue", ticket("a1", "waiting"), None),
        event(12, "issue", ticket("a2", "waiting", service="pension"), None),
        event(13, "transfer", ticket("a3", "waiting", direct_window="2"), elsewhere),
        event(14, "transfer", ticket("a4", "waiting", service="pension", direct_window="1"), elsewhere),
        event(15, "hold", ticket("a5", "held", service="pension", window="2"), elsewhere),
    ]
    look = "[...desk.list('waiting'), ...desk.list('held')].map((ticket) => ticket.ticket)"
    assert after(scripts, steps, look) == ["a1", "a4"]


def test_an_undo_of_two_tickets_is_one_and_leaves_the_press_before_it(scripts: Page) -> None:
    steps = [
        event(11, "serve", ticket("a1", "serving"), at_window("a1", "serving"), "p1"),
        event(12, "finish", ticket("a1", "finished"), at_window("a2", "called"), "p2"),
        event(13, "call", ticket("a2", "called"), at_window("a2", "called"), "p2"),
        event(14, "undo", ticket("a2", "waiting"), at_window("a1", "serving"), "p3"),
        event(15, "undo", ticket("a1", "serving"), at_window("a1", "serving"), "p3"),
    ]
    look = "[desk.mode, desk.undoing.presses.map(p => p.steps.map(s => s.action))]"
    assert after(scripts, steps, look) == ["serving", [["serve"]]]


def test_what_the_citizen_does_ends_the_undo(scripts: Page) -> None:
    gone = event(13, "abandon", ticket("a1", "abandoned"), at_window(None))
    look = "[desk.mode, desk.undoing.at(0)]"
    assert after(scripts, [CALLED, gone], look) == ["idle", None]


def test_a_pause_is_nothing_to_undo(scripts: Page) -> None:
    paused = answer(13, "pause", None, WINDOW | {"state": "paused"})
    look = "desk.undoing.presses.map(p => p.steps.map(s => s.action))"
    assert after(scripts, [CALLED, paused], look) == [["call"]]


def test_the_guard_lets_one_press_through_and_rests_after_a_change(scripts: Page) -> None:
    tried = scripts.evaluate("""async () => {
        const { Guard, SETTLE_MS } = await import("/static/window/guard.js");
        let now = 1000;
        const guard = new Guard(() => {}, () => now);
        const done = [];
        guard.means("idle");
        const slow = guard.through(async () => { done.push("first"); await null; });
        guard.through(async () => done.push("while the first is under way"));
        await slow;
        guard.means("called");
        guard.through(async () => done.push("in the first moment"));
        now += SETTLE_MS;
        await guard.through(async () => done.push("after it"));
        return done;
    }""")
    assert tried == ["first", "after it"]


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        ({"key": "R"}, "recall"),
        ({"key": "+", "code": "NumpadAdd"}, "primary"),
        ({"key": "ArrowDown", "code": "Numpad2"}, "outcome_2"),
        ({"key": "？"}, "help"),
        ({"key": " "}, "primary"),
        ({"key": "r", "repeat": True}, None),
        ({"key": "r", "ctrlKey": True}, None),
        ({"key": "F5"}, None),
        ({"key": "r", "isComposing": True}, None),
    ],
)
def test_a_key_means_what_its_button_says(scripts: Page, pressed: Json, action: str | None) -> None:
    asked = """async (pressed) => {
        const { actionFor } = await import("/static/window/keys.js");
        return actionFor({ target: document.body, ...pressed });
    }"""
    assert scripts.evaluate(asked, pressed) == action


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", ["1", "21", "2"]), ("2", ["2", "21"]), ("gaj hj", ["1"]), ("户籍", ["1"]), ("nothing", [])],
)
def test_search_takes_numbers_names_and_first_letters(scripts: Page, typed: str, found: list[str]) -> None:
    items = [
        {"id": "1", "find": "1 公安局户籍 police gajhj"},
        {"id": "21", "find": "21 社保 social sb"},
        {"id": "2", "find": "2 税务 tax sw"},
    ]
    asked = """async ([items, typed]) => {
        const { matching } = await import("/static/window/searching.js");
        return matching(items, typed).map((item) => item.id);
    }"""
    assert scripts.evaluate(asked, [items, typed]) == found
