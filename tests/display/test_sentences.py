"""sentences.js: by which of a device's voices a call is said."""

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
