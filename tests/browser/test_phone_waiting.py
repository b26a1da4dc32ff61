"""The ticket holder's page while waiting: more time, receipt, a poor line, little to fetch, small screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page, WebSocketRoute, expect

from tests.browser.test_phone import COUNT_TONES, background, size_of
from tests.phone.visitors import FAR, PHONE, Visitors, at, call, chromium, clear, number_of
from tests.running import Json, Person, RunningHall

FIRST_LOAD = 100_000
"""Bytes that a phone may have to fetch at first, unpacked and with what it fetches for later."""

POOR = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
CUT = POOR | {"offline": True}
CUT_FOR = 1000
"""On top of what it takes until the page says that it isn't connected."""


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
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    clear(server, li)


def test_more_time_is_one_tap_and_taken_back_with_another(visitors: Visitors, li: Person) -> None:
    ticket = li.take("residence-permit")
    phone, other = visitors.phone(ticket), visitors.phone(ticket)
    at(phone, "waiting")
    phone.get_by_role("button", name="I need 10 more minutes").click()
    for page in (phone, other):
        expect(page.locator("[data-away]")).to_contain_text("You are not called before 09:1")
        expect(page.locator("[data-fill=more_left]")).to_have_text("You can ask for this 1 more time.")
        expect(page.locator(".place")).to_be_hidden()
    expect(phone).to_have_title(
        f"{number_of(ticket)}: from {phone.locator('[data-fill=away]').inner_text()[-6:-1]}"
    )
    phone.get_by_role("button", name="I need 10 more minutes").click()
    expect(phone.locator("[data-more-time]")).to_be_hidden()
    other.get_by_role("button", name="I am back").click()
    for page in (phone, other):
        expect(page.locator("[data-away]")).to_be_hidden()
        expect(page.locator(".place")).to_be_visible()


def test_the_receipt_names_who_was_called_before_and_stays_afterwards(visitors: Visitors, li: Person) -> None:
    ticket, later = li.take(), li.take()
    call(li, later)
    phone = visitors.phone(ticket)
    phone.get_by_text("Was anybody called before me?").click()
    row = phone.locator("[data-receipt-list] li")
    expect(row).to_have_text(
        f"{number_of(later)} joined less than a minute after you. Called out of turn, by a member of staff."
    )
    clear(visitors.hall, li)
    call(li, ticket)
    li.press("serve", "1")
    at(phone, "serving")
    expect(row).to_be_visible()


def test_first_load_below_100_kb(visitors: Visitors, li: Person) -> None:
    """With all that the page fetches by itself, and what comes over its socket until it shows the place."""
    phone = visitors.open("/t/nobody.1.x", PHONE)
    wire, unpacked = counted(phone)
    with phone.expect_request_finished(lambda request: request.url.endswith("leaving.js")):
        phone.goto(f"{visitors.hall.url}{li.take()['link']}?lang=zh_Hans")
        at(phone, "waiting")
    assert 20_000 < sum(wire) < sum(unpacked) < FIRST_LOAD


def counted(phone: Page) -> tuple[list[int], list[int]]:
    """Bytes as they came, headers and all, and as they were when unpacked."""
    wire: list[int] = []
    unpacked: list[int] = []
    device = tools_of(phone)
    device.send("Network.enable")
    device.send("Network.setCacheDisabled", {"cacheDisabled": True})
    device.on("Network.loadingFinished", lambda told: wire.append(int(told["encodedDataLength"])))
    device.on("Network.dataReceived", lambda told: unpacked.append(told["dataLength"]))

    def heard(told: Json) -> None:
        size = len(told["response"]["payloadData"].encode())
        wire.append(size)
        unpacked.append(size)

    device.on("Network.webSocketFrameReceived", heard)
    return wire, unpacked


def tools_of(phone: Page) -> CDPSession:
    return phone.context.new_cdp_session(phone)


def test_on_a_poor_line_and_without_https_the_call_is_not_missed(visitors: Visitors, li: Person) -> None:
    """50 kB/s, 400 ms, cut off while the call is made; a page that the browser trusts with less."""
    ticket = li.take()
    phone = visitors.open("/t/nobody.1.x", PHONE)
    device = tools_of(phone)
    device.send("Network.enable")
    device.send("Network.emulateNetworkConditions", POOR)
    port = urlsplit(visitors.hall.url).port
    phone.goto(f"http://{FAR}:{port}{ticket['link']}?lang=zh_Hans")
    at(phone, "waiting")
    assert phone.evaluate("[isSecureContext, 'wakeLock' in navigator]") == [False, False]
    phone.evaluate(COUNT_TONES)
    phone.get_by_role("button", name="叫到我时响铃").click()
    expect(phone.locator("[data-armed]")).to_be_visible()
    tried, calm = phone.evaluate("tones"), background(phone)
    device.send("Network.emulateNetworkConditions", CUT)
    call(li, ticket)
    expect(phone.locator("[data-live]")).to_be_visible(timeout=10_000)
    phone.wait_for_timeout(CUT_FOR)
    device.send("Network.emulateNetworkConditions", POOR)
    expect(phone.locator("body")).to_have_attribute("data-at", "called", timeout=15_000)
    assert background(phone) != calm and size_of(phone, ".target .number") >= 150
    assert phone.evaluate("tones") > tried
    expect(phone).to_have_title("▶ 1号窗口")
    expect(phone.locator("link[rel=icon]")).to_have_attribute("href", re.compile(r"/phone/call\.svg$"))


DEVICE = """() => {
    window.buzzed = [];
    window.lit = 0;
    navigator.vibrate = (pattern) => buzzed.push(pattern) > 0;
    const lock = navigator.wakeLock, real = lock.request.bind(lock);
    lock.request = async (what) => { lit += 1; return real(what).catch(() => new Lock()); };
    class Lock extends EventTarget { released = false; }
}"""
"""What a browser without screen and motor can't have: buzzing is noted, a refused lock is a granted one."""


def test_on_https_a_tap_keeps_the_screen_lit_and_the_call_is_felt(visitors: Visitors, li: Person) -> None:
    """This machine by its own name is as good as HTTPS to a browser."""
    ticket = li.take()
    phone = visitors.open("/t/nobody.1.x", PHONE)
    port = urlsplit(visitors.hall.url).port
    phone.goto(f"http://localhost:{port}{ticket['link']}?lang=en")
    at(phone, "waiting")
    assert phone.evaluate("[isSecureContext, 'wakeLock' in navigator]") == [True, True]
    phone.evaluate(DEVICE)
    phone.get_by_role("button", name="Ring when I am called").click()
    expect(phone.locator("[data-armed]")).to_contain_text("The bell is on")
    assert phone.evaluate("lit") == 1
    before = phone.evaluate("buzzed.length")
    call(li, ticket)
    at(phone, "called")
    phone.wait_for_function("before => buzzed.length > before", arg=before)
    assert phone.evaluate("buzzed.at(-1)") == [400, 150, 400, 150, 700]
    phone.get_by_role("button", name="I am on my way").click()
    assert phone.evaluate("buzzed.at(-1)") == 0


def test_five_characters_fit_on_a_small_phone(visitors: Visitors, li: Person) -> None:
    ticket = li.take()
    phone = visitors.open(f"{ticket['link']}?lang=zh_Hans", {"width": 320, "height": 640})
    at(phone, "waiting")
    for size in ("", "large"):
        phone.evaluate("size => document.documentElement.dataset.size = size", size)
        phone.locator("h1.number").evaluate("node => node.textContent = 'ZY001'")
        assert fits(phone, "h1.number")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    call(li, ticket)
    at(phone, "called")
    phone.locator("h1.number").evaluate("node => node.textContent = 'ZY001'")
    assert fits(phone, "h1.number")


def fits(phone: Page, selector: str) -> bool:
    """Whether the whole text lies within the screen and its own box."""
    measure = """node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { left, right } = range.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && node.scrollWidth <= node.clientWidth + 1;
    }"""
    return bool(phone.locator(selector).evaluate(measure))


def test_the_place_is_read_aloud_at_a_few_steps_only(visitors: Visitors, li: Person) -> None:
    phone = visitors.phone(li.take())
    at(phone, "waiting")
    told = phone.evaluate("""async () => {
        const { Scenes } = await import("/static/phone/scenes.js");
        const scenes = new Scenes((key, { count }) => `${key} ${count}`, "Asia/Shanghai");
        const heard = [];
        scenes.fill = (name, text) => heard.push(text);
        for (const ahead of [14, 13, 10, 9, 9, 8, 5, 4, 3, 3, 4, 3, 2, 1, 0]) scenes.tellSometimes(ahead);
        return heard;
    }""")
    assert told[:-1] == ["people 10", "people 5", "people 3", "people 2", "person 1"]
    assert told[-1] == "You are next"


class Moody:
    """A hall that refuses the first connection and hangs up on the second."""

    def __init__(self) -> None:
        self.lines: list[WebSocketRoute] = []

    def carry(self, page: WebSocketRoute) -> None:
        self.lines.append(page)
        if len(self.lines) > 1:
            page.connect_to_server()
            return
        page.on_message(lambda said: page.send('44{"message":"too_many_screens"}') if said == "40" else None)
        page.send('0{"sid":"x","pingInterval":5000,"pingTimeout":5000}')


def test_a_hall_that_refuses_or_hangs_up_is_asked_again(visitors: Visitors, li: Person) -> None:
    ticket, moody = li.take(), Moody()
    phone = visitors.open(f"{ticket['link']}?lang=en", PHONE, moody)
    at(phone, "waiting")
    moody.lines[1].send("41")
    for _ in range(400):
        if len(moody.lines) >= 3:
            break
        phone.wait_for_timeout(50)
    assert len(moody.lines) >= 3, "never asked again"
    call(li, ticket)
    at(phone, "called")
