"""The city's pages in Chromium: near me without telling anybody, figures that move, a page that is old."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.chromium import chromium
from tests.city.cities import RunningCity, admitted, halls_told
from tests.looks.axe import violations
from tests.running import wait_until

BY_XINQU = {"latitude": 28.2290, "longitude": 116.3510}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
LANGUAGES = ("zh_Hans", "zh_Hant", "en")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, geolocation=BY_XINQU, permissions=["geolocation"])
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def office(browser: Browser, city: RunningCity) -> Iterator[Page]:
    """Signed in as the administrator, at a desk."""
    context = browser.new_context(viewport=DESK)
    for cookie in city.administrator().session.cookies:
        context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": city.url()}])
    page = context.new_page()
    page.clock.install()
    page.goto(f"{city.url()}/office?lang=en")
    yield page
    context.close()


def names(page: Page) -> list[str | None]:
    return [each.get_attribute("data-hall") for each in page.locator("[data-hall]").all()]


def test_after_a_tap_the_near_hall_comes_first_and_nobody_learns_where_one_is(
    phone: Page, city: RunningCity
) -> None:
    asked: list[Request] = []
    phone.on("request", lambda request: asked.append(request))
    phone.goto(f"{city.url()}/?lang=en")
    phone.get_by_role("link", name="Household registration").first.click()
    expect(phone.locator("[data-order]")).to_contain_text("Sorted by waiting time, the shortest first")
    assert names(phone)[0] == "dongcheng"
    phone.get_by_role("button", name="Which is near me?").click()
    expect(phone.locator("[data-order]")).to_contain_text("4 minutes are counted for each kilometre")
    assert names(phone)[0] == "xinqu"
    expect(phone.locator("[data-hall=xinqu] [data-way]")).to_have_text("100 m away")
    expect(phone.locator("[data-hall=dongcheng] [data-way]")).to_have_text("4.8 km away, about 19 min")
    expect(phone.locator("[data-private]")).to_be_hidden()
    told = [request.url + (request.post_data or "") for request in asked]
    assert not [each for each in told if "28.2" in each or "116.3" in each]


FEW = """(halls) => {
  const list = document.querySelector("[data-halls]"), pattern = list.querySelector("[data-hall=xinqu]");
  const made = halls.map(([hall, likely, closesIn, north]) => {
    const card = pattern.cloneNode(true);
    Object.assign(card.dataset, { hall, likely, closesIn, open: "1" });
    if (likely === null) card.dataset.open = "0";
    for (const [name, value] of Object.entries(card.dataset)) if (value === "null") delete card.dataset[name];
    card.dataset.latitude = Number(pattern.dataset.latitude) + north;
    return card;
  });
  list.replaceChildren(...made);
}"""
"""Puts invented halls in the page: id, likely wait, minutes until it closes, degrees to the north."""

FAR = 0.09
"""Degrees: ten kilometres, for which 40 minutes are counted."""


def test_the_way_counts_and_a_hall_that_closes_before_one_is_there_says_so(
    phone: Page, city: RunningCity
) -> None:
    phone.goto(f"{city.url()}/?need=ID-CARD&lang=en")
    phone.evaluate(
        FEW, [["quick", 5, 30, FAR], ["far", 5, 300, FAR], ["near", 20, 300, 0], ["shut", None, None, 0]]
    )
    phone.get_by_role("button", name="Which is near me?").click()
    expect(phone.locator("[data-hall=near] [data-best]")).to_be_visible()
    assert names(phone) == ["near", "far", "quick", "shut"]
    totals = {hall: phone.locator(f"[data-hall={hall}] [data-total]").inner_text() for hall in names(phone)}
    assert totals["near"] == "About 20 min until it is your turn, the way included"
    assert totals["far"] == "About 45 min until it is your turn, the way included"
    assert (totals["quick"], totals["shut"]) == ("It closes before you could be there.", "")
    assert phone.locator("[data-best]:visible").count() == 1


def test_a_long_list_begins_with_ten_and_goes_on_for_who_wants_more(phone: Page, city: RunningCity) -> None:
    phone.goto(f"{city.url()}/?need=ID-CARD&lang=en")
    expect(phone.locator("[data-more]")).to_be_hidden()
    phone.evaluate(FEW, [[f"hall{n}", n, 300, 0] for n in range(25)])
    phone.get_by_role("button", name="Which is near me?").click()
    expect(phone.locator("[data-hall]:visible")).to_have_count(10)
    assert names(phone)[9:11] == ["hall9", "hall10"]
    phone.locator("[data-more] button").press("Enter")
    expect(phone.locator("[data-hall]:visible")).to_have_count(25)
    expect(phone.locator("[data-hall=hall10] h2")).to_be_focused()
    expect(phone.locator("[data-more]")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_letters_twice_as_large_nothing_leaves_the_page(
    phone: Page, city: RunningCity, language: str
) -> None:
    for path in ("/", "/?need=ID-CARD"):
        phone.goto(f"{city.url()}{path}{'&' if '?' in path else '?'}lang={language}")
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path


def test_without_a_script_all_halls_are_listed_in_order(browser: Browser, city: RunningCity) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{city.url()}/?need=ID-CARD&lang=en")
    assert page.locator("[data-hall]:visible").count() == len(names(page)) > 3
    for needs_a_script in ("[data-near]", "[data-districts]", "[data-more]", "[data-live]", "[data-best]"):
        assert page.locator(f"{needs_a_script}:visible").count() == 0, needs_a_script
    context.close()


def test_who_doesnt_tell_the_place_is_served_all_the_same(browser: Browser, city: RunningCity) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{city.url()}/?need=ID-CARD&lang=en")
    page.get_by_role("button", name="Which is near me?").click()
    expect(page.locator("[data-order]")).to_contain_text("didn't say where it is")
    page.get_by_label("Your district").select_option("New District")
    assert names(page)[0] == "xinqu"
    context.close()


def test_a_page_that_hears_nothing_says_since_when(phone: Page, city: RunningCity) -> None:
    phone.clock.install()
    phone.goto(f"{city.url()}/?need=ID-CARD&lang=en")
    expect(phone.locator("[data-live]")).to_be_hidden()
    phone.context.set_offline(True)
    phone.clock.run_for(16_000)
    expect(phone.locator("[data-live]")).to_contain_text("No answer since")
    phone.context.set_offline(False)
    phone.clock.run_for(16_000)
    expect(phone.locator("[data-live]")).to_be_hidden()


def test_the_halls_own_page_opens_in_the_readers_language(phone: Page, city: RunningCity) -> None:
    phone.goto(f"{city.url()}/?need=HOUSEHOLD&lang=en")
    link = phone.locator("[data-hall=dongcheng]").get_by_role("link", name="What to bring")
    address = str(link.get_attribute("href"))
    assert address.endswith(f":{city.ports['dongcheng']}/services/household?lang=en")
    phone.goto(city.url("dongcheng") + address.partition(city.ports["dongcheng"])[2])
    expect(phone.get_by_role("heading", name="Household registration")).to_be_visible()


def test_the_office_moves_by_itself_and_says_when_it_doesnt(office: Page, city: RunningCity) -> None:
    hall = office.locator("[data-hall=dongcheng]")
    hall.get_by_role("link", name="The hall's own office").focus()
    waiting = int(hall.locator("[data-figure=waiting]").inner_text())
    city.at("dongcheng").take("medical")
    boss = city.administrator()
    wait_until(lambda: halls_told(boss)["dongcheng"]["waiting"] == waiting + 1, "the ticket in the office")
    office.clock.run_for(6_000)
    expect(hall.locator("[data-figure=waiting]")).to_have_text(str(waiting + 1))
    expect(hall.get_by_role("link", name="The hall's own office")).to_be_focused()
    office.context.set_offline(True)
    office.clock.run_for(6_000)
    expect(office.locator("[data-live]")).to_contain_text("Not live: the figures are of")
    office.context.set_offline(False)
    office.clock.run_for(6_000)
    expect(office.locator("[data-live]")).to_be_hidden()


def test_the_administrator_gives_out_a_password_that_lets_in(office: Page, city: RunningCity) -> None:
    office.get_by_role("button", name="New one-time password Wu Tao").click()
    shown = office.locator("[data-password]")
    expect(shown).to_contain_text("One-time password of Wu Tao: ")
    one_time = shown.inner_text().rpartition(" ")[2]
    assert admitted(city.at(), "citywatch", one_time).get("/api/v1/session")["staff"]["id"] == "citywatch"


@pytest.mark.parametrize("path", ["/", "/?q=zzz", "/?need=ID-CARD"])
def test_everybody_can_use_the_page(phone: Page, city: RunningCity, path: str) -> None:
    for language in LANGUAGES:
        phone.goto(f"{city.url()}{path}{'&' if '?' in path else '?'}lang={language}")
        assert violations(phone, f"{path} {language}") == []
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_everybody_can_use_the_office(office: Page) -> None:
    for size in (DESK, PHONE):
        office.set_viewport_size(size)
        assert violations(office, f"office {size}") == []
        assert office.evaluate("document.documentElement.scrollWidth") == size["width"]
