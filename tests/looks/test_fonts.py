"""Letters on a machine without any: screens get the hall's own fonts, phones keep theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.running import ROOT, RunningHall

BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""
KEPT = """() => document.fonts.check(
    '1em "Noto Sans SC Variable"', document.getElementById("page-data").textContent)"""
LOADED = """() => document.fonts.status === "loaded"
    && [...document.fonts].some((font) => font.status === "loaded")"""


def files_of(language: str) -> set[str]:
    """The fonts of this machine that have what the language needs."""
    told = subprocess.run(
        ["fc-list", f":lang={language}", "file"], capture_output=True, text=True, check=True
    )
    return {line.rstrip(": ") for line in told.stdout.splitlines()}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium on a machine with one font, which knows no Chinese; without any it draws nothing."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "fonts").mkdir()
    shutil.copy(min(files_of("en") - files_of("zh")), folder / "fonts")
    (folder / "fonts.conf").write_text(BARE.format(folder=folder), "utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    with chromium(env=dict(env)) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def fonts_of(page: Page, selector: str) -> set[tuple[str, bool]]:
    """Which fonts the browser really drew an element with, and whether they came from the hall."""
    page.evaluate("document.fonts.ready")
    wire = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        wire.send(f"{domain}.enable")
    root: Any = wire.send("DOM.getDocument")["root"]["nodeId"]
    node: Any = wire.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    drawn: Any = wire.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in drawn}


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_chinese_is_drawn_where_no_font_has_it(page: Page, server: RunningHall, language: str) -> None:
    page.goto(f"{server.url}/kiosk?lang={language}")
    expect(page.locator(".office").first).to_be_visible()
    page.wait_for_function(LOADED)
    ((family, is_from_the_hall),) = fonts_of(page, ".office strong")
    assert "Noto Sans SC" in family and is_from_the_hall


def test_numbers_are_drawn_with_unmistakable_figures_of_one_width(page: Page, server: RunningHall) -> None:
    page.goto(f"{server.url}/slips-of-nothing")
    page.set_content(page.content().replace("<h1>", '<h1 class="number">O0I1</h1><h1>'))
    page.wait_for_function(LOADED)
    drawn = sorted(fonts_of(page, "h1.number"))
    assert [(family.split()[0], is_from_the_hall) for family, is_from_the_hall in drawn] == [
        ("Atkinson", True),  # the capitals O and I
        ("Noto", True),  # the figures 0 and 1
    ]
    page.evaluate("""() => { for (const figure of "0123456789") {
        const one = document.createElement("span");
        one.className = "number figure-of-test";
        one.textContent = figure.repeat(4);
        document.querySelector("main").append(one);
    } }""")
    widths = page.evaluate(
        "[...document.querySelectorAll('.figure-of-test')].map((one) => one.getBoundingClientRect().width)"
    )
    assert len(set(widths)) == 1 and widths[0] > 0


def test_a_kiosk_fetches_the_letters_of_all_it_may_say(page: Page, server: RunningHall) -> None:
    page.goto(f"{server.url}/kiosk?lang=zh_Hans")
    page.wait_for_function(KEPT)


def test_a_phone_is_sent_no_font(page: Page, server: RunningHall) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.url}{server.somebody().take()['link']}?lang=zh_Hans")
    expect(page.locator("[data-when=waiting]")).to_be_visible()
    assert [url for url in asked if "noto" in url or url.endswith((".woff2", "wght.css"))] == []


def test_every_piece_that_the_lists_name_is_there_with_its_licence() -> None:
    for folder in ("noto-sans-sc", "atkinson-hyperlegible-next"):
        kept = ROOT / "static" / "vendor" / folder
        listed = {part.partition(")")[0] for part in (kept / "wght.css").read_text("utf-8").split("url(")[1:]}
        assert listed and all((kept / Path(each)).is_file() for each in listed)
        assert "SIL Open Font License" in (kept / "LICENSE").read_text("utf-8")
