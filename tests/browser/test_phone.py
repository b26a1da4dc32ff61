"""The ticket holder's page in a real browser: the place, a call that isn't missed, the rating."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.phone.visitors import (
    Visitors,
    Wire,
    at,
    call,
    choose,
    chromium,
    clear,
    finish,
    key_of,
    number_of,
    serve,
)
from tests.running import Person, RunningHall

COUNT_TONES = """() => {
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { tones += 1; return start.apply(this, when); };
}"""


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


def test_the_page_tells_the_place_the_wait_and_where(visitors: Visitors, li: Person) -> None:
    first, second = li.take("household"), li.take("household")
    phone = visitors.phone(second)
    at(phone, "waiting")
    expect(phone.locator("[data-fill=number]")).to_have_text(number_of(second))
    expect(phone.locator("[data-fill=service]")).to_have_text("Household registration")
    expect(phone.locator(".ahead")).to_contain_text(re.compile(r"\d+\s*(person|people) before you"))
    expect(phone.locator("[data-fill=wait]")).to_have_text(re.compile(r"minutes|hours|moment|Not known"))
    expect(phone.locator("[data-fill=where]")).to_have_text("Ground floor · Window 1 or 2")
    before = int(phone.locator("[data-fill=ahead]").inner_text())
    call(li, first)
    expect(phone.locator("[data-fill=ahead]")).not_to_have_text(str(before))


def test_a_call_turns_the_whole_page_into_a_signal(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket, "zh_Hans")
    at(phone, "waiting")
    calm = background(phone)
    call(li, ticket)
    at(phone, "called")
    expect(phone.locator(".target")).to_have_text(re.compile(r"1\s*号窗口"))
    assert background(phone) != calm
    assert size_of(phone, ".target .number") >= 150
    expect(phone).to_have_title("▶ 1号窗口")
    li.press("recall", "1")
    expect(phone.locator("[data-fill=called_at]")).to_contain_text("已叫号 2 次")


def test_the_bell_rings_after_one_tap_until_the_holder_has_heard_it(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    phone.evaluate(COUNT_TONES)
    phone.get_by_role("button", name="Ring when I am called").click()
    expect(phone.locator("[data-armed]")).to_contain_text("The bell is on")
    tried = phone.evaluate("tones")
    assert tried > 0
    call(li, ticket)
    phone.wait_for_function("tried => tones > tried", arg=tried)
    phone.get_by_role("button", name="I am on my way").click()
    heard = phone.evaluate("tones")
    phone.wait_for_timeout(3500)
    assert phone.evaluate("tones") == heard
    at(phone, "called")


def test_a_call_is_not_missed_while_the_line_was_cut(visitors: Visitors, li: Person) -> None:
    ticket, wire = li.take(), Wire()
    phone = visitors.phone(ticket, wire=wire)
    at(phone, "waiting")
    wire.is_cut = True
    call(li, ticket)
    expect(phone.locator("[data-live]")).to_be_visible(timeout=10_000)
    at(phone, "waiting")
    wire.is_cut = False
    expect(phone.locator("body")).to_have_attribute("data-at", "called", timeout=10_000)
    expect(phone.locator("[data-live]")).to_be_hidden()


def test_a_phone_that_slept_shows_the_call_when_it_wakes(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    at(phone, "waiting")
    device = phone.context.new_cdp_session(phone)
    device.send("Page.setWebLifecycleState", {"state": "frozen"})
    call(li, ticket)
    device.send("Page.setWebLifecycleState", {"state": "active"})
    at(phone, "called")


def test_serving_and_holding_are_said_plainly(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    serve(li, ticket)
    at(phone, "serving")
    expect(phone.locator(".state:visible")).to_contain_text("Window 1")
    li.press("hold", "1")
    at(phone, "held")
    expect(phone.locator(".state:visible")).to_contain_text("Please stay near")
    li.press("resume", "1", ticket=key_of(ticket))
    at(phone, "serving")


def test_a_transfer_tells_the_new_line_and_its_windows(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    serve(li, ticket)
    at(phone, "serving")
    li.press("transfer", "1", service="job-seeker")
    at(phone, "waiting")
    expect(phone.locator("[data-fill=service]")).to_have_text("Unemployment registration")
    expect(phone.locator("[data-fill=where]")).to_have_text("First floor · Window 3")
    expect(phone.locator(".place")).to_be_visible()


def test_a_missed_call_says_how_to_come_back(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    for _ in range(2):
        call(li, ticket)
        li.press("mark_no_show", "1")
        at(phone, "no_show")
        expect(phone.locator(".how")).to_contain_text("after at most 3 other people")
        come_back(visitors, ticket)
        at(phone, "waiting")
    call(li, ticket)
    li.press("mark_no_show", "1")
    at(phone, "no_show")
    expect(phone.locator("[data-if-used-up]")).to_contain_text("Please take a new number")


def test_leaving_the_line_is_asked_twice(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    phone.get_by_role("button", name="I no longer need this number").click()
    phone.get_by_role("button", name="No, I keep my place").click()
    at(phone, "waiting")
    phone.get_by_role("button", name="I no longer need this number").click()
    phone.get_by_role("button", name="Yes, leave the line").click()
    at(phone, "abandoned")
    expect(phone.locator("[data-leave]")).to_be_hidden()
    assert visitors.hall.somebody().get(f"/api/v1{ticket['link']}")["ticket"]["state"] == "abandoned"


def test_the_visit_is_rated_on_the_phone_once(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.phone(ticket)
    finish(li, ticket)
    at(phone, "rate")
    expect(phone.locator("[data-fill=rate_until]")).to_contain_text("19 October")
    choose(phone, "very_satisfied")
    at(phone, "rated")
    phone.reload()
    at(phone, "rated")
    expect(phone.locator("[data-level]:visible")).to_have_count(0)


def test_a_bad_rating_needs_a_reason_and_takes_a_free_word(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    finish(li, ticket)
    phone = visitors.phone(ticket, "zh_Hans")
    choose(phone, "dissatisfied")
    expect(phone.locator(".reason:visible")).to_have_text(
        ["等候时间太长", "未一次性告知所需材料", "业务不熟练", "其他原因", "更多原因"]
    )
    phone.wait_for_timeout(450)
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("[data-missing]")).to_have_text("请至少选择一个原因。")
    phone.get_by_text("等候时间太长").click()
    phone.locator("textarea").fill("等了一个小时")
    phone.get_by_role("button", name="提交").click()
    at(phone, "rated")


def test_going_back_from_the_reasons_leaves_the_visit_unrated(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    finish(li, ticket)
    phone = visitors.phone(ticket)
    choose(phone, "very_dissatisfied")
    phone.wait_for_timeout(450)
    phone.get_by_role("button", name="Go back").click()
    choose(phone, "satisfied")
    at(phone, "rated")


def test_a_wrong_link_gets_a_kind_page(visitors: Visitors) -> None:
    phone = visitors.open("/t/nobody.1.x?lang=zh_Hans", {"width": 390, "height": 844})
    expect(phone.get_by_role("heading")).to_have_text("这个链接已经失效")
    expect(phone.get_by_text("12345")).to_be_visible()


def test_the_language_is_switched_on_the_page(visitors: Visitors, li: Person) -> None:
    phone = visitors.phone(li.take(), "zh_Hans")
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("[data-fill=service]")).to_have_text("Resident ID card")
    phone.get_by_role("link", name="繁體中文").click()
    expect(phone.get_by_text("您的號碼", exact=True)).to_be_visible()


def come_back(visitors: Visitors, ticket: dict[str, object]) -> None:
    """At the kiosk."""
    visitors.hall.somebody().post("/api/v1/tickets/return", {"token": ticket["link"].rpartition("/")[2]})


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def size_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
