"""The rating pad in a real browser: one question after each service, answered once or left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from settings import load_house
from tests.phone.visitors import (
    LONGER_THAN_THE_GUARD,
    PAD,
    SMALL_PAD,
    Visitors,
    at,
    call,
    choose,
    chromium,
    clear,
    finish,
    number_of,
)
from tests.running import ROOT, SMALL, Person, RunningHall, running_hall
from web.spoken import said_in

LEVELS = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visitors(browser: Browser, server: RunningHall) -> Iterator[Visitors]:
    opened = Visitors(browser, server)
    yield opened
    opened.leave()


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    """Li sits at window 1, and leaves it empty when the test is over."""
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    clear(server, li)


def test_idle_shows_who_serves_and_what_they_promise(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad("1", "zh_Hans")
    at(pad, "idle")
    expect(pad.locator("[data-fill=clerk]")).to_have_text("李敏")
    expect(pad.locator("[data-fill=post]")).to_have_text("户籍窗口工作人员")
    expect(pad.locator("[data-fill=promise]")).to_have_text("一次说清，马上就办。")
    expect(pad.locator(".idle-window .number")).to_have_text("1")
    expect(pad.locator("button:visible")).to_have_count(0)


def test_a_finished_service_is_asked_about_by_its_number(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad("1", "zh_Hans")
    ticket = li.take()
    finish(li, ticket)
    at(pad, "ask")
    expect(pad.locator("[data-fill=number]")).to_have_text(number_of(ticket))
    expect(pad.locator(".level-word")).to_have_text(LEVELS)
    expect(pad.locator(".level-figure")).to_have_text(["5", "4", "3", "2", "1"])
    expect(pad.get_by_text("工作人员看不到是谁评价的。")).to_be_visible()
    assert_within_the_screen(pad)


def test_one_tap_is_the_answer(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad()
    ticket = li.take()
    finish(li, ticket)
    choose(pad, "fairly_satisfied")
    at(pad, "thanks")
    assert rated(visitors, ticket)
    expect(pad.locator("[data-code-of-rating] img")).to_be_visible()
    expect(pad.locator("body")).to_have_attribute("data-at", "idle", timeout=20_000)


def test_a_finger_already_on_its_way_has_chosen_nothing(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad()
    at(pad, "idle")
    pad.evaluate(TAP_AT_FIRST_SIGHT)
    ticket = li.take()
    finish(li, ticket)
    at(pad, "ask")
    pad.wait_for_function("() => window.tapped")
    pad.wait_for_timeout(LONGER_THAN_THE_GUARD)
    at(pad, "ask")
    assert not rated(visitors, ticket)


def test_a_touch_that_came_too_early_is_told_and_the_next_counts(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad()
    at(pad, "idle")
    pad.evaluate(TAP_AT_FIRST_SIGHT)
    ticket = li.take()
    finish(li, ticket)
    expect(pad.locator("[data-trouble]")).to_have_text("That was a little early. Please touch once more.")
    pad.locator("[data-question]:not([data-settling]) [data-level=very_satisfied]").click()
    at(pad, "thanks")
    assert rated(visitors, ticket)


def test_a_picture_older_than_the_answer_asks_nothing_again(visitors: Visitors) -> None:
    asked = visitors.pad().evaluate(ASKED_AGAIN)
    assert asked == {"after_the_answer": None, "elsewhere": None, "undone": "t1"}


def test_a_bad_rating_asks_for_a_reason_and_can_go_back(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad("1", "zh_Hans", SMALL_PAD)
    ticket = li.take()
    finish(li, ticket)
    choose(pad, "very_dissatisfied")
    expect(pad.locator(".reason:visible")).to_have_text(["服务态度差", "违规收费", "其他原因", "更多原因"])
    pad.wait_for_timeout(LONGER_THAN_THE_GUARD)
    pad.get_by_role("button", name="更多原因").click()
    expect(pad.get_by_text("等候时间太长")).to_be_visible()
    assert_within_the_screen(pad)
    pad.get_by_role("button", name="提交").click()
    expect(pad.locator("[data-missing]")).to_be_visible()
    pad.get_by_role("button", name="返回").click()
    choose(pad, "dissatisfied")
    pad.wait_for_timeout(LONGER_THAN_THE_GUARD)
    pad.get_by_text("业务不熟练").click()
    pad.locator("textarea").fill("问了三遍才说清楚")
    pad.get_by_role("button", name="提交").click()
    at(pad, "thanks")
    expect(pad.locator("[data-fill=thanks]")).to_contain_text("不记录您的姓名")
    assert rated(visitors, ticket)


def test_nobody_has_to_choose_a_reason_that_is_not_theirs(visitors: Visitors, li: Person) -> None:
    pad, ticket = visitors.pad(), li.take()
    finish(li, ticket)
    choose(pad, "dissatisfied")
    pad.wait_for_timeout(LONGER_THAN_THE_GUARD)
    pad.get_by_text("Something else").click()
    pad.locator("textarea").fill("The chair broke.")
    pad.get_by_role("button", name="Send").click()
    at(pad, "thanks")


def test_the_phone_was_first_and_the_pad_says_so(visitors: Visitors, li: Person) -> None:
    pad, ticket = visitors.pad(), li.take()
    phone = visitors.phone(ticket)
    finish(li, ticket)
    at(pad, "ask")
    choose(phone, "very_satisfied")
    at(pad, "thanks")
    expect(pad.locator("[data-fill=thanks]")).to_have_text("This visit has been rated already.")


def test_the_pad_was_first_and_the_phone_asks_no_more(visitors: Visitors, li: Person) -> None:
    pad, ticket = visitors.pad(), li.take()
    phone = visitors.phone(ticket)
    finish(li, ticket)
    at(phone, "rate")
    choose(pad, "satisfied")
    at(phone, "rated")


def test_the_next_call_leaves_the_question_and_the_next_service_ends_it(
    visitors: Visitors, li: Person
) -> None:
    pad = visitors.pad()
    first, second = li.take(), li.take()
    finish(li, first)
    at(pad, "ask")
    call(li, second)
    expect(pad.locator("[data-fill=number]")).to_have_text(number_of(first))
    at(pad, "ask")
    li.press("serve", "1")
    at(pad, "idle")
    assert not rated(visitors, first)


def test_taking_a_finish_back_takes_the_question_back(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad()
    finish(li, li.take())
    at(pad, "ask")
    li.press("undo", "1")
    at(pad, "idle")


def test_a_pad_switched_on_late_asks_what_is_still_open(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    finish(li, ticket)
    pad = visitors.pad()
    at(pad, "ask")
    expect(pad.locator("[data-fill=number]")).to_have_text(number_of(ticket))


def test_signs_of_a_paused_and_a_closed_window(visitors: Visitors, li: Person) -> None:
    pad = visitors.pad("1", "zh_Hans")
    li.press("pause", "1", reason="short_break", sign={"kind": "go_to", "window": "2"})
    at(pad, "paused")
    expect(pad.locator("[data-fill=sign]")).to_have_text("请到2号窗口办理")
    expect(pad.locator("[data-fill=reason]")).to_have_text("短暂离开")
    li.press("open", "1")
    at(pad, "idle")
    li.press("leave", "1")
    at(pad, "closed")
    li.press("sit", "1")
    at(pad, "idle")


def test_an_answer_that_does_not_get_through_can_be_given_again(visitors: Visitors, li: Person) -> None:
    pad, ticket = visitors.pad(), li.take()
    finish(li, ticket)
    at(pad, "ask")
    pad.route("**/rating", refuse, times=1)
    choose(pad, "satisfied")
    expect(pad.locator("[data-trouble]")).to_have_text("Not now.")
    choose(pad, "satisfied")
    at(pad, "thanks")
    assert rated(visitors, ticket)


def test_digits_answer_and_give_the_reason(visitors: Visitors, li: Person) -> None:
    pad, ticket = visitors.pad(), li.take()
    finish(li, ticket)
    pad.locator("[data-question]:not([data-settling])").wait_for()
    pad.keyboard.press("2")
    pad.locator("[data-at=why]:not([data-settling])").wait_for()
    pad.keyboard.press("0")
    pad.locator("[data-at=level]:not([data-settling])").wait_for()
    pad.keyboard.press("1")
    pad.locator("[data-at=why]:not([data-settling])").wait_for()
    pad.keyboard.press("3")
    expect(pad.locator("[name=reason]:checked")).to_have_value("other")
    pad.keyboard.press("Enter")
    at(pad, "thanks")
    assert rated(visitors, ticket)


def test_the_question_is_read_aloud_where_that_is_wanted(visitors: Visitors, li: Person) -> None:
    pad = visitors.open("/pad/1?lang=en&sound=1", PAD)
    finish(li, li.take())
    with pad.expect_response("**/voice/text.wav?*") as said:
        pad.locator("[data-aloud]").click()
    assert "5%3A+Very+satisfied" in said.value.url
    assert (said.value.status, said.value.headers["content-type"]) == (200, "audio/wav")
    assert pad.evaluate(COVERED, ".level, [data-aloud], .ask h1") == []
    assert len(set(pad.evaluate(WIDTHS))) == 1
    pad.locator("[data-question]:not([data-settling]) [data-level=dissatisfied]").click()
    assert (
        pad.evaluate(
            COVERED, ".simulated, .asked-number, .why h2, .why-head p, .pad-top, .reason, [data-aloud]"
        )
        == []
    )
    assert "counter(reason)" in pad.evaluate(DIGIT)
    expect(visitors.pad().locator("[data-aloud]")).to_be_hidden()


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_every_reason_of_a_real_hall_is_whole_and_large(
    visitors: Visitors, li: Person, language: str
) -> None:
    pad, ticket = visitors.pad("1", language), li.take()
    finish(li, ticket)
    at(pad, "ask")
    assert pad.evaluate(SMALLEST, ".ask [data-title], .level-word, .level-figure") >= 32
    choose(pad, "dissatisfied")
    pad.evaluate(REASONS, [list(reason) for reason in reasons(language)])
    assert pad.evaluate(CUT) == []
    assert pad.evaluate(SMALLEST, ".why h2, .reason:not([hidden])") >= (22 if language == "en" else 32)


def reasons(language: str) -> list[tuple[str, str]]:
    """Those of Yihuang's hall that fit "dissatisfied", and the two that are always there."""
    rules = load_house(ROOT / "config.toml").rating.reasons
    own = [(each.code, said_in(language, each.name)) for each in rules if each.code.startswith("2")]
    return [*own, ("other", "Something else"), ("more", "More reasons")]


def test_silence_leaves_the_visit_unrated(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", impatient(tmp_path)) as hall:
        visitors, li = Visitors(browser, hall), hall.clerk("li")
        li.press("sit", "1")
        pad, ticket = visitors.pad(), li.take()
        at(pad, "idle")
        finish(li, ticket)
        at(pad, "ask")
        at(pad, "idle")
        assert not rated(visitors, ticket)
        visitors.leave()


ASKED_AGAIN = """async () => {
  const { Desk } = await import("/static/rating/desk.js");
  const picture = { window: {}, rating: { ticket: "t1", number: "A001", until: "2026-10-12T01:00:30Z" } };
  const now = Date.parse("2026-10-12T01:00:00Z");
  const asked = (work) => {
    const desk = new Desk("1", 30000);
    desk.snapshot(picture);
    work(desk);
    return desk.question(now)?.ticket ?? null;
  };
  const ticket = { ticket: "t1", number: "A001", window: "1" };
  const again = { action: "finish", at: "2026-10-12T01:00:00Z", ticket };
  return {
    after_the_answer: asked((desk) => { desk.answered("t1"); desk.snapshot(picture); }),
    elsewhere: asked((desk) => { desk.rated({ ticket: "t1" }); desk.snapshot(picture); }),
    undone: asked((desk) => { desk.answered("t1"); desk.hear(again); desk.snapshot(picture); }),
  };
}"""

SMALLEST = """(which) => Math.min(...[...document.querySelectorAll(which)]
  .filter((node) => node.checkVisibility())
  .map((node) => parseFloat(getComputedStyle(node).fontSize)))"""

COVERED = """(which) => {
  const boxes = [...document.querySelectorAll(which)].filter((node) => node.checkVisibility())
    .map((node) => [node.className, node.getBoundingClientRect()]);
  const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  return boxes.flatMap(([name, box], at) => boxes.slice(at + 1).filter(([, other]) => meet(box, other))
    .map(([other]) => `${name} and ${other}`));
}"""

WIDTHS = """() => [...document.querySelectorAll(".level")]
  .map((node) => Math.round(node.getBoundingClientRect().width))"""

DIGIT = """() => getComputedStyle(document.querySelector(".why .box"), "::before").content"""

REASONS = """(reasons) => {
  const row = document.querySelector(".reasons"), form = row.querySelector(".reason");
  row.replaceChildren(...reasons.map(([code, words]) => {
    const label = form.cloneNode(true);
    label.hidden = false;
    label.lastElementChild.textContent = words;
    return label;
  }));
}"""

CUT = """() => [...document.querySelectorAll(".reason, .why-end > *, .privacy")]
  .filter((node) => node.checkVisibility())
  .filter((node) => {
    const box = node.getBoundingClientRect();
    const row = document.querySelector(".reasons").getBoundingClientRect();
    const isCut = node.scrollHeight > node.clientHeight + 1 || box.bottom > innerHeight;
    return isCut || (node.matches(".reason") && box.bottom > row.bottom + 1);
  })
  .map((node) => node.textContent.trim())"""

TAP_AT_FIRST_SIGHT = """() => {
  const scene = document.querySelector("[data-scene=ask]");
  new MutationObserver((changes, watch) => {
    if (scene.hidden) return;
    watch.disconnect();
    document.querySelector("[data-level=very_satisfied]").click();
    window.tapped = true;
  }).observe(scene, { attributes: true });
}"""


def impatient(folder: Path) -> Path:
    """The small hall with pads that ask for two seconds only."""
    text = SMALL.read_text("utf-8")
    assert "pad_seconds = 30.0" in text
    hall = folder / "impatient.toml"
    hall.write_text(text.replace("pad_seconds = 30.0", "pad_seconds = 2.0"), "utf-8")
    return hall


def refuse(route: Route) -> None:
    problem = {"code": "throttled", "title": "Throttled", "status": 429, "detail": "Not now."}
    route.fulfill(status=429, json=problem, content_type="application/problem+json")


def rated(visitors: Visitors, ticket: dict[str, object]) -> bool:
    """Whether the hall has a rating of that visit."""
    state = visitors.hall.somebody().get(f"/api/v1{ticket['link']}")
    return bool(state["rating"]["rated"])


def assert_within_the_screen(pad: Page) -> None:
    """Nobody has to scroll a pad."""
    beyond = """() => [...document.querySelectorAll("button, label, h1, h2, p")]
      .filter((node) => node.offsetParent && node.getBoundingClientRect().bottom > innerHeight + 1)
      .map((node) => node.textContent.trim())"""
    assert pad.evaluate(beyond) == []
