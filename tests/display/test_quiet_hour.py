"""An hour of volume 0, in a browser: calls are written large, nothing is heard, and the log says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.display.screens import Screens
from tests.display.test_announcer import VOICE, call_and_send_away, log_of, sound_of
from tests.running import SMALL, RunningHall, running_hall, wait_until

QUIET = '\n[[voice.volume]]\nstarts = "08:30"\nends = "11:00"\npercent = 0\n'
TONES = """
window.TONES = 0;
const strike = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { TONES += 1; return strike.apply(this, when); };
"""


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("quiet")
    (folder / "hall.toml").write_text(SMALL.read_text("utf-8") + QUIET, "utf-8")
    with running_hall(folder / "data", folder / "hall.toml") as hall:
        hall.clerk("li").press("sit", "1")
        yield hall


def test_in_an_hour_of_volume_0_calls_are_read_and_not_heard(quiet: RunningHall, screens: Screens) -> None:
    announcer = screens.open(f"{quiet.url}/announcer/main?lang=zh_Hans", before=VOICE + TONES)
    board = screens.open(f"{quiet.url}/board?lang=zh_Hans", before=TONES)
    wait_until(lambda: sound_of(quiet) == "quiet", "the office to know of the quiet hour")
    (number,) = call_and_send_away(quiet.clerk("li"), 1)
    expect(announcer.locator(".pair > .number")).to_have_text(number)
    expect(board.locator("[data-hero] [data-number]")).to_contain_text(number)
    wait_until(lambda: bool(log_of(quiet)), "the log")
    assert {(line["number"], line["reason"]) for line in log_of(quiet)} == {(number, "quiet")}
    assert announcer.evaluate("[SAID.length, TONES]") == [0, 0]
    assert board.evaluate("TONES") == 0
    expect(board.locator("[data-not-heard]")).to_be_hidden()
