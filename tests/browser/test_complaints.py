"""A complaint from the phone to its end, and a week's call-backs, in real browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import chromium
from tests.looks.axe import violations
from tests.looks.visiting import THEMES, wear
from tests.office.pages import Pages, pages_of
from tests.running import RunningHall, running_hall
from tests.scene import Scene

PHONE = (360, 740)
CODE = re.compile(r"^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$")
MONDAY_AFTER = "2026-10-19T09:00"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """Opened a week after six visits at window 1."""
    folder = tmp_path_factory.mktemp("data")
    scene = Scene(folder)
    scene.sit("1", "li")
    for _ in range(6):
        scene.take()
        scene.serve_one("1", "li", minutes=2)
    scene.close()
    with running_hall(folder, clock=MONDAY_AFTER) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, hall: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, hall) as opened:
        yield opened


def a_visit(hall: RunningHall) -> str:
    """At window 1, by li; the address of the ticket's page."""
    li = hall.clerk("li")
    li.press("sit", "1")
    ticket = hall.somebody().take()
    for press in ("call_next", "serve", "finish"):
        li.press(press, "1")
    return str(ticket["link"])


def step(page: Page, button: str, **chosen: str) -> None:
    """Fills in the form with that button and sends it; the page comes anew."""
    form = page.locator("form.press", has=page.get_by_role("button", name=button, exact=True))
    for name, value in chosen.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()


def test_a_complaint_from_the_phone_to_its_end(hall: RunningHall, pages: Pages) -> None:
    link = a_visit(hall)
    office = pages.open("/office/feedback/complaints?lang=en", person=hall.clerk("chen"))
    phone = pages.open(f"{link}?lang=en", PHONE)
    phone.get_by_role("link", name="Complain, praise, suggest").click()
    phone.get_by_label("In your own words").fill("He shouted at my grandmother.")
    phone.get_by_label("How can the hall reach you?").fill("139 0000 0000")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("[data-code]")).to_have_text(CODE)

    office.locator("[data-news] a").click()
    row = office.locator("[data-complaint]")
    expect(row).to_contain_text("pass on: 5")  # 59 minutes left
    row.get_by_role("link").click()
    expect(office.locator("main")).to_contain_text("He shouted at my grandmother.")
    step(office, "Pass on", handler="chen")
    step(office, "It is solved", answer="She has apologised.", note="Talked to Li.")
    expect(office.get_by_role("button", name="Decide")).to_have_count(0)  # who handled it doesn't decide
    step(office, "Keep the answer", solved="yes", satisfied="yes")

    reviewer = pages.open(f"{office.url.removeprefix(hall.url)}?lang=en", person=hall.administrator())
    step(reviewer, "Decide", verified="true", item="complaint_discipline")
    step(reviewer, "Close")
    expect(reviewer.locator("main")).to_contain_text("justified: Complaint about a breach of discipline")

    phone.goto(f"{hall.url}{link}/feedback")
    standing = phone.locator(".standing")
    expect(standing).to_contain_text("This is closed.")
    expect(standing).to_contain_text("She has apologised.")
    expect(standing).to_contain_text("The hall found it justified.")
    expect(phone.locator("main")).not_to_contain_text("Talked to Li.")
    (fact,) = hall.administrator().get("/api/v1/facts", period="2026-10")["facts"]
    assert (fact["kind"], fact["window"], fact["clerk"]) == ("complaint_discipline", "1", "li")


def test_the_guide_takes_one_down_and_hands_out_its_code(hall: RunningHall, pages: Pages) -> None:
    desk = pages.open("/guide?lang=en", person=hall.clerk("chen"))
    desk.get_by_role("link", name="Take a complaint").click()
    desk.locator("[name=kind]").select_option("praise")
    desk.get_by_label("In the citizen's own words").fill("So patient with my father.")
    desk.get_by_label("A number of today").fill("A099")
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.locator("form [data-said]")).to_contain_text("A099")
    desk.get_by_label("A number of today").fill("")
    desk.get_by_role("button", name="Keep it").click()
    code = desk.locator("[data-code]")
    expect(code).to_have_text(CODE)
    anybody = pages.open("/complain?lang=en", PHONE)
    anybody.fill("#code", code.inner_text())
    anybody.get_by_role("button", name="Look").click()
    expect(anybody.locator(".standing")).to_contain_text("The hall has it.")


def test_a_week_is_called_back_and_a_dissatisfied_answer_verified(hall: RunningHall, pages: Pages) -> None:
    office = pages.open(
        "/office/feedback/callbacks?lang=en", person=hall.clerk("chen"), reduced_motion="reduce"
    )
    calls = office.locator("[data-place]")
    expect(calls).to_have_count(5)
    for theme in THEMES:
        wear(office, theme)
        assert [str(each) for each in violations(office, f"callbacks in the {theme}")] == []
    call(calls.nth(0), outcome="reached", attitude="very_dissatisfied", efficiency="satisfied",
         discipline="satisfied", suggestion="Smile more.")  # fmt: skip
    call(calls.nth(1), outcome="not_reached")
    expect(calls.nth(1).get_by_role("button", name="Draw another in its place")).to_have_count(0)
    reviewer = pages.open("/office/feedback/callbacks?lang=en", person=hall.administrator())
    with reviewer.expect_navigation():
        reviewer.locator("[data-place='2']").get_by_role("button", name="Draw another in its place").click()
    office.reload()
    expect(calls).to_have_count(6)
    expect(calls.nth(5)).to_contain_text("in place of draw 2")
    office.get_by_role("button", name="Check the draw").click()
    expect(office.locator(".notice.good")).to_contain_text("Drawn again: the same visits.")

    first = reviewer.locator("[data-place='1']")
    first.locator("[name=verified]").select_option("true")
    with reviewer.expect_navigation():
        first.get_by_role("button", name="Decide").click()
    expect(first).to_contain_text("Decision: justified")
    expect(reviewer.locator(".figures")).to_contain_text("of these justified")
    expect(reviewer.locator("main")).to_contain_text("Smile more.")
    facts = hall.administrator().get("/api/v1/facts", period="2026-10")["facts"]
    assert "callback_dissatisfied" in {fact["kind"] for fact in facts}


def call(article: Locator, **chosen: str) -> None:
    """What came of a call, kept."""
    for name, value in chosen.items():
        field = article.locator(f"[name={name}]")
        if name == "suggestion":
            field.fill(value)
        else:
            field.select_option(value)
    with article.page.expect_navigation():
        article.get_by_role("button", name="Keep the answer").click()
