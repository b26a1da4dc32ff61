"""The kiosk for eyes, arms, ears and hands unlike most: size, reach, keys alone, sound, and time."""

from __future__ import annotations

import re
import wave
from array import array
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.cards import real_name_file
from tests.chromium import chromium
from tests.phone.visitors import hold_to_reader
from tests.running import SMALL, Json, RunningHall, running_hall

PORTRAIT = {"width": 1080, "height": 1920}
LANDSCAPE = {"width": 1920, "height": 1080}
LANGUAGES = ("zh_Hans", "zh_Hant", "en")
LEAST = 80
LOUD = 1000
"""Of 32,768: nobody calls that silence."""

TICKET = {
    "ticket": {"ticket": "k", "number": "A001"},
    "service": "id-card",
    "joined_at": "2026-10-12T01:00:00.000Z",
    "ahead": 3,
    "low": 10,
    "high": 20,
    "qr": None,
    "ground": None,
    "digits": "482193",
}

LOOKED_AT = """async ([ticket, aids, least]) => {
  const root = document.documentElement, faults = [];
  const settled = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
  const chosen = ["d/police", "s/id-card", "id/household", "g/id-card"];
  const views = ["", ...chosen, "find", "missed", "people", "progress", "ticket", "still"];
  sessionStorage.setItem("kiosk.ticket", JSON.stringify(ticket));
  for (const view of views) {
    for (const look of aids) {
      for (const aid of ["size", "reach", "sound", "contrast", "keys"]) delete root.dataset[aid];
      Object.assign(root.dataset, look);
      const dialog = document.getElementById("still-there");
      if (view === "still") dialog.open || dialog.showModal();
      else location.hash = `#/${view}`;
      await settled();
      const where = [view, JSON.stringify(look)].join(" ");
      const within = (node) => {
        const box = node.getBoundingClientRect(), list = node.closest(".scroller")?.getBoundingClientRect();
        if (!list) return box;
        const [top, bottom] = [Math.max(box.top, list.top), Math.min(box.bottom, list.bottom)];
        return bottom > top ? { top, bottom, left: box.left, right: box.right } : null;
      };
      const scope = view === "still" ? dialog : document;
      const controls = [...scope.querySelectorAll("button, a[href], input")]
        .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(".skip"));
      if (controls.length < 2) faults.push(`${where}: nothing to touch`);
      for (const node of controls) {
        const { width, height } = node.getBoundingClientRect(), seen = within(node);
        const name = `${where}: ${node.textContent.trim() || node.className}`;
        if (Math.min(width, height) < least - 0.5) faults.push(`${name} is ${width} x ${height}`);
        if (!seen) continue;
        const isCut = seen.left < -1 || seen.right > innerWidth + 1 || seen.bottom > innerHeight + 1;
        if (isCut) faults.push(`${name} is cut`);
        const isHigh = look.reach && seen.top < innerHeight / 2 - 1;
        if (isHigh) faults.push(`${name} is out of reach at ${seen.top}`);
      }
      const bottom = (node) => node.getBoundingClientRect().bottom;
      const grounds = [...document.querySelectorAll(".ground")].map(bottom);
      const fold = document.querySelector(".scroller")?.getBoundingClientRect().bottom;
      const isBelow = view === "s/id-card" && look.size && !look.reach && Math.max(...grounds) > fold + 1;
      if (isBelow) faults.push(`${where}: the question is below the fold`);
    }
  }
  document.getElementById("still-there").close();
  return faults;
}"""


AIDS_ON = "() => ['size', 'contrast', 'reach', 'sound'].map((aid) => document.documentElement.dataset[aid])"

WHOLE_TILES = """() => {
  const list = document.querySelector(".scroller").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".service")].map((node) => node.getBoundingClientRect());
  return boxes.filter((box) => box.top >= list.top && box.bottom <= list.bottom).length >= 2;
}"""

LINE = """async ([waiting, low, high]) => {
  const { lineLabel } = await import("/static/kiosk/lines.js");
  const { words } = await import("/static/shared/page.js");
  const line = { status: "open", waiting, low, high };
  return lineLabel({ say: words(), line: () => line }, "id-card").textContent;
}"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("everybody")
    with running_hall(folder / "data", real_name_file(folder, SMALL, "household")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PORTRAIT, has_touch=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    context.close()
    assert faults == []


def open_kiosk(page: Page, hall: RunningHall, view: str = "", language: str = "en") -> None:
    page.goto(f"{hall.url}/kiosk?lang={language}#/{view}")
    expect(page.locator("[data-clock] time")).not_to_be_empty()


def pick(page: Page, selector: str) -> None:
    """Presses the digits that stand on that tile."""
    page.locator("html[data-keys]").wait_for()
    for digit in page.locator(selector).first.get_attribute("data-pick") or "?":
        page.keyboard.press(digit)


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} can't be reached with Tab")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_everything_is_large_enough_and_within_reach(
    page: Page, hall: RunningHall, language: str, screen: Json
) -> None:
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    open_kiosk(page, hall, "", language)
    aids = [
        {},
        {"size": "large", "sound": "on"},
        {"reach": "low"},
        {"size": "large", "keys": "on", "reach": "low"},
    ]
    faults = page.evaluate(LOOKED_AT, [TICKET, aids, LEAST])
    assert not faults, "\n".join(faults)


def test_a_visit_by_the_keypad_alone(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall)
    page.keyboard.press("ArrowDown")
    pick(page, '[data-service="id-card"]')
    expect(page.get_by_role("heading", name="Resident ID card")).to_be_visible()
    page.keyboard.press("0")
    pick(page, '[data-department="social"]')
    expect(page.get_by_role("heading", name="Human Resources")).to_be_visible()
    page.keyboard.press("Escape")
    pick(page, '[data-service="id-card"]')
    pick(page, ".ground >> nth=2")
    expect(page.get_by_role("button", name="Pregnant")).to_have_attribute("aria-pressed", "true")
    pick(page, ".take")
    expect(page.locator(".ticket .number")).to_have_text(re.compile(r"^A\d{3}$"))
    pick(page, ".done")
    expect(page.locator("[data-view=home]")).to_be_visible()


def test_the_point_lends_the_digits_to_the_languages_and_aids(page: Page, hall: RunningHall) -> None:
    page.goto(f"{hall.url}/kiosk?lang=zh_Hans&keypad=1")
    page.locator("html[data-keys]").wait_for()
    expect(page.locator("[data-keypad]")).to_contain_text("Language")
    page.keyboard.press(".")
    expect(page.locator("[data-language=en]")).to_have_attribute("data-pick", "3")
    page.keyboard.press("3")
    page.wait_for_url("**lang=en**")
    page.locator("html[data-keys]").wait_for()
    for keys in (".4", ".5", ".6", ".7"):
        page.keyboard.press(keys[0])
        page.keyboard.press(keys[1])
    assert page.evaluate(AIDS_ON) == ["large", "more", "low", "on"]
    expect(page.locator(".service").first).to_have_attribute("data-pick", "1")
    page.wait_for_function(WHOLE_TILES)
    assert page.evaluate(LINE, [0, 25, 70]) == "about 25 to 70 minutes"
    assert page.evaluate(LINE, [0, 0, 0]) == "Nobody waiting" + "any moment now"


def test_more_tiles_than_digits_are_chosen_by_two(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall)
    tiles = """count => {
      for (let at = 5; at < count + 5; at += 1) {
        const tile = document.createElement("button");
        tile.textContent = tile.className = "office";
        tile.onclick = () => { document.title = `tile ${at}`; };
        document.querySelector(".offices").append(tile);
      }
    }"""
    page.evaluate(tiles, 12)
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-pick='18']")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("2")
    expect(page).to_have_title("tile 12")
    page.keyboard.press("9")
    expect(page).to_have_title("tile 9")


def test_a_visit_by_tab_and_enter_alone(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall)
    tab_to(page, '[data-service="id-card"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Resident ID card")).to_be_visible()
    tab_to(page, ".take")
    page.keyboard.press("Enter")
    expect(page.locator(".ticket .number")).to_be_visible()
    tab_to(page, ".longer")
    tab_to(page, ".done")
    page.keyboard.press("Enter")
    expect(page.locator("[data-view=home]")).to_be_visible()


def test_arrows_go_where_they_point(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall)
    page.locator('[data-service="id-card"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-service="household"]')).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".office:focus")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(page.locator(".service:focus")).to_have_count(1)


def test_readers_of_the_screen_hear_names_and_states(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall, "s/id-card")
    page.get_by_role("button", name="Pregnant").click()
    told = page.locator("body").aria_snapshot()
    for line in (
        '- heading "Resident ID card" [level=1]',
        '- button "Pregnant" [pressed]',
        '- button "Take my number"',
        '- button "Read aloud"',
        '- group "To see, reach and hear better"',
        '- navigation "Language"',
    ):
        assert line in told, told
    assert not re.search(r"- (button|link|textbox)( \[.*\])?$", told, re.MULTILINE), (
        "a control without a name"
    )


def test_what_is_chosen_is_heard_and_keys_are_nobodys_business(page: Page, hall: RunningHall) -> None:
    heard: list[Response] = []
    page.on("response", lambda answer: "/voice/text.wav" in answer.url and heard.append(answer))
    open_kiosk(page, hall)
    page.keyboard.press("ArrowDown")
    assert heard == [], "speech is off until it is asked for"
    with page.expect_response(lambda answer: "Reading+aloud" in answer.url) as first:
        page.keyboard.press("F1")
    assert first.value.status == 200
    assert first.value.headers["content-type"] == "audio/wav"
    assert loudest(first.value.body()) > LOUD
    with page.expect_response(lambda answer: "Resident+ID+card" in answer.url) as chosen:
        page.locator('[data-service="id-card"]').focus()
    assert "Number+1" in chosen.value.url
    walks_over_everything(page)
    hears_no_digit(page, heard)


def walks_over_everything(page: Page) -> None:
    """Also what can't be pressed: the heading, the facts, the materials."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Resident ID card")).to_be_visible()
    met = []
    for _ in range(24):
        page.keyboard.press("ArrowDown")
        met.append(page.evaluate("document.activeElement.innerText"))
    everything = " | ".join(met)
    for words in ("Where", "Household register", "Should we call you earlier?", "Pregnant", "Take my number"):
        assert words in everything


def hears_no_digit(page: Page, heard: list[Response]) -> None:
    """All keys are fetched beforehand in one order; which are pressed can't be told from the asking."""
    with page.expect_response(lambda answer: answer.url.endswith("text=9")):
        page.evaluate("location.hash = '#/missed'")
    expect(page.locator(".id-pad")).to_be_visible()
    page.wait_for_load_state("networkidle")
    before = len(heard)
    for digit in "99":
        page.locator(".id-pad").get_by_role("button", name=digit, exact=True).focus()
    page.keyboard.press("*")
    expect(page.locator('[data-aid="sound"]')).to_have_attribute("aria-pressed", "true")
    assert len(heard) == before


def loudest(sound: bytes) -> int:
    with wave.open(BytesIO(sound)) as opened:
        return max(map(abs, array("h", opened.readframes(opened.getnframes()))))


def test_what_is_switched_on_lasts_for_one_visit(page: Page, hall: RunningHall) -> None:
    open_kiosk(page, hall, "", "zh_Hans")
    for name in ("大字", "加深颜色", "降低画面"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Larger letters")).to_have_attribute("aria-pressed", "true")
    expect(page.locator('html[data-size="large"][data-contrast="more"][data-reach="low"]')).to_have_count(1)
    page.locator('[data-service="id-card"]').click()
    page.locator(".take").click()
    page.locator(".done").press("Enter")
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("({...document.documentElement.dataset})") == {}


def test_nobody_is_cut_off_without_a_warning(page: Page, hall: RunningHall) -> None:
    page.clock.install()
    open_kiosk(page, hall, "", "zh_Hans")
    page.clock.run_for(70_000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="大字").click()
    page.clock.run_for(119_000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.run_for(2_000)
    more = page.get_by_role("dialog").get_by_role("button", name="我还需要时间")
    expect(more).to_be_focused()
    page.clock.run_for(58_000)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator('html[data-size="large"]')).to_have_count(1)
    page.locator('[data-service="id-card"]').click()
    page.locator(".take").click()
    page.locator(".longer").click()
    page.clock.run_for(119_000)
    expect(page.locator(".ticket .number")).to_be_visible()


@pytest.mark.parametrize("press", ["held", "trembling", "twice"])
def test_unsteady_hands_take_one_number(page: Page, hall: RunningHall, press: str) -> None:
    open_kiosk(page, hall, "s/job-seeker")
    before = last_number(hall)
    box = page.locator(".take").bounding_box()
    assert box
    touch(page, box["x"] + 90, box["y"] + 40, press)
    expect(page.locator(".ticket .number")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert last_number(hall) == before + 2


def touch(page: Page, x: float, y: float, press: str) -> None:
    line = page.context.new_cdp_session(page)

    def finger(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for _ in range(2 if press == "twice" else 1):
        finger("touchStart", (x, y))
        if press == "held":
            page.wait_for_timeout(2000)
        if press == "trembling":
            for step in (9, -12, 28):
                finger("touchMove", (x + step, y + step / 2))
        finger("touchEnd")


def last_number(hall: RunningHall) -> int:
    return int(str(hall.somebody().take("job-seeker")["ticket"]["number"])[1:])


def test_a_missed_number_comes_back_by_the_keypad_or_the_reader(page: Page, hall: RunningHall) -> None:
    li = hall.clerk("li")
    li.press("sit", "1")
    first, second = missed(hall), missed(hall)
    open_kiosk(page, hall)
    page.keyboard.press("ArrowDown")
    pick(page, ".missed-button")
    expect(page.locator("[data-view=missed]")).to_be_visible()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".id-said")).to_contain_text("No missed number has these digits")
    for _ in range(6):
        page.keyboard.press("Backspace")
    page.keyboard.type(first["digits"])
    page.keyboard.press("Enter")
    expect(page.locator(".ticket .number")).to_have_text(first["ticket"]["number"])
    expect(page.locator(".ticket-title")).to_have_text("Your number waits again")
    pick(page, ".done")
    expect(page.locator("html[lang=zh-Hans] [data-view=home]")).to_be_visible()
    page.evaluate("location.hash = '#/missed'")
    expect(page.locator("[data-view=missed]")).to_be_visible()
    hold_to_reader(page, second["url"])
    expect(page.locator(".ticket .number")).to_have_text(second["ticket"]["number"])
    li.press("leave", "1")


def missed(hall: RunningHall) -> Json:
    ticket = hall.somebody().take("id-card")
    hall.clerk("li").press("call", "1", ticket=ticket["ticket"]["ticket"])
    hall.clerk("li").press("mark_no_show", "1")
    return ticket
