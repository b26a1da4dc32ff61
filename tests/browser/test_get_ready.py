"""The board's *get ready* line in a real browser, with a real forecast: readable, out of the calls' way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.phone.visitors import Visitors, chromium
from tests.running import SMALL, RunningHall, running_hall, wait_until

BOARD = {"width": 1920, "height": 1080}
CONTRAST = """(line) => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(line);
  const [one, two] = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
  return (one + 0.05) / (two + 0.05);
}"""
"""WCAG 2.2, contrast ratio of text on its ground."""
LEAST_CONTRAST = 7.0


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("ready")
    file = folder / "ready.toml"
    text = SMALL.read_text("utf-8").replace("[[areas]]\n", "[[areas]]\nget_ready = 2\n")
    file.write_text(text.replace("forecast = false", "forecast = true"), "utf-8")
    with running_hall(folder / "data", file) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_the_next_is_named_readably_and_gone_when_called(browser: Browser, hall: RunningHall) -> None:
    visitors = Visitors(browser, hall)
    li = hall.clerk("li")
    li.press("sit", "1")
    number = hall.somebody().take()["ticket"]["number"]
    office = hall.administrator()
    wait_until(lambda: number in office.get("/boards/soon")["numbers"], "the forecast", 120.0)
    board = visitors.open("/board?lang=en", BOARD)
    line = board.locator(".ready-line")
    expect(line).to_contain_text(f"Get ready, likely next: {number}")
    assert line.evaluate(CONTRAST) >= LEAST_CONTRAST
    assert line.evaluate("(line) => line.scrollWidth <= line.clientWidth + 1")
    below, above = line.bounding_box(), board.locator(".hero").bounding_box()
    assert below and above and below["y"] >= above["y"] + above["height"] - 1
    li.press("call_next", "1")
    expect(board.locator(".hero .ticket .number")).to_have_text(number)
    expect(board.locator(".ready-line:not([hidden])")).to_have_count(0)
    visitors.leave()
