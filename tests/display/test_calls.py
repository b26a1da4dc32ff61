"""calls.js: which calls a board shows, and how long."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.display.screens import Screens

PLAY = """
async () => {
  Object.assign(window, await import("/static/display/calls.js"));
  window.calls = new Calls((window) => window !== "99");
  window.clock = 0;
  window.mode = "hero";
  window.ticket = (number, more = {}) => ({
    ticket: `t${number}`, number, window: "1", service: "s", state: "called", calls: 1,
    called_at: new Date(clock).toISOString(), ...more,
  });
  window.event = (action, number, more) => calls.take({ action, ticket: ticket(number, more) });
  window.call = (...numbers) => numbers.forEach((number) => event("call", number));
  window.draw = () => {
    const { mode: now, shown } = arrange(calls.list, clock, 10_000, mode);
    mode = now;
    for (const one of shown) one.shown ??= clock;
    return shown.map((one) => one.number);
  };
  window.many = (first, count) => Array.from({ length: count }, (_, at) => first + at);
}
"""


@pytest.fixture
def board(modules: str, screens: Screens) -> Page:
    page = screens.open(modules, wait=False)
    page.evaluate(PLAY)
    return page


def drawn(board: Page, before: str = "") -> tuple[str, list[Any]]:
    """The mode and the numbers, newest first, after some script."""
    shown = board.evaluate(f"() => {{ {before}; return draw(); }}")
    return board.evaluate("mode"), shown


def test_a_few_calls_stand_beside_the_large_one(board: Page) -> None:
    assert drawn(board, "call(1, 2, 3)") == ("hero", [3, 2, 1])


def test_only_the_last_eleven_stay_when_they_are_old(board: Page) -> None:
    for first in range(1, 13):
        drawn(board, f"call({first}); clock += 11_000")
    assert drawn(board) == ("hero", list(range(12, 1, -1)))


def test_a_crowd_turns_the_board_and_every_call_stays_ten_seconds(board: Page) -> None:
    assert drawn(board, "call(...many(1, 20))") == ("two", list(range(20, 0, -1)))
    assert drawn(board, "clock = 9_900") == ("two", list(range(20, 0, -1)))
    assert drawn(board, "clock = 10_000") == ("hero", list(range(20, 9, -1)))


def test_a_greater_crowd_takes_three_columns_and_the_rest_comes_next(board: Page) -> None:
    assert drawn(board, "call(...many(1, 40))") == ("three", list(range(33, 0, -1)))
    mode, shown = drawn(board, "clock = 10_000")
    assert mode == "two"
    assert shown[:7] == list(range(40, 33, -1))


def test_the_board_turns_back_late_so_that_it_does_not_flutter(board: Page) -> None:
    drawn(board, "call(...many(1, 6))")
    drawn(board, "clock = 5_000; call(...many(7, 6))")
    assert drawn(board, "clock = 10_500")[0] == "two"
    assert drawn(board, "clock = 15_500")[0] == "hero"


def test_a_recall_is_new_again_and_stands_first(board: Page) -> None:
    assert drawn(board, "call(1, 2); event('recall', 1, { calls: 2 })")[1] == [1, 2]
    assert board.evaluate("calls.list.at(-1).again") is True


def test_calls_of_other_windows_are_not_taken(board: Page) -> None:
    assert board.evaluate("event('call', 1, { window: '99' })") is None
    assert drawn(board)[1] == []


@pytest.mark.parametrize("action", ["undo", "transfer", "abandon"])
def test_a_ticket_that_is_called_no_longer_leaves_the_board(board: Page, action: str) -> None:
    state = "abandoned" if action == "abandon" else "waiting"
    drawn(board, "call(1, 2)")
    assert drawn(board, f"event('{action}', 1, {{ state: '{state}', window: null }})")[1] == [2]


def test_a_finished_ticket_stays_as_a_recent_call_for_ten_minutes(board: Page) -> None:
    drawn(board, "call(1, 2); event('finish', 1, { state: 'finished' })")
    assert drawn(board, "calls.forget(9 * 60_000)")[1] == [2, 1]
    assert drawn(board, "calls.forget(11 * 60_000)")[1] == [2]


def test_an_undone_transfer_calls_it_again_in_its_old_place(board: Page) -> None:
    drawn(board, "call(1); clock = 1000; call(2); event('transfer', 1, { state: 'waiting', window: null })")
    again = "event('undo', 1, { called_at: new Date(0).toISOString() })"
    assert drawn(board, again)[1] == [2, 1]


def test_a_new_picture_takes_away_what_it_does_not_hold(board: Page) -> None:
    drawn(board, "call(1, 2, 3)")
    assert drawn(board, "calls.replace([ticket(2), ticket(4)], 0, 60_000)")[1] == [4, 2]


def test_old_calls_of_a_picture_are_no_news(board: Page) -> None:
    old = "calls.replace(many(1, 20).map((number) => ticket(number)), 61_000, 60_000)"
    assert drawn(board, old) == ("hero", list(range(20, 9, -1)))
