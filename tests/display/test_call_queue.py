"""queue.js and memory.js: what an announcer shows while nobody speaks, and what it remembers to have said."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.display.screens import Screens

PLAY = """
async () => {
  const { CallQueue } = await import("/static/display/queue.js");
  const { Memory } = await import("/static/display/memory.js");
  window.open_page = () => { window.queue = new CallQueue((window) => window !== "99"); };
  window.open_memory = () => { window.memory = new Memory("main"); };
  window.ticket = (number, more = {}) => ({
    ticket: `t${number}`, number, window: "1", state: "called", calls: 1, called_at: `at ${number}`, ...more,
  });
  window.event = (action, number, more) => queue.take({ action, ticket: ticket(number, more) });
  window.call = (...numbers) => numbers.forEach((number) => event("call", number));
  window.shown = () => {
    const numbers = [];
    for (let call = queue.next(); call; call = queue.next()) numbers.push(call.number);
    return numbers;
  };
  localStorage.clear();
  open_page();
  open_memory();
}
"""


@pytest.fixture
def page(modules: str, screens: Screens) -> Page:
    page = screens.open(modules, wait=False)
    page.evaluate(PLAY)
    return page


def after(page: Page, script: str, then: str = "shown()") -> Any:
    return page.evaluate(f"() => {{ {script}; return {then}; }}")


def test_calls_are_shown_in_order_and_once(page: Page) -> None:
    assert after(page, "call(1, 2, 3)") == [1, 2, 3]
    assert after(page, "queue.see([ticket(1), ticket(2), ticket(3)])") == []


@pytest.mark.parametrize("state", ["serving", "no_show", "waiting", "abandoned", "finished", "held"])
def test_a_call_that_stands_no_longer_is_not_shown(page: Page, state: str) -> None:
    assert after(page, f"call(1, 2); event('move', 1, {{ state: '{state}' }})") == [2]
    assert after(page, f"call(3, 4); queue.see([ticket(3, {{ state: '{state}' }}), ticket(4)])") == [4]


def test_a_recall_is_shown_again_and_only_once_however_many_were_missed(page: Page) -> None:
    assert after(page, "call(1); shown(); call(2); event('recall', 1, { calls: 2 })") == [2, 1]
    assert after(page, "event('recall', 1, { calls: 3 }); event('recall', 1, { calls: 4 })") == [1]
    assert after(page, "queue.see([ticket(1, { calls: 5 }), ticket(2)])") == [1]


def test_a_recall_that_is_undone_is_not_shown_but_a_new_one_is(page: Page) -> None:
    assert after(page, "call(1); shown(); event('recall', 1, { calls: 2 }); event('undo', 1)") == []
    assert after(page, "event('recall', 1, { calls: 2 })") == [1]


def test_calls_of_other_windows_are_left_to_others(page: Page) -> None:
    assert after(page, "event('call', 1, { window: '99' }); queue.see([ticket(2, { window: '99' })])") == []


def test_what_is_being_spoken_is_not_shown_once_more(page: Page) -> None:
    assert after(page, "call(1, 2); queue.spoken('t1'); queue.spoken('t9')") == [2]


def test_what_was_said_is_remembered_over_a_restart_for_two_minutes(page: Page) -> None:
    assert after(page, "memory.add('1 en 1'); open_memory()", "memory.recent()") == ["1 en 1"]
    assert after(page, "const later = Date.now() + 120_001; Date.now = () => later", "memory.recent()") == []


def test_no_more_is_remembered_than_the_hall_takes(page: Page) -> None:
    many = "for (let n = 0; n < 60; n += 1) memory.add(`${n} en 1`)"
    kept = after(page, many, "memory.recent()")
    assert len(kept) == 40 and kept[-1] == "59 en 1"


@pytest.mark.parametrize("nonsense", ["nonsense", "{}", "[1, null]"])
def test_a_device_that_keeps_nothing_or_nonsense_remembers_while_it_runs(page: Page, nonsense: str) -> None:
    spoilt = f"localStorage.setItem('announced main', '{nonsense}'); open_memory()"
    assert after(page, spoilt, "memory.recent()") == []
    full = "Storage.prototype.setItem = () => { throw Error('full') }; memory.add('2 en 1')"
    assert after(page, full, "memory.recent()") == ["2 en 1"]
