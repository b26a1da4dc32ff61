"""Boards as they are composed in the office and as they hang in the hall: large, calm, never empty."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.api.test_media import MP4, sent
from tests.display.screens import WATCH, Screens, chromium
from tests.running import Json, Person, RunningHall, running_hall

LEAST_NEWEST = 160
LEAST_NUMBER = 79
FULL_HD, FOUR_K, UPRIGHT = (1920, 1080), (3840, 2160), (1080, 1920)
PROMISES = [
    {"zh": f"承诺{n}：材料齐全当场办结", "en": f"Promise {n}: settled at once when complete"}
    for n in range(4)
]

INK = """number => {
  const style = getComputedStyle(number);
  const pen = new OffscreenCanvas(10, 10).getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return pen.measureText("8").actualBoundingBoxAscent;
}"""
"""How high a figure's ink is, in pixels."""

TORN = """all => all.filter((one) => one.offsetParent).filter((one) => {
  const box = one.getBoundingClientRect();
  return !(box.left >= -5 && box.top >= -5 && box.right <= innerWidth + 5 && box.bottom <= innerHeight + 5
    && one.scrollWidth <= one.clientWidth + 1);
}).map((one) => [one.className, one.scrollWidth, one.clientWidth, one.getBoundingClientRect().toJSON()])"""
"""What is cut off, or not on the screen."""

OVERLAPS = """() => {
  const parts = [".top", ".hero", ".list", ".side:not([hidden])", ".media:not([hidden])", ".strip"]
    .map((name) => document.querySelector(name)).filter((one) => one?.offsetParent)
    .map((one) => ({ name: one.className, box: one.getBoundingClientRect() }));
  const cross = ({ box: a }, { box: b }) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return parts.flatMap((one, at) => parts.slice(at + 1).filter((other) => cross(one, other))
    .map((other) => `${one.name} over ${other.name}`));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def screens(browser: Browser) -> Iterator[Screens]:
    opened = Screens(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def li(server: RunningHall) -> Person:
    li = server.clerk("li")
    li.press("sit", "1")
    return li


@pytest.fixture
def called(li: Person) -> Iterator[str]:
    """A number that stands on the board, new."""
    li.take()
    yield li.press("call_next", "1")["ticket"]["number"]
    li.press("mark_no_show", "1")


def picture(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def media(server: RunningHall) -> list[Json]:
    """A picture, and a video of which nothing but the wrapping is whole."""
    names = [sent(server.administrator(), content) for content in (picture(), MP4)]
    return [{"media": name, "seconds": 60} for name in names]


def compose(server: RunningHall, **composition: Any) -> None:
    server.administrator().post("/api/v1/boards/hall", {"composition": composition or None})


LAYOUTS = [
    {"layout": "calls"},
    {"layout": "beside", "panels": ["waiting"]},
    {"layout": "beside", "panels": ["promises"], "promises": PROMISES},
    {"layout": "media", "panels": ["waiting"]},
]


@pytest.mark.parametrize("size", [FULL_HD, FOUR_K, UPRIGHT], ids=["1080p", "4K", "upright"])
def test_the_newest_number_is_large_and_everything_is_whole_in_every_layout(
    server: RunningHall, called: str, media: list[Json], screens: Screens, size: tuple[int, int]
) -> None:
    compose(server, **LAYOUTS[0])
    board = screens.open(f"{server.url}/board?lang=en", size)
    times = min(size) / 1080
    for layout in LAYOUTS:
        for screen in ("usual", "large"):
            wanted = layout | {"size": screen, "playlist": media[:1]}
            compose(server, **wanted)
            board.wait_for_function(
                "([layout, size]) => document.querySelector('.board').dataset.layout === layout"
                " && document.documentElement.dataset.screen === size",
                arg=[layout["layout"], screen],
            )
            expect(board.locator(".hero .ticket .number")).to_have_text(called)
            newest = board.locator(".hero .ticket .number").evaluate(INK)
            assert newest >= LEAST_NEWEST * times, (wanted, newest)
            type_size = (
                "all => Math.min(1e6, ...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
            )
            smallest = board.locator("[data-list] .number").evaluate_all(type_size)
            assert smallest >= LEAST_NUMBER * times * (1 if screen == "usual" else 65 / 81)
            parts = ".hero .number, .hero .to, .hero .about, .list .call, .side, .media, .strip, .top"
            assert board.locator(parts).evaluate_all(TORN) == [], wanted
            assert board.evaluate(OVERLAPS) == [], wanted
            assert board.evaluate("document.documentElement.scrollHeight <= innerHeight")


def office_at(server: RunningHall, screens: Screens) -> Page:
    """The office's view of boards, as the administrator sees it."""
    known = [
        {"name": c.name, "value": c.value or "", "url": server.url}
        for c in server.administrator().session.cookies
    ]
    return screens.open(f"{server.url}/office?lang=en#boards", (1500, 950), wait=False, known=known)


def test_whoever_was_slower_is_told_and_offered_to_look_again(server: RunningHall, screens: Screens) -> None:
    compose(server)
    office = office_at(server, screens)
    office.on("dialog", lambda dialog: dialog.accept())
    office.get_by_label("Calls only").check()
    compose(server, layout="beside", notices=[{"zh": "快的人写的", "en": "By the quicker one"}])
    office.get_by_role("button", name="Show on this board").click()
    expect(office.locator("[data-board-says]")).to_contain_text("somebody else has changed this board")
    expect(office.get_by_label("Calls only")).to_be_checked()
    office.get_by_role("button", name="Look again").click()
    expect(office.get_by_label("English")).to_have_value("By the quicker one")
    expect(office.get_by_role("button", name="Look again")).to_be_hidden()
    office.get_by_role("button", name="Show on this board").click()
    expect(office.locator("[data-board-says]")).to_have_text("Saved. The boards show it now.")
    compose(server)


def test_a_board_is_composed_in_the_office_and_changes_without_a_reload(
    server: RunningHall, called: str, screens: Screens
) -> None:
    compose(server)
    board = screens.open(f"{server.url}/board?lang=en")
    board.evaluate("window.SAME = true")
    office = office_at(server, screens)
    preview = office.frame_locator("[data-preview] iframe")
    expect(preview.locator(".hero .ticket .number")).to_have_text(called)
    office.get_by_label("Calls with pictures or videos").check()
    office.locator("[data-files]").set_input_files(
        {"name": "spring.png", "mimeType": "image/png", "buffer": picture("green")}
    )
    expect(office.locator("[data-playlist] li")).to_have_count(1)
    expect(preview.locator("main")).to_have_attribute("data-layout", "media")
    expect(preview.locator("[data-media] img:not([hidden])")).to_have_count(1)
    expect(board.locator("main")).to_have_attribute("data-layout", "beside")
    office.get_by_role("button", name="Write a notice").click()
    office.get_by_label("Chinese").fill("今日系统升级")
    office.get_by_label("English (may be empty)").fill("Systems are upgraded today")
    office.get_by_role("button", name="Show on this board").click()
    expect(office.locator("[data-board-says]")).to_have_text("Saved. The boards show it now.")
    expect(board.locator("main")).to_have_attribute("data-layout", "media")
    expect(board.locator("[data-media] img:not([hidden])")).to_have_count(1)
    expect(board.locator(".hero .ticket .number")).to_have_text(called)
    assert board.evaluate("window.SAME")
    office.reload()
    expect(office.locator("[data-lines=notices] input").first).to_have_value("今日系统升级")
    compose(server)
    expect(board.locator("main")).to_have_attribute("data-layout", "beside")


def test_a_board_without_a_picture_that_works_shows_its_calls(
    server: RunningHall, called: str, media: list[Json], screens: Screens
) -> None:
    compose(server, layout="media", panels=["waiting"], playlist=media[1:])
    board = screens.open(f"{server.url}/board?lang=en")
    expect(board.locator("main")).to_have_attribute("data-layout", "beside")
    expect(board.locator(".hero .ticket .number")).to_have_text(called)
    compose(server, layout="media", panels=["waiting"], playlist=media[::-1])
    expect(board.locator("main")).to_have_attribute("data-layout", "media")
    expect(board.locator("[data-media] img:not([hidden])")).to_have_count(1)
    compose(server)


def test_a_video_plays_without_sound_and_the_next_one_follows(
    server: RunningHall, called: str, media: list[Json], screens: Screens
) -> None:
    film = bytes(screens.open(f"{server.url}/board").evaluate(FILM))
    name = sent(server.administrator(), film)
    compose(server, layout="media", playlist=[{"media": name, "seconds": 10}, media[0]])
    board = screens.open(f"{server.url}/board?lang=en")
    video = board.locator("video:not([hidden])")
    expect(video).to_have_count(1)
    assert video.evaluate("one => one.muted && !one.controls")
    expect(board.locator("[data-media] img:not([hidden])")).to_have_count(1, timeout=20_000)
    compose(server)


FILM = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [160, 90];
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const ended = new Promise((end) => { recorder.onstop = end; });
  recorder.start();
  for (let at = 0; at < 15; at += 1) {
    pen.fillStyle = `hsl(${at * 20} 60% 40%)`;
    pen.fillRect(0, 0, 160, 90);
    await new Promise((next) => { setTimeout(next, 66); });
  }
  recorder.stop();
  await ended;
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}"""
"""A second of colours, recorded by the browser itself."""


def test_nothing_flashes_more_than_three_times_a_second(
    server: RunningHall, li: Person, screens: Screens
) -> None:
    board = screens.open(f"{server.url}/board?lang=en", before=WATCH)
    li.take()
    number = li.press("call_next", "1")["ticket"]["number"]
    board.wait_for_function("number => number in SEEN", arg=number)
    beats = board.evaluate(
        "document.getAnimations().filter((one) => one.animationName)"
        ".map((one) => ({ name: one.animationName, ms: one.effect.getTiming().duration }))"
    )
    assert "beat" in {each["name"] for each in beats}
    assert all(1000 / each["ms"] <= 3 for each in beats)
    li.press("mark_no_show", "1")


def test_who_wants_no_motion_sees_none(
    server: RunningHall, li: Person, media: list[Json], screens: Screens
) -> None:
    compose(server, layout="media", playlist=media[:1])
    board = screens.open(f"{server.url}/board?lang=en", reduced_motion="reduce", before=WATCH)
    li.take()
    number = li.press("call_next", "1")["ticket"]["number"]
    board.wait_for_function("number => number in SEEN", arg=number)
    assert board.evaluate(
        "document.getAnimations().every((one) => one.effect.getComputedTiming().endTime < 50)"
    )
    li.press("mark_no_show", "1")
    compose(server)


TICKS = """
window.TICKS = [];
const every = setInterval;
window.setInterval = (work, time, ...more) => {
  TICKS.push([work, time]);
  return every(work, time, ...more);
};
"""


def test_the_picture_wanders_so_that_nothing_burns_in(server: RunningHall, screens: Screens) -> None:
    board = screens.open(f"{server.url}/board", before=TICKS)
    places = board.evaluate(
        """async () => {
          const main = document.querySelector(".board");
          main.style.transition = "none";
          const [shift] = TICKS.find(([, time]) => time === 180_000);
          return Array.from({ length: 9 }, () => { shift(); return getComputedStyle(main).translate; });
        }"""
    )
    assert len(set(places[:8])) == 8 and places[8] == places[0]
    numbers = [
        float(part.removesuffix("px")) for place in places for part in place.split() if place != "none"
    ]
    assert max(map(abs, numbers)) <= 8


def test_a_closed_hall_is_dark_and_says_when_it_opens(tmp_path: Path, screens: Screens) -> None:
    with running_hall(tmp_path / "data", clock="2026-10-12T18:20") as hall:
        board = screens.open(f"{hall.url}/board?lang=en")
        night = board.locator("[data-night]")
        expect(night).to_be_visible()
        expect(night.locator("[data-night-next]")).to_have_text("Closed. Opens Tuesday 13 October at 08:30")
        expect(night.locator("dl")).to_contain_text("08:30–12:00")
        assert brightness(board) < 0.1


NIGHTS = """async () => {
  const { nightAt } = await import("/static/display/night.js");
  const at = (time) => Date.parse(`2026-10-${time}:00+08:00`);
  const hours = [["12T08:30", "12T12:00"], ["12T13:30", "12T17:30"], ["13T08:30", "13T12:00"]];
  const open = hours.map((each) => each.map(at));
  const night = (time) => nightAt(at(time), open);
  return ["12T07:59", "12T08:01", "12T12:45", "12T17:59", "12T18:01"].map((time) => Boolean(night(time)))
    .concat([night("13T23:00").opens, nightAt(at("12T10:00"), []).opens]);
}"""


def test_night_is_from_half_an_hour_after_closing_to_half_an_hour_before_opening_and_not_at_noon(
    server: RunningHall, screens: Screens
) -> None:
    page = screens.open(f"{server.url}/healthz", wait=False)
    assert page.evaluate(NIGHTS) == [True, False, False, False, True, None, None]


AGED = """async () => {
  const { openHero } = await import("/static/display/hero.js");
  const root = document.body.appendChild(document.createElement("div"));
  const hero = openHero(root, { services: {} }, (word) => word, "Window {window}");
  const call = { ticket: "t", number: "A001", window: "1", state: "called", calls: 1, again: false, at: 0 };
  return [9, 11].map((minutes) => {
    hero.show(call, false, minutes * 60_000);
    return root.firstElementChild.hasAttribute("data-aged");
  });
}"""


def test_a_call_that_nobody_follows_for_long_is_no_longer_the_brightest(
    server: RunningHall, screens: Screens
) -> None:
    assert screens.open(f"{server.url}/board").evaluate(AGED) == [False, True]


def test_a_board_that_has_shown_thousands_of_calls_is_no_larger_than_before(
    server: RunningHall, screens: Screens
) -> None:
    board = screens.open(f"{server.url}/board?lang=en")
    sizes = board.evaluate(SOAK)
    assert sizes["listed"] <= 200
    assert max(sizes["nodes"][1:]) - min(sizes["nodes"][1:]) <= 40, sizes


SOAK = """async () => {
  const { Calls, arrange } = await import("/static/display/calls.js");
  const { row, sync } = await import("/static/display/rows.js");
  const list = document.body.appendChild(document.createElement("ol"));
  const calls = new Calls(() => true);
  const nodes = [];
  let now = 0;
  for (let turn = 0; turn < 6000; turn += 1) {
    now += 700;
    const window = String(turn % 40);
    const told = (which) => ({ ticket: `t${which}`, number: `A${which}`, service: "s", calls: 1,
      called_at: new Date(700 * which).toISOString() });
    const tell = (action, which, state) => calls.take({ action, ticket: { ...told(which), window, state } });
    tell("call", turn, "called");
    if (turn >= 40) tell("finish", turn - 40, "finished");
    calls.forget(now);
    const { shown } = arrange(calls.list, now, 10_000);
    for (const call of shown) call.shown ??= now;
    sync(list, shown.map((call) => row(call, (word) => word, "Window {window}", false)));
    if (turn % 1000 === 999) nodes.push(document.querySelectorAll("*").length);
  }
  return { listed: calls.list.length, nodes };
}"""


def brightness(board: Page) -> float:
    """How bright the whole picture is, 0 to 1."""
    shot = Image.open(io.BytesIO(board.screenshot())).convert("L")
    return sum(value * n for value, n in enumerate(shot.histogram())) / (255 * shot.width * shot.height)
