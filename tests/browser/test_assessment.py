"""An evaluator's month in real browsers: entered with photos, scored, appealed, released, on the board.

HALL_SCREENSHOTS=1 puts the pictures of the walk into docs/img.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import chromium
from tests.office.pages import Camera, Pages, camera, pages_of
from tests.running import SMALL, RunningHall, running_hall

LAST_FRIDAY = "2026-10-30T10:00"
DESK, TABLET, TELEVISION = (1440, 900), (1024, 768), (1920, 1080)
YIHUANG = """[scoring]
scheme = "schemes/yihuang-window.toml"
clerk_scheme = "schemes/yihuang-clerk.toml"

"""
BADGE, FIRST_CONTACT = "3.4", "2.6"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The small hall, its windows assessed by Yihuang's rules; Wang sits at window 3."""
    folder = tmp_path_factory.mktemp("assessed")
    told = re.sub(r"\[scoring\][^\[]*", YIHUANG, SMALL.read_text("utf-8"))
    (folder / "hall.toml").write_text(told, "utf-8")
    with running_hall(folder / "data", folder / "hall.toml", LAST_FRIDAY) as opened:
        opened.clerk("wang").press("sit", "3")
        yield opened


@pytest.fixture
def pages(browser: Browser, hall: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, hall) as opened:
        yield opened


def photo() -> dict[str, object]:
    """What a tablet's camera might send: a counter without its sign."""
    picture = Image.new("RGB", (1600, 1200), "#c9b89a")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 700, 1600, 1200), fill="#7a5a3a")
    pen.rectangle((200, 250, 700, 700), fill="#3c4a57")
    pen.ellipse((1000, 380, 1250, 630), fill="#e8c9a8")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return {"name": "counter.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def entries_of(pages: Pages, size: tuple[int, int] = DESK) -> Page:
    page = pages.open("/office/assessment/entries?lang=en", size, pages.hall.clerk("chen"))
    expect(page.locator("[data-items] li").first).to_be_visible()
    return page


def choose(page: Page, window: str, words: str, code: str) -> None:
    page.locator("[data-subject]").select_option(window)
    page.locator("[data-words]").fill(words)
    page.locator(f'[data-items] input[value="{code}"]').check()


def enter(page: Page, code: str) -> None:
    """Until it stands in the list beside the form."""
    before = page.locator("[data-entries] > li").count()
    page.get_by_role("button", name="Enter it").click()
    expect(page.locator("[data-entries] > li")).to_have_count(before + 1)
    expect(page.locator("[data-entries] > li").first).to_contain_text(code)


def test_from_two_deductions_to_the_flags_on_the_board(pages: Pages, tmp_path: Path) -> None:
    shots = camera(tmp_path)
    shown = {"layout": "beside", "panels": ["red_flags"]}
    pages.hall.administrator().post("/api/v1/boards/hall", {"composition": shown})
    board = pages.open("/board?lang=en", TELEVISION)
    expect(board.locator("[data-panel=red_flags]")).to_be_hidden()

    desk = entries_of(pages, TABLET)
    choose(desk, "3", "badge", BADGE)
    desk.locator("[data-files]").set_input_files([photo()])  # type: ignore[list-item]
    desk.locator("[data-note]").fill("Counter left untidy, no badge; told twice.")
    expect(desk.locator("[data-effect-told]")).to_contain_text("100 → 98")
    desk.locator("[data-enter]").scroll_into_view_if_needed()
    shots.take(desk, "assessment-entry", 1024)
    enter(desk, BADGE)
    choose(desk, "3", "first-contact", FIRST_CONTACT)
    expect(desk.locator("[data-effect-told]")).to_contain_text("98 → 96")
    enter(desk, FIRST_CONTACT)

    score = pages.open("/office/assessment/window/3?lang=en", DESK, pages.hall.clerk("chen"))
    expect(score.locator(".figure-large")).to_have_text("96")
    told = open_line(score, BADGE)
    expect(told).to_contain_text("Counter left untidy, no badge; told twice.")
    expect(told).to_contain_text("Chen Jing")
    assert_is_shown(told.locator("img"))
    expect(score.locator(f'[data-line="{FIRST_CONTACT}"]')).to_contain_text("1 × −2 = −2")
    shots.take(score, "assessment-score", 1100)

    own = appeal_as_wang(pages, shots)
    decide_as_reviewer(pages, shots)
    expect_reload(score, "98")
    release_october(pages)
    expect_what_wang_reads(own)
    desk.reload()
    choose(desk, "3", "badge", BADGE)
    expect(desk.locator("[data-effect-told]")).to_contain_text("counts from revision 2 on")
    honour_the_windows(pages)

    flags = board.locator("[data-panel=red_flags]")
    expect(flags).to_contain_text("Social security")
    expect(flags).to_be_visible()
    shots.take(board, "assessment-board", 960)


def open_line(page: Page, code: str) -> Locator:
    line = page.locator(f'[data-line="{code}"]')
    line.locator("summary").click()
    return line


def assert_is_shown(picture: Locator) -> None:
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 0


def expect_reload(page: Page, score: str) -> None:
    page.reload()
    expect(page.locator(".figure-large")).to_have_text(score)


def appeal_as_wang(pages: Pages, shots: Camera) -> Page:
    page = pages.open("/terminal?lang=en", DESK, pages.hall.clerk("wang"))
    page.get_by_label("My assessment, language and colours").click()
    page.get_by_role("link", name="My assessment").click()
    page.wait_for_url("**/me*")
    told = open_line(page, BADGE)
    assert_is_shown(told.locator("img"))
    expect(page.locator("main")).not_to_contain_text("Chen Jing")
    told.get_by_role("button", name="Appeal").click()
    page.locator("[data-text]").fill("The badge was at the tailor's; I wore the spare one.")
    page.locator("[data-files]").set_input_files([photo()])  # type: ignore[list-item]
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.locator("[data-appeals] > li")).to_contain_text("not decided yet")
    assert_is_shown(page.locator("[data-appeals] img"))
    shots.take(page, "assessment-mine", 1100)
    return page


def expect_what_wang_reads(page: Page) -> None:
    """After the release: the decision and its reason, but never who entered, decided or released."""
    page.reload()
    window = page.locator('[data-assessment="window 3"]')
    expect(window.locator(".figure-large")).to_have_text("98")
    expect(window).to_contain_text("Revision 1")
    expect(page.locator("[data-appeals]")).to_contain_text("The spare badge is on the photo.")
    for name in ("Chen Jing", "Zhao Gang"):
        expect(page.locator("main")).not_to_contain_text(name)


def decide_as_reviewer(pages: Pages, shots: Camera) -> None:
    """Who entered it doesn't decide; the administrator does."""
    own = pages.open("/office/assessment/appeals?lang=en", DESK, pages.hall.clerk("chen"))
    expect(own.locator("[data-open-appeals]")).to_contain_text("somebody else decides")
    page = pages.open("/office/assessment/appeals?lang=en", DESK, pages.hall.administrator())
    case = page.locator("[data-open-appeals] > li")
    expect(case).to_contain_text("Counter left untidy")
    expect(case).to_contain_text("the spare one")
    shots.take(page, "assessment-appeal", 1100)
    case.get_by_role("button", name="Uphold").click()
    expect(case.locator(".fault")).to_have_text("Give a reason first.")
    case.get_by_label("Reason for the decision").fill("The spare badge is on the photo.")
    case.get_by_role("button", name="Uphold").click()
    expect(page.locator("[data-decided] > li")).to_contain_text("Upheld")
    expect(page.locator("[data-no-open]")).to_be_visible()


def release_october(pages: Pages) -> None:
    page = pages.open("/office/assessment/release?lang=en&period=2026-10", DESK, pages.hall.clerk("chen"))
    expect(page.locator("[data-open-things]")).to_contain_text("The month isn't over.")
    page.get_by_role("button", name="Release October 2026").click()
    page.get_by_label("Release it early all the same").check()
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.locator("[data-released]")).to_have_text("October 2026 is released, revision 1.")
    expect(page.locator('[data-release-of="2026-10 1"]')).to_contain_text("Chen Jing")
    expect(page.locator("[data-release]")).to_be_disabled()
    page.get_by_role("button", name="Check").click()
    expect(page.locator('[data-release-of="2026-10 1"]')).to_contain_text("As it was released")


def honour_the_windows(pages: Pages) -> None:
    page = pages.open("/office/assessment/honours?lang=en", DESK, pages.hall.clerk("chen"))
    page.locator("[data-publish=window]").click()
    page.locator("[data-publish-now]").click()
    expect(page.locator("[data-list=window] [data-named]")).to_have_count(3)


# -- by keyboard alone ---------------------------------------------------------------------------


def test_a_deduction_is_entered_by_keyboard_alone(pages: Pages) -> None:
    page = entries_of(pages)
    page.locator("[data-subject]").focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    press_until(page, "[data-words]")
    page.keyboard.type("files untidy")
    page.keyboard.press("Enter")
    press_until(page, "[data-note]")
    page.keyboard.type("Two folders without a label.")
    press_until(page, "[data-enter]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-entered]")).to_contain_text("Entered: 3.7")
    expect(page.locator("[data-words]")).to_be_focused()


def test_an_appeal_is_made_by_keyboard_alone(pages: Pages) -> None:
    hall = pages.hall
    entry = {"day": "2026-09-30", "clerk": "wang", "item": "1.1", "note": "Missed the monthly meeting."}
    fact = hall.clerk("chen").post("/api/v1/facts", entry)["fact"]["id"]
    page = pages.open("/me?period=2026-09&lang=en", DESK, hall.clerk("wang"))
    expect(page.locator('[data-line="1.1"]')).to_be_visible()
    page.locator("[data-month]").focus()
    press_until(page, '[data-assessment="clerk wang"] [data-line="1.1"] summary')
    page.keyboard.press("Enter")
    press_until(page, f'[data-appeal-now="{fact}"]')
    page.keyboard.press("Enter")
    expect(page.locator("[data-text]")).to_be_focused()
    page.keyboard.type("I was ill that day; the note lies in the office.")
    press_until(page, "[data-appealing] [value=yes]")
    page.keyboard.press("Enter")
    appealed = page.locator("[data-appeals] > li").filter(has_text="the note lies in the office")
    expect(appealed).to_contain_text("not decided yet")
    expect(page.locator("#t-appeals")).to_be_focused()


def press_until(page: Page, wanted: str, most: int = 25) -> None:
    """Tabs on until the focus is there."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} can't be reached with Tab")


def test_a_list_is_looked_at_before_anything_is_entered(pages: Pages) -> None:
    page = entries_of(pages)
    page.locator("summary", has_text="Enter many from a file").click()
    send_list(page, "date,item,times,note,window\n2026-08-03,2.6,1,first,1\n2026-08-04,9.9,1,,1\n")
    told = page.locator("[data-import]")
    expect(told).to_contain_text("1 line can't be entered")
    expect(told).to_contain_text("Line 3")
    expect(told.get_by_role("button")).to_have_count(0)
    send_list(page, "date,item,times,note,window\n2026-08-03,2.6,1,first,1\n2026-08-04,3.7,2,,1\n")
    told.get_by_role("button", name="Enter these 2").click()
    expect(told).to_contain_text("2 lines entered.")
    page.locator("[data-month]").select_option("2026-08")
    expect(page.locator("[data-entries] > li")).to_have_count(2)
    send_list(page, "date,item,times,note,window\n2026-08-03,2.6,1,first,1\n2026-08-04,3.7,2,,1\n")
    expect(told).to_contain_text("2 lines were entered before and are left out.")


def send_list(page: Page, lines: str) -> None:
    table = {"name": "list.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.locator("[data-table]").set_input_files([table])  # type: ignore[list-item]


def test_a_clerk_reads_only_the_own_page(pages: Pages) -> None:
    page = pages.open("/me?lang=en", DESK, pages.hall.clerk("wang"))
    expect(page.locator('[data-assessment="clerk wang"]')).to_be_visible()
    assert page.request.get(f"{pages.hall.url}/office/assessment/window/3").status == 403
    assert page.request.get(f"{pages.hall.url}/api/v1/assessments?period=2026-10").status == 403


def test_no_page_of_assessment_is_wider_than_a_tablet(pages: Pages) -> None:
    page = pages.open("/office/assessment?lang=en", TABLET, pages.hall.clerk("chen"))
    expect(page.locator("[data-places] tr")).to_have_count(3)
    for part in ("", "/window/2", "/entries", "/appeals", "/release", "/honours"):
        page.goto(f"{pages.hall.url}/office/assessment{part}?lang=en")
        expect(page.locator("main h2").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
    assert re.search(r"/honours", page.url)
