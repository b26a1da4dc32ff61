"""Boards, announcers and the boards' composer: nothing is covered, cut off, or offered before its time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.test_boards import FULL_HD, INK, LEAST_NEWEST, LEAST_NUMBER, OVERLAPS, TORN, UPRIGHT
from tests.display.screens import Screens, chromium
from tests.display.test_announcer import NO_VOICE, WITHHELD
from tests.running import RunningHall

LONG = (
    "On account of works on the heating the entrance from the river side "
    "stays closed until Friday noon, use Bridge Street."
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def screens(browser: Browser) -> Iterator[Screens]:
    opened = Screens(browser)
    yield opened
    opened.close()


FULL_LIST = """async () => {
  const { row } = await import("/static/display/rows.js");
  const { openHero } = await import("/static/display/hero.js");
  const { pageData, words } = await import("/static/shared/page.js");
  const facts = pageData(), say = words(facts), list = document.querySelector("[data-list]");
  for (let timer = setTimeout(() => {}); timer; timer -= 1) clearInterval(timer);
  const states = ["called", "called", "no_show", "serving", "held"];
  const call = (place) => ({ ticket: `t${place}`, number: `CB0${10 + place}`, calls: 1, at: 0,
    window: String(10 + place), state: states[place % 5], again: place % 5 === 1, service: "id-card" });
  const room = Number(getComputedStyle(document.querySelector(".board")).getPropertyValue("--room"));
  openHero(document.querySelector("[data-hero]"), facts, say, facts.words.window).show(call(1), false, 0);
  const places = Array.from({ length: room - 1 }, (_, place) => place);
  list.replaceChildren(...places.map((place) => row(call(place), say, facts.words.window, !place)));
}"""
"""As many rows as the board has room for: five signs beside each word; nothing of it is drawn again."""

CROSSING = """() => [...document.querySelectorAll(".list .call")].flatMap((row) => {
  const inside = ({ left, right, bottom }) => left >= 0 && right <= innerWidth && bottom <= innerHeight;
  const shown = [...row.children].filter((one) => one.getClientRects().length);
  const boxes = shown.map((one) => one.getBoundingClientRect());
  const apart = boxes.every((box, at) => !at || boxes[at - 1].right <= box.left);
  return apart && boxes.every(inside) ? [] :
    [row.textContent + JSON.stringify(boxes.map(({ left, right }) => [left, right]))];
})"""

COVERED = """() => [...document.querySelectorAll("main *, .not-heard *")]
  .filter((one) => one.childElementCount === 0 && one.textContent.trim() && one.checkVisibility())
  .filter((one) => {
    const alert = document.querySelector(".not-heard").getBoundingClientRect();
    const box = one.getBoundingClientRect();
    const isOfIt = Boolean(one.closest(".not-heard"));
    if (!isOfIt) return box.bottom > alert.top;
    return box.top < alert.top || box.bottom > innerHeight || box.right > innerWidth;
  }).map((one) => one.textContent)"""
"""What stands under the strip, and what of the strip itself isn't whole."""


@pytest.mark.parametrize("size", [FULL_HD, UPRIGHT], ids=["wide", "upright"])
def test_the_word_that_nothing_is_heard_covers_nothing(
    server: RunningHall, screens: Screens, size: tuple[int, int]
) -> None:
    for path in ("/board/main", "/announcer/main"):
        page = screens.open(f"{server.url}{path}?lang=en", size, before=NO_VOICE + WITHHELD)
        expect(page.locator("[data-sound]")).to_be_visible()
        if path.startswith("/board"):
            page.evaluate(FULL_LIST)
            assert page.locator(".hero .ticket .number").evaluate(INK) >= LEAST_NEWEST
            height = "all => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
            assert page.locator("[data-list] .number").evaluate_all(height) >= LEAST_NUMBER
            assert page.evaluate(CROSSING) == []
            assert page.evaluate(OVERLAPS) == []
            assert page.locator(".list .call, .hero .to, .top, .not-heard").evaluate_all(TORN) == []
        assert page.evaluate(COVERED) == []
        box = page.locator("[data-sound]").bounding_box()
        assert box and box["height"] >= 64 and box["width"] >= 240
        page.locator("[data-sound]").click()
        expect(page.locator("[data-not-heard]")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_five_signs_and_every_word_beside_them_stay_apart_on_an_upright_board(
    server: RunningHall, screens: Screens, language: str
) -> None:
    page = screens.open(f"{server.url}/board?lang={language}", UPRIGHT)
    for layout in ("beside", "calls", "media"):
        page.evaluate("layout => { document.querySelector('.board').dataset.layout = layout; }", layout)
        page.evaluate(FULL_LIST)
        assert page.evaluate(CROSSING) == []


WHOLE = """async (text) => {
  const { partsOf } = await import("/static/display/strip.js");
  await document.fonts.ready;
  for (let timer = setTimeout(() => {}); timer; timer -= 1) clearInterval(timer);
  const box = document.querySelector("[data-notice]"), ink = box.firstElementChild;
  const parts = partsOf(text, box);
  const whole = parts.every((part) => partsOf(part, box).length === 1 && ink.offsetHeight <= box.clientHeight
    && ink.scrollWidth <= box.clientWidth && parseFloat(getComputedStyle(ink).paddingBottom) > 0);
  return { whole, told: parts.join(" "), parts: parts.length };
}"""


@pytest.mark.parametrize("size", [FULL_HD, UPRIGHT], ids=["wide", "upright"])
def test_a_long_notice_is_told_whole_and_in_parts_where_it_must(
    server: RunningHall, screens: Screens, size: tuple[int, int]
) -> None:
    board = screens.open(f"{server.url}/board?lang=en", size)
    for text, parts in ((LONG, 1), (" ".join([LONG] * 4), 2)):
        told = board.evaluate(WHOLE, text)
        assert told["whole"] and told["told"] == text and told["parts"] >= parts
    chinese = board.evaluate(WHOLE, "因供暖管道施工，临河一侧入口关闭至星期五中午，请从桥街大门进出。" * 12)
    assert chinese["whole"] and chinese["parts"] > 1


def test_no_clock_stands_before_the_hall_has_told_its_time(server: RunningHall, screens: Screens) -> None:
    for path in ("/board", "/announcer/main", "/panel/1"):
        screen = screens.open(
            f"{server.url}{path}?lang=en", wait=False, mangle=lambda wire: wire.on_message(lambda _: None)
        )
        expect(screen.locator("[data-age]")).to_have_text("Connecting to the hall …")
        expect(screen.locator("[data-clock]")).to_have_text("")


def test_the_composer_offers_nothing_before_it_knows_the_boards(
    server: RunningHall, screens: Screens
) -> None:
    office_of = server.administrator().session.cookies
    known = [{"name": c.name, "value": c.value or "", "url": server.url} for c in office_of]
    office = screens.open(f"{server.url}/office?lang=en", (1500, 950), wait=False, known=known)
    held: list[Route] = []
    office.route("**/api/v1/boards", lambda route: held.append(route))
    office.locator('[data-part="boards"]').click()
    expect(office.locator("[data-boards-wait]")).to_be_visible()
    expect(office.locator("[data-board-form]")).to_be_hidden()
    held.pop().abort()
    expect(office.get_by_text("The boards could not be fetched.")).to_be_visible()
    office.unroute("**/api/v1/boards")
    office.get_by_role("button", name="Try again").click()
    expect(office.locator("[name=layout]:checked")).to_have_count(1)
    expect(office.locator("[data-boards-wait]")).to_be_hidden()
    office.get_by_role("button", name="Write a notice").click()
    office.get_by_label("Chinese").fill("今日早关")
    office.get_by_role("button", name="Show on this board").click()
    expect(office.locator("[data-board-says]")).to_have_text("Saved. The boards show it now.")
    assert server.somebody().get("/boards/shown", lang="en")["notices"] == ["今日早关"]
    server.administrator().post("/api/v1/boards/hall", {"composition": None})
