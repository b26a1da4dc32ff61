"""sentences.js and queue.js: what the loudspeaker says, and what it leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PLAY = """
async () => {
  for (const name of ["sentences", "queue"]) {
    Object.assign(window, await import(`/static/display/${name}.js`));
  }
  window.queue = new CallQueue((window) => window !== "99");
  window.ticket = (number, more = {}) => ({
    ticket: `t${number}`, number, window: "1", state: "called", calls: 1, ...more,
  });
  window.event = (action, number, more, age = 0) => queue.take({ action, ticket: ticket(number, more) }, age);
  window.all = () => {
    const said = [];
    for (let one; (one = queue.next()); ) said.push(one.number);
    return said;
  };
}
"""


@pytest.fixture(scope="module")
def opened(modules: str, browser: Browser) -> Page:
    page = browser.new_page()
    page.goto(modules)
    return page


@pytest.fixture
def page(opened: Page) -> Page:
    opened.evaluate(PLAY)
    return opened


@pytest.mark.parametrize(
    ("language", "number", "window", "said"),
    [
        ("zh_Hans", "A005", "2", "请 A 零零五 号 到 2 号窗口"),
        ("zh_Hans", "AB110", "12", "请 A B 幺幺零 号 到 12 号窗口"),
        ("zh_Hans", "ZY021", "4", "请 Z Y 零二幺 号 到 4 号窗口"),
        ("en", "ZP007", "4", "Number Z P zero zero seven, please go to window 4."),
        ("zh_Hant", "C987", "151", "请 C 九八七 号 到 151 号窗口"),
        ("zh_Hans", "012", "3", "请 零幺二 号 到 3 号窗口"),
        ("en", "A005", "2", "Number A zero zero five, please go to window 2."),
    ],
)
def test_numbers_are_said_sign_by_sign(
    page: Page, language: str, number: str, window: str, said: str
) -> None:
    assert page.evaluate("given => sentence(...given)", [language, number, window]) == said


@pytest.mark.parametrize(
    ("language", "offered", "chosen"),
    [
        ("zh_Hans", ["en-US", "zh-HK", "zh-TW", "zh-CN"], "zh-CN"),
        ("zh_Hant", ["zh-CN", "zh_TW"], "zh_TW"),
        ("zh_Hans", ["cmn-CN"], "cmn-CN"),
        ("zh_Hans", ["zh-HK", "yue-HK", "en-US"], None),
        ("en", ["de-DE", "en-AU"], "en-AU"),
        ("en", [], None),
    ],
)
def test_a_voice_of_the_language_is_chosen_or_none(
    page: Page, language: str, offered: list[str], chosen: str | None
) -> None:
    found = page.evaluate(
        "([language, tags]) => voiceFor(language, tags.map((lang) => ({ lang })))?.lang ?? null",
        [language, offered],
    )
    assert found == chosen


def heard(page: Page, script: str) -> list[Any]:
    said: list[Any] = page.evaluate(f"() => {{ {script}; return all(); }}")
    return said


def test_calls_are_said_in_their_order(page: Page) -> None:
    assert heard(page, "event('call', 1); event('call', 2); event('call', 3)") == [1, 2, 3]


def test_an_undone_call_is_skipped(page: Page) -> None:
    undone = "event('undo', 1, { state: 'waiting', window: null })"
    assert heard(page, f"event('call', 1); event('call', 2); {undone}") == [2]


def test_a_recall_is_said_again(page: Page) -> None:
    assert heard(page, "event('call', 1); queue.next(); event('recall', 1, { calls: 2 })") == [1]


def test_a_recall_before_the_call_was_said_is_said_once(page: Page) -> None:
    assert heard(page, "event('call', 1); event('call', 2); event('recall', 1, { calls: 2 })") == [2, 1]


def test_what_is_older_than_a_minute_is_not_said(page: Page) -> None:
    assert heard(page, "event('call', 1, {}, 61_000); event('call', 2, {}, 59_000)") == [2]


def test_whoever_is_being_served_need_not_be_called(page: Page) -> None:
    assert heard(page, "event('call', 1); event('serve', 1, { state: 'serving' })") == []


def test_other_areas_are_not_said(page: Page) -> None:
    assert heard(page, "event('call', 1, { window: '99' })") == []


def test_after_lost_events_only_what_was_not_heard_is_said(page: Page) -> None:
    known = "event('call', 1); queue.next()"
    now = "[ticket(1), ticket(2), ticket(3, { state: 'serving' }), ticket(4)]"
    fill = f"queue.fill({now}, (one) => one.number === 4 ? 99_000 : 0)"
    assert heard(page, f"{known}; {fill}") == [2]
