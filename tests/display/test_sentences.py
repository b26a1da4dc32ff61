"""sentences.js: how a call is said, and by which voice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

PLAY = """
async () => {
  Object.assign(window, await import("/static/display/sentences.js"));
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
