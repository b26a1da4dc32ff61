"""queue.js and memory.js: which calls an announcer still has to say, and which it said before."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.display.screens import Screens

PLAY = """
async () => {
  const { CallQueue } = await import("/static/display/queue.js");
  const { Memory } = await import("/static/display/memory.js");
  window.open_page = () => { window.queue = new CallQueue((window) => window !== "99", new Memory("main")); };
  window.ticket = (number, more = {}) => ({
    ticket: `t${number}`, number, window: "1", state: "called", calls: 1, called_at: `at ${number}`, ...more,
  });
  window.event = (action, number, more) => queue.take({ action, ticket: ticket(number, more) });
  window.call = (...numbers) => numbers.forEach((number) => event("call", number));
  window.work = (speaks, well) => {
    const numbers = [];
    for (let call = queue.next(speaks); call; call = queue.next(speaks)) {
      numbers.push(call.number);
      queue.finish(call, speaks && well);
      if (!well) break;
    }
    return numbers;
  };
  window.said = () => work(true, true);
  window.shown = () => work(false, true);
  localStorage.clear();
  open_page();
}
"""


@pytest.fixture
def page(modules: str, screens: Screens) -> Page:
    page = screens.open(modules, wait=False)
    page.evaluate(PLAY)
    return page


def after(page: Page, script: str, then: str = "said()") -> Any:
    return page.evaluate(f"() => {{ {script}; return {then}; }}")


def test_calls_are_said_in_order_and_once(page: Page) -> None:
    assert after(page, "call(1, 2, 3)") == [1, 2, 3]
    assert after(page, "queue.see([ticket(1), ticket(2), ticket(3)])") == []


def test_a_call_of_long_ago_is_said_as_long_as_it_stands(page: Page) -> None:
    old = "queue.see([ticket(1, { called_at: '2001-01-01' }), ticket(2, { state: 'serving' }), ticket(3)])"
    assert after(page, old) == [1, 3]


@pytest.mark.parametrize("state", ["serving", "no_show", "waiting", "abandoned", "finished", "held"])
def test_a_call_that_stands_no_longer_is_not_said(page: Page, state: str) -> None:
    assert after(page, f"call(1, 2); event('move', 1, {{ state: '{state}' }})") == [2]
    assert after(page, f"call(3, 4); queue.see([ticket(3, {{ state: '{state}' }}), ticket(4)])") == [4]


def test_a_recall_is_said_again_and_only_once_however_many_were_missed(page: Page) -> None:
    assert after(page, "call(1); said(); call(2); event('recall', 1, { calls: 2 })") == [2, 1]
    assert after(page, "event('recall', 1, { calls: 3 }); event('recall', 1, { calls: 4 })") == [1]
    assert after(page, "queue.see([ticket(1, { calls: 5 }), ticket(2)])") == [1]


def test_a_recall_that_is_undone_is_not_said_but_a_new_one_is(page: Page) -> None:
    assert after(page, "call(1); said(); event('recall', 1, { calls: 2 }); event('undo', 1)") == []
    assert after(page, "event('recall', 1, { calls: 2 })") == [1]
    assert after(page, "event('undo', 1); event('recall', 1, { calls: 2 })") == [1]


def test_a_step_back_into_called_says_nothing_twice(page: Page) -> None:
    assert after(page, "call(1); said(); event('serve', 1, { state: 'serving' }); event('undo', 1)") == []


def test_a_call_after_an_undone_call_is_said(page: Page) -> None:
    undone = (
        "call(1); said(); event('undo', 1, { state: 'waiting', window: null, calls: 0, called_at: null })"
    )
    assert after(page, undone + "; event('call', 1, { called_at: 'later' })") == [1]


def test_calls_of_other_windows_are_left_to_others(page: Page) -> None:
    assert after(page, "event('call', 1, { window: '99' }); queue.see([ticket(2, { window: '99' })])") == []


def test_a_page_that_is_opened_again_says_only_what_it_had_not_said(page: Page) -> None:
    assert after(page, "call(1, 2); said(); open_page(); queue.see([1, 2, 3].map((n) => ticket(n)))") == [3]


def test_a_call_that_was_broken_off_is_said_again(page: Page) -> None:
    assert after(page, "call(1)", "work(true, false)") == [1]
    assert after(page, "open_page(); queue.see([ticket(1)])") == [1]


def test_what_was_only_shown_is_said_when_it_may_be_said(page: Page) -> None:
    assert after(page, "call(1, 2)", "shown()") == [1, 2]
    assert after(page, "call(3); event('finish', 1, { state: 'finished' })") == [2, 3]


def test_what_stood_there_when_the_page_was_opened_is_not_shown_as_news(page: Page) -> None:
    assert after(page, "queue.see([ticket(1)]); queue.show(); call(2)", "shown()") == [2]


def test_a_device_that_keeps_nothing_or_nonsense_speaks_all_the_same(page: Page) -> None:
    assert after(page, "localStorage.setItem('said main', 'nonsense'); open_page(); call(1)") == [1]
    assert after(page, "Storage.prototype.setItem = () => { throw Error('full') }; call(2)") == [2]
