"""A bad rating from the citizen's phone to the office and back: heard at once, put right, rated once more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import chromium
from tests.office.pages import Pages, camera, pages_of
from tests.running import SMALL, RunningHall, running_hall

PHONE = (390, 844)
LIST = "/office/feedback/ratings?lang=zh_Hans"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("data"), SMALL) as opened:
        opened.clerk("li").press("sit", "1")
        yield opened


@pytest.fixture(scope="module")
def pages(hall: RunningHall) -> Iterator[Pages]:
    with chromium() as browser, pages_of(browser, hall) as opened:
        yield opened


def served(hall: RunningHall) -> str:
    """The link of a ticket whose service has just ended."""
    link, li = str(hall.somebody().take("id-card")["link"]), hall.clerk("li")
    for press in ("call_next", "serve", "finish"):
        li.press(press, "1", **({"outcome": "done"} if press == "finish" else {}))
    return link


def rate_badly(phone: Page) -> None:
    phone.locator("[data-level=dissatisfied]").click(delay=50)
    phone.locator("[data-step=why]").wait_for()
    phone.wait_for_timeout(450)  # a touch that comes with the question counts as none
    phone.locator(".reason:visible").first.click()
    phone.locator("[data-send]").click()
    expect(phone.locator("[data-when=rated]")).to_be_visible()


def record(office: Page, action: str, note: str, **chosen: str) -> None:
    """Takes a step on the page of a case."""
    steps = office.locator(".bad-steps li").count()
    office.locator(f"input[value={action}]").check()
    for name, value in chosen.items():
        office.locator(f"select[name={name}]").select_option(value)
    office.locator("textarea[name=note]").fill(note)
    office.locator("[data-next] [type=submit]").click()
    expect(office.locator(".bad-steps li")).to_have_count(steps + 1)


def test_a_bad_rating_is_heard_at_once_put_right_and_rated_once_more(
    hall: RunningHall, pages: Pages, tmp_path: Path
) -> None:
    photos = camera(tmp_path)
    office = pages.open(LIST, person=hall.clerk("chen"))
    expect(office.get_by_text("没有事项。")).to_be_visible()
    phone = pages.open(f"{served(hall)}?lang=zh_Hans", PHONE)
    phone.locator(".level").first.wait_for()
    phone.wait_for_timeout(450)
    rate_badly(phone)
    expect(office.locator("[data-bad-rating]")).to_be_visible()
    office.locator("[data-bad-rating] a").click()
    expect(office.locator("tr[data-case]")).to_have_count(1)
    expect(office.locator("[data-light=green] .tag").first).to_contain_text("还有 1 个工作日")
    expect(office.locator(".office-menu [aria-current] .tag")).to_have_text("1")
    photos.take(office, "office-bad-ratings", 1000)
    office.locator("tr[data-case] a").click()
    record(office, "contact", "材料清单已更正，请周四来补办，不用排队。", way="message")
    record(office, "uphold", "窗口未一次性告知。")
    record(office, "put_right", "已补办，并更正材料清单。")
    office.evaluate("scrollTo(0, 0)")
    photos.take(office, "office-bad-rating", 1000)

    phone.locator("[data-follow] a").click()
    expect(phone.get_by_text("请周四来补办")).to_be_visible()
    expect(phone.get_by_text("窗口未一次性告知")).to_have_count(0)
    phone.wait_for_timeout(450)
    phone.locator("[data-again] [data-level=very_satisfied]").click()
    expect(phone.locator("[data-again]")).to_have_count(0)
    office.reload()
    expect(office.locator(".bad-facts")).to_have_count(2)
    expect(office.get_by_text("二次评价")).to_be_visible()
    record(office, "close", "")
    expect(office.locator("[data-state=closed]")).to_be_visible()


def test_a_citizen_leaves_a_number_of_their_own_will_and_the_slip_alone_opens_nothing(
    hall: RunningHall, pages: Pages
) -> None:
    link = served(hall)
    kept = hall.somebody().post(
        f"/api/v1{link}/rating", {"level": "very_dissatisfied", "reasons": ["other"], "comment": ""}
    )
    slip = pages.open(f"{link}?lang=en", PHONE)
    expect(slip.locator("[data-when=rated]")).to_be_visible()
    expect(slip.locator("[data-follow]")).to_be_hidden()
    phone = pages.open(f"{kept['follow_up']}?lang=en", PHONE)
    phone.get_by_label("Name").fill("Mrs Wang")
    phone.get_by_label("Telephone number").fill("138 0000 0000")
    phone.get_by_role("button", name="Please call me").click()
    expect(phone.get_by_text("You have left a number. Somebody calls you.")).to_be_visible()
    office = pages.open(f"/office/feedback/ratings/{kept['seq']}?lang=en", person=hall.clerk("chen"))
    expect(office.get_by_role("link", name="138 0000 0000")).to_be_visible()
    office.locator("input[value=contact]").check()
    assert office.locator("select[name=way] option").all_inner_texts() == ["By telephone", "In person"]
    office.locator("[data-next] [type=submit]").click()
    expect(office.locator("[data-trouble]")).to_have_text("Please write a note: what was done, or why.")
    record(office, "contact", "Called at ten.", way="phone")
