"""The announcer, with a voice that a test lends to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.display.mortal import mortal_hall
from tests.display.screens import Screens
from tests.faults.wire import Wire
from tests.running import Person, RunningHall

VOICE = """
window.SAID = [];
let talking = 0;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "Test voice", lang: "zh-CN", localService: true }],
  addEventListener() {},
  cancel() {},
  speak(said) {
    talking += 1;
    SAID.push(talking > 1 ? "two at once" : said.text);
    setTimeout(() => { talking -= 1; said.onend(); }, 20);
  },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
HASTY = """
const patient = window.setTimeout;
window.setTimeout = (work, time, ...more) =>
  patient(work, time === 4000 && String(work).includes("[native code]") ? 50 : time, ...more);
"""
"""An announcer that leaves nobody time to read: what waits for 4 s to go on talking waits for a moment."""
WITHHELD = """
window.AudioContext = class extends EventTarget {
  state = "suspended";
  currentTime = 0;
  destination = null;
  resume() {
    this.state = "running";
    this.dispatchEvent(new Event("statechange"));
  }
};
window.OscillatorNode = window.GainNode = class {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  connect(other) { return other; }
  start() {}
  stop() {}
};
"""
"""A browser that gives no sound before somebody touches the screen."""
NO_VOICE = "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    li.press("leave", "1")


def call_and_send_away(clerk: Person, count: int) -> list[str]:
    """Calls that follow each other as fast as they can; the last one stays called."""
    numbers = []
    for turn in range(count):
        if turn:
            clerk.press("mark_no_show", "1")
        clerk.take()
        numbers.append(str(clerk.press("call_next", "1")["ticket"]["number"]))
    return numbers


def test_a_call_is_written_large_and_said_twice(server: RunningHall, screens: Screens, li: Person) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE)
    expect(page.locator("[data-voice]")).to_have_text("语音：Test voice")
    (number,) = call_and_send_away(li, 1)
    expect(page.locator(".pair > .number")).to_have_text(number)
    page.wait_for_function("() => SAID.length === 2")
    digits = "".join("零幺二三四五六七八九"[int(digit)] for digit in number[1:])
    assert page.evaluate("SAID") == [f"请 {number[0]} {digits} 号 到 1 号窗口"] * 2
    li.press("mark_no_show", "1")


def test_two_calls_never_sound_at_once_and_a_recall_sounds_again(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE)
    call_and_send_away(li, 1)
    li.press("recall", "1")
    page.wait_for_function("() => SAID.length >= 3", timeout=30_000)
    assert "two at once" not in page.evaluate("SAID")
    assert len(set(page.evaluate("SAID"))) == 1
    expect(page.locator(".now .flag")).to_be_visible()
    li.press("mark_no_show", "1")


def spoken(page: Page) -> list[str]:
    """The numbers in the order in which they were said, each as often as there was a call for it."""
    said: list[str] = page.evaluate("SAID")
    return [text.split(" 号 ")[0] for at, text in enumerate(said) if at == 0 or said[at - 1] != text]


def words_of(number: str) -> str:
    return f"请 {number[0]} " + "".join("零幺二三四五六七八九"[int(digit)] for digit in number[1:])


def test_after_an_hours_cut_the_calls_that_still_stand_are_said_and_no_other(
    tmp_path: Path, screens: Screens
) -> None:
    with mortal_hall(tmp_path / "data") as hall, Wire(hall.url) as wire:
        li, wang = hall.clerk("li"), hall.clerk("wang")
        li.press("sit", "1"), wang.press("sit", "2")
        page = screens.open(f"{wire.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY)
        wire.cut()
        wang.take()
        first = str(wang.press("call_next", "2")["ticket"]["number"])
        *_missed, last = call_and_send_away(li, 2)
        hall.die()
        hall.rise("2026-10-12T10:00")
        wire.mend(hall.url)
        page.wait_for_function("words => SAID.some((said) => said.startsWith(words))", arg=words_of(last))
        assert spoken(page) == [words_of(first), words_of(last)]


def test_a_page_that_is_opened_again_says_what_it_missed_and_nothing_twice(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY)
    (before,) = call_and_send_away(li, 1)
    page.wait_for_selector("[data-now].said")
    assert spoken(page) == [words_of(before)]
    page.goto("about:blank")
    wang = server.clerk("wang")
    wang.press("sit", "2")
    wang.take()
    meanwhile = str(wang.press("call_next", "2")["ticket"]["number"])
    page.go_back()
    page.wait_for_selector("[data-now].said")
    assert spoken(page) == [words_of(meanwhile)]
    wang.press("mark_no_show", "2")
    li.press("mark_no_show", "1")


def test_of_two_machines_one_speaks_and_the_other_takes_over_without_a_gap_or_a_double(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    address = f"{server.url}/announcer/main?lang=zh_Hans"
    first, second = (screens.open(address, before=VOICE + HASTY) for _ in range(2))
    expect(second.locator("[data-elsewhere]")).to_have_text("本区域由另一台设备播报，本屏只显示叫号")
    expect(first.locator("[data-elsewhere]")).to_be_hidden()
    wang = server.clerk("wang")
    wang.press("sit", "2")
    wang.take()
    early = str(wang.press("call_next", "2")["ticket"]["number"])
    first.wait_for_selector("[data-now].said")
    assert spoken(first) == [words_of(early)]
    expect(second.locator(".pair > .number")).to_have_text(early)
    first.goto("about:blank")
    (late,) = call_and_send_away(li, 1)
    second.wait_for_function("() => SAID.length")
    expect(second.locator("[data-elsewhere]")).to_be_hidden()
    second.wait_for_selector("[data-now].said")
    assert spoken(second) == [words_of(late)]
    wang.press("mark_no_show", "2")
    li.press("mark_no_show", "1")


def test_calls_made_while_the_sound_was_off_are_said_when_it_is_turned_on(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY + WITHHELD)
    *_missed, last = call_and_send_away(li, 2)
    expect(page.locator(".pair > .number")).to_have_text(last)
    assert page.evaluate("SAID") == []
    page.locator("[data-sound]").click()
    page.wait_for_function("() => SAID.length")
    assert spoken(page) == [words_of(last)]
    li.press("mark_no_show", "1")


def test_a_device_without_a_voice_says_so(server: RunningHall, screens: Screens, li: Person) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=en", before=NO_VOICE)
    expect(page.locator("[data-no-voice]")).to_have_text(
        "This device has no voice for this language: chime and captions only"
    )
    (number,) = call_and_send_away(li, 1)
    expect(page.locator(".sentence")).to_have_text(f"{number}, please go to window 1")
    li.press("undo", "1")
    expect(page.locator(".idle")).to_have_text("No call to announce")
    li.press("call_next", "1")
    li.press("mark_no_show", "1")
