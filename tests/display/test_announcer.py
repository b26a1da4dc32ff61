"""The announcer and a board that speaks, mostly with voices that a test lends to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.display.mortal import MortalHall, mortal_hall
from tests.display.screens import Screens
from tests.faults.wire import Wire
from tests.running import Json, Person, RunningHall, wait_until

WITHOUT_THE_HALLS = """
const fetchAll = window.fetch;
window.fetch = (address, ...more) => String(address).startsWith("/voice/")
  ? Promise.resolve(new Response("", { status: 404 })) : fetchAll(address, ...more);
"""
"""A hall without a voice of its own."""
VOICE = (
    WITHOUT_THE_HALLS
    + """
window.SAID = [];
window.REFS = [];
let talking = 0;
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => ["zh-CN", "en-GB"].map((lang) => ({ name: "Test voice", lang, localService: true })),
  addEventListener() {},
  cancel() {},
  speak(said) {
    talking += 1;
    REFS.push(document.querySelector("[data-now]")?.dataset.ref ?? "");
    SAID.push(talking > 1 ? "two at once" : said.text);
    setTimeout(() => { talking -= 1; said.onend(); }, 20);
  },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
)
HASTY = """
const patient = window.setTimeout;
window.setTimeout = (work, time, ...more) =>
  patient(work, [3000, 4000].includes(time) && String(work).includes("[native code]") ? 50 : time, ...more);
"""
"""An announcer that leaves nobody time to read: what waits to be read waits for a moment."""
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
NO_VOICE = WITHOUT_THE_HALLS + "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"


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


def words_of(number: str, language: str = "zh_Hans") -> str:
    if language == "en":
        names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        return f"Number {number[0]} " + " ".join(names[int(digit)] for digit in number[1:])
    return f"请 {number[0]} " + "".join("零幺二三四五六七八九"[int(digit)] for digit in number[1:])


def spoken(page: Page) -> list[str]:
    """The calls in the order in which they were first said in Mandarin."""
    said: list[str] = page.evaluate("SAID")
    return list(dict.fromkeys(text.split(" 号 ")[0] for text in said if text.startswith("请")))


def rise(hall: MortalHall, clock: str, wire: Wire) -> None:
    """On another port, for the screens behind the wire and for the clerks."""
    hall.rise(clock)
    wire.mend(hall.url)
    for person in hall.people:
        person.url = hall.url


def log_of(hall: RunningHall) -> list[Json]:
    lines: list[Json] = hall.administrator().get("/api/v1/announcements")["announcements"]
    return lines


def sound_of(hall: RunningHall, area: str = "main") -> str:
    areas = hall.administrator().get("/api/v1/announcing")["areas"]
    return next(str(each["sound"]) for each in areas if each["area"] == area)


def test_a_call_is_written_large_and_said_in_every_language_twice(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE)
    expect(page.locator("[data-voices]")).to_have_text("普通话：本机自带语音英语：本机自带语音")
    (number,) = call_and_send_away(li, 1)
    expect(page.locator(".pair > .number")).to_have_text(number)
    page.wait_for_function("() => SAID.length === 4")
    mandarin = f"{words_of(number)} 号 到 1 号窗口"
    english = f"{words_of(number, 'en')}, please go to window 1."
    assert page.evaluate("SAID") == [mandarin, english] * 2
    expect(page.locator(".sentence")).to_have_text(f"{number}, please go to window 1")
    expect(page.locator(".sentence")).to_have_attribute("lang", "en")
    li.press("mark_no_show", "1")


def test_two_calls_never_sound_at_once_and_a_recall_sounds_again(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE)
    (number,) = call_and_send_away(li, 1)
    page.wait_for_function("() => SAID.length >= 1")
    li.press("recall", "1")
    expect(page.locator(".now .flag")).to_be_visible()
    page.wait_for_function("() => SAID.filter((text) => text.startsWith('请')).length >= 2")
    assert "two at once" not in page.evaluate("SAID")
    assert spoken(page) == [words_of(number)]
    li.press("mark_no_show", "1")


def test_after_an_hours_cut_what_still_stands_is_shown_and_not_said(tmp_path: Path, screens: Screens) -> None:
    with mortal_hall(tmp_path / "data") as hall, Wire(hall.url) as wire:
        li, wang = hall.clerk("li"), hall.clerk("wang")
        li.press("sit", "1"), wang.press("sit", "2")
        page = screens.open(f"{wire.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY)
        wire.cut()
        (stale,) = call_and_send_away(li, 1)
        hall.die()
        rise(hall, "2026-10-12T10:00", wire)
        page.wait_for_selector("main[data-live=yes]")
        wang.take()
        fresh = str(wang.press("call_next", "2")["ticket"]["number"])
        page.wait_for_function("words => SAID.some((said) => said.startsWith(words))", arg=words_of(fresh))
        assert spoken(page) == [words_of(fresh)]
        assert stale not in {line["number"] for line in log_of(hall) if line["outcome"] == "said"}


def test_after_a_restart_a_call_of_the_last_minute_is_said_and_what_was_said_is_not(
    tmp_path: Path, screens: Screens
) -> None:
    with mortal_hall(tmp_path / "data") as hall, Wire(hall.url) as wire:
        li, wang = hall.clerk("li"), hall.clerk("wang")
        li.press("sit", "1"), wang.press("sit", "2")
        page = screens.open(f"{wire.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY)
        (said,) = call_and_send_away(li, 1)
        page.wait_for_function("() => SAID.length === 4")
        wire.cut()
        wang.take()
        unsaid = str(wang.press("call_next", "2")["ticket"]["number"])
        hall.die()
        rise(hall, "2026-10-12T09:00", wire)
        page.wait_for_function("() => SAID.length === 8")
        assert spoken(page) == [words_of(said), words_of(unsaid)]


def test_a_page_that_is_opened_again_says_what_it_missed_and_nothing_twice(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY)
    (before,) = call_and_send_away(li, 1)
    page.wait_for_function("() => SAID.length === 4")
    assert spoken(page) == [words_of(before)]
    page.goto("about:blank")
    wang = server.clerk("wang")
    wang.press("sit", "2")
    wang.take()
    meanwhile = str(wang.press("call_next", "2")["ticket"]["number"])
    page.go_back()
    page.wait_for_function("() => SAID.length === 4")
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
    expect(second.locator(".pair > .number")).to_have_text(early)
    first.wait_for_function("() => SAID.length === 4")
    assert spoken(first) == [words_of(early)]
    first.goto("about:blank")
    (late,) = call_and_send_away(li, 1)
    second.wait_for_function("() => SAID.length === 4")
    expect(second.locator("[data-elsewhere]")).to_be_hidden()
    assert spoken(second) == [words_of(late)]
    wang.press("mark_no_show", "2")
    li.press("mark_no_show", "1")


def test_while_the_browser_withholds_sound_the_screen_and_the_office_say_so(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=zh_Hans", before=VOICE + HASTY + WITHHELD)
    expect(page.locator("[data-not-heard] [role=alert]")).to_have_text("本机播报没有声音")
    *_missed, last = call_and_send_away(li, 2)
    expect(page.locator(".pair > .number")).to_have_text(last)
    wait_until(lambda: sound_of(server) == "not_heard", "the office to know")
    assert page.evaluate("SAID") == []
    page.get_by_role("button", name="打开声音").click()
    expect(page.locator("[data-not-heard]")).to_be_hidden()
    page.wait_for_function("() => SAID.length")
    assert spoken(page) == [words_of(last)]
    wait_until(lambda: sound_of(server) == "heard", "the office to know")
    li.press("mark_no_show", "1")


def test_a_device_without_a_voice_says_so_and_rings(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    page = screens.open(f"{server.url}/announcer/main?lang=en", before=NO_VOICE + HASTY)
    expect(page.locator("[data-voices]")).to_contain_text("Mandarin: no voice, chime and captions only")
    (number,) = call_and_send_away(li, 1)
    wait_until(lambda: [line["number"] for line in log_of(server)].count(number) == 4, "the log")
    expect(page.locator(".sentence")).to_have_text(f"请 {number} 号到 1 号窗口")
    assert [(line["language"], line["by"], line["reason"]) for line in log_of(server)[-4:]] == [
        *[("zh_Hans", "chime", None), ("en", "", "no_voice"), ("en", "", "no_voice")],
        ("zh_Hans", "", "no_voice"),
    ]
    li.press("undo", "1")
    expect(page.locator(".idle")).to_have_text("No call to announce")
    li.press("call_next", "1")
    li.press("mark_no_show", "1")


def test_a_board_speaks_where_nobody_else_does_and_shows_what_is_said(
    server: RunningHall, screens: Screens, li: Person
) -> None:
    address = f"{server.url}/board/main?lang=en"
    silent = screens.open(f"{address}&sound=off", before=VOICE + HASTY)
    board = screens.open(address, before=VOICE + HASTY.replace("50", "1500"))
    (number,) = call_and_send_away(li, 1)
    for page in (board, silent):
        expect(page.locator("[data-caption]")).to_have_text(f"请 {number} 号到 1 号窗口")
    board.wait_for_function("() => SAID.length === 4")
    assert spoken(board) == [words_of(number)]
    assert silent.evaluate("SAID") == []
    expect(silent.locator("[data-caption]")).to_be_hidden()
    li.press("mark_no_show", "1")


def test_a_board_that_cannot_be_heard_says_so_until_another_machine_speaks(
    server: RunningHall, screens: Screens
) -> None:
    board = screens.open(f"{server.url}/board/main?lang=en", before=VOICE + WITHHELD)
    expect(board.locator("[data-not-heard]")).to_contain_text("Calls cannot be heard from this device")
    screens.open(f"{server.url}/announcer/main", before=VOICE)
    expect(board.locator("[data-not-heard]")).to_be_hidden()
