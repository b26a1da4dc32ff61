"""Phones whose page is closed: a real push service gets sealed and signed messages, one at a time."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.chromium import chromium
from tests.office.pages import pages_of
from tests.running import SMALL, Json, Refused, RunningHall, running_hall, wait_until
from tests.signals.push_service import Browser, PushService
from tests.signals.receivers import serving
from web.outside import NoAnswer, Wish, sent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("push")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[PushService]:
    with serving(PushService(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def hall(folder: Path, service: PushService) -> Iterator[RunningHall]:
    """Its machine trusts the push service's certificate."""
    rules = '\n[signals]\nahead = 0\npush = true\npush_contact = "mailto:hall@example.org"\n'
    rules += f'push_services = ["{service.place}"]\n'
    (folder / "hall.toml").write_text(SMALL.read_text("utf-8") + rules, "utf-8")
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SSL_CERT_FILE", str(service.certificate))
        with running_hall(folder / "data", folder / "hall.toml") as opened:
            opened.clerk("wang").press("sit", "3")
            yield opened


def take(hall: RunningHall, service: str = "pension") -> Json:
    return hall.somebody().take(service)


def behind_somebody(hall: RunningHall) -> Json:
    """Who asks before the turn is near is told when it is."""
    take(hall)
    return take(hall)


def asks(hall: RunningHall, taken: Json, browser: Browser, path: str = "", lang: str = "zh_Hans") -> Json:
    person = hall.somebody()
    person.session.cookies.set("lang", lang)
    body = {"endpoint": browser.wish["endpoint"]} if path else browser.wish
    return person.post(f"/api/v1{taken['link']}/push{path}", body)


def kept(hall: RunningHall) -> int:
    kinds = hall.administrator().get("/api/v1/upkeep")["kept"]
    (rows,) = [each["rows"] for each in kinds if each["kind"] == "subscriptions"]
    return int(rows)


def serve(hall: RunningHall) -> None:
    """Calls who is next and lets them go."""
    for press, body in (("call_next", {}), ("serve", {}), ("finish", {"outcome": "done"})):
        hall.clerk("wang").press(press, "3", **body)


def test_a_closed_page_is_told_in_its_language_and_forgotten_after_the_visit(
    hall: RunningHall, service: PushService, folder: Path
) -> None:
    taken, browser, wang = behind_somebody(hall), service.browser("first"), hall.clerk("wang")
    number = taken["ticket"]["number"]
    assert asks(hall, taken, browser) == {"told": True}
    serve(hall)
    wait_until(lambda: "first" in service.taken, "the word that it is near")
    wang.press("call_next", "3")
    wait_until(lambda: len(service.taken["first"]) == 2, "the call")
    wang.press("recall", "3")
    wait_until(lambda: len(service.taken["first"]) == 3, "the second call")
    told = [browser.opened(body) for body in service.taken["first"]]
    assert [each["title"] for each in told] == [
        f"{number} 号：快轮到您了", f"请 {number} 号到 3 号窗口", f"请 {number} 号到 3 号窗口"
    ]  # fmt: skip
    assert [each["called"] for each in told] == [False, True, True]
    assert all(taken["link"].removeprefix("/t/") not in json.dumps(each) for each in told)
    assert service.forged == 0 and len(service.keys) == 1
    assert {(each["aud"], each["sub"]) for each in service.claims} == {
        (f"https://{service.place}", "mailto:hall@example.org")
    }
    assert stat.S_IMODE((folder / "data" / "vapid.key").stat().st_mode) == 0o600
    page = hall.somebody().session.get(f"{hall.url}{taken['link']}?lang=en", timeout=20).text
    assert service.keys.pop() in page and "mailbox at its maker" in page
    assert kept(hall) == 1
    wang.press("serve", "3")
    wang.press("finish", "3", outcome="done")
    wait_until(lambda: kept(hall) == 0, "the mailbox to be forgotten")
    with pytest.raises(Refused) as refused:
        asks(hall, taken, browser)
    assert refused.value.code == "push_too_late"


def test_a_mailbox_that_was_thrown_away_is_forgotten(hall: RunningHall, service: PushService) -> None:
    taken, gone = behind_somebody(hall), service.browser("gone")
    service.statuses["gone"] = [410]
    asks(hall, taken, gone)
    serve(hall)
    wait_until(lambda: "gone" in service.tries, "a try")
    wait_until(lambda: kept(hall) == 0, "the mailbox to be forgotten")
    serve(hall)


def test_a_dead_mailbox_holds_up_no_press_and_no_other_phone(hall: RunningHall, service: PushService) -> None:
    taken, slow, well = behind_somebody(hall), service.browser("slow"), service.browser("well")
    service.shut["slow"] = threading.Event()
    service.statuses["slow"] = [503]
    for each in (slow, well):
        asks(hall, taken, each, lang="en")
    serve(hall)
    wait_until(lambda: "slow" in service.tries, "the push service to be busy")
    hall.clerk("wang").press("call_next", "3")
    called = f"Number {taken['ticket']['number']}: please go to window 3"
    wait_until(lambda: bool(titles(service, well)) and titles(service, well)[-1] == called, "the other phone")
    assert "slow" not in service.taken, "told while the first answer is still held back"
    service.shut["slow"].set()
    wait_until(lambda: titles(service, slow) == [called], "what is true by now, and nothing else")
    hall.clerk("wang").press("serve", "3")
    hall.clerk("wang").press("finish", "3", outcome="done")


def titles(service: PushService, browser: Browser) -> list[str]:
    box = browser.wish["endpoint"].rsplit("/", 1)[1]
    return [browser.opened(body)["title"] for body in service.taken.get(box, [])]


def test_who_asks_no_more_isnt_told_and_a_third_phone_takes_the_firsts_place(
    hall: RunningHall, service: PushService
) -> None:
    taken = behind_somebody(hall)
    browsers = [service.browser(name) for name in ("one", "two", "three")]
    for each in browsers:
        asks(hall, taken, each)
    assert kept(hall) == 2
    assert asks(hall, taken, browsers[1], "/end") == {"told": False}
    assert kept(hall) == 1
    serve(hall)
    wait_until(lambda: "three" in service.taken, "the one that is left")
    serve(hall)  # not before: of a visit that is over nobody is told anything
    assert not {"one", "two"} & set(service.tries)


def test_nothing_is_sent_where_a_stranger_says(hall: RunningHall, service: PushService) -> None:
    taken, browser = take(hall), service.browser("stranger")
    for endpoint in (
        f"http://{service.place}/box/x", "https://127.0.0.1:1/x", "https://192.168.1.1/", "https://[::1]/x",
        f"https://{service.place}@example.org/", f"https://me@{service.place}/", "https://example.org/",
        f"https://{service.place}.example.org/", f"https://{service.place}/a b", "https://[/",
    ):  # fmt: skip
        browser.wish["endpoint"] = endpoint
        with pytest.raises(Refused) as refused:
            asks(hall, taken, browser)
        assert refused.value.code == "push_not_offered", endpoint
    browser.wish = service.browser("x").wish | {"keys": {"p256dh": "B" * 87, "auth": "A" * 22}}
    with pytest.raises(Refused) as refused:
        asks(hall, taken, browser)
    assert refused.value.code == "bad_request"
    assert kept(hall) == 0
    serve(hall)


def test_a_name_that_leads_into_the_own_network_is_not_followed() -> None:
    with serving(HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)) as server:
        url = f"http://localhost:{server.server_address[1]}/"
        with pytest.raises(NoAnswer, match="own network"):
            sent(Wish("POST", url, b"", {}, 5.0, inside=False), lambda work: work())
        assert sent(Wish("POST", url, b"", {}, 5.0), lambda work: work()).status == 501


PRETEND = """
const made = { endpoint: ENDPOINT, toJSON: () => (WISH), unsubscribe: async () => true };
let kept = null;
PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
  if (key.length !== 65) throw new Error("not a key");
  return (kept = made);
};
PushManager.prototype.getSubscription = async () => kept;
"""
"""What a browser's maker would answer; this one can't be reached. The rest is the browser's own."""


def test_the_page_offers_it_and_its_worker_shows_what_comes(hall: RunningHall, service: PushService) -> None:
    taken, wish = take(hall), service.browser("page").wish
    number = taken["ticket"]["number"]
    with chromium(whole=True) as browser, pages_of(browser, hall) as pages:  # the shell hears no pushes
        page = pages.open("/healthz", permissions=["notifications"])
        script = PRETEND.replace("ENDPOINT", json.dumps(wish["endpoint"])).replace("WISH", json.dumps(wish))
        page.context.add_init_script(script)
        page.goto(f"{hall.url}{taken['link']}?lang=en")
        page.get_by_role("button", name="also when this page is closed").click()
        expect(page.locator("[data-push-told]")).to_be_visible()
        assert kept(hall) == 1
        device, workers = page.context.new_cdp_session(page), []
        device.on(
            "ServiceWorker.workerRegistrationUpdated", lambda said: workers.extend(said["registrations"])
        )
        device.send("ServiceWorker.enable")
        wait_for_worker(page, workers)
        pushed = {"origin": hall.url, "registrationId": workers[0]["registrationId"]}
        said = json.dumps({"title": f"Number {number}", "body": "It is your turn.", "called": True})
        device.send("ServiceWorker.deliverPushMessage", pushed | {"data": said})
        shown = """async () => (await (await navigator.serviceWorker.getRegistration(location.pathname))
            .getNotifications()).map((each) => each.title)"""
        assert workers[0]["scopeURL"] == f"{hall.url}{taken['link']}"
        page.wait_for_function(f"async () => (await ({shown})()).length === 1")
        assert page.evaluate(shown) == [f"Number {number}"]
        page.get_by_role("button", name="Do not tell me any more").click()
        expect(page.locator("[data-push-on]")).to_be_visible()
        assert kept(hall) == 0
    serve(hall)


def wait_for_worker(page: object, workers: list[Json]) -> None:
    while not workers:
        page.wait_for_timeout(20)  # type: ignore[attr-defined]


def test_a_hall_that_didnt_switch_it_on_offers_nothing(tmp_path: Path, service: PushService) -> None:
    with running_hall(tmp_path / "data", SMALL) as plain:
        taken = take(plain)
        page = plain.somebody().session.get(f"{plain.url}{taken['link']}", timeout=20).text
        assert "data-push" not in page
        with pytest.raises(Refused) as refused:
            asks(plain, taken, service.browser("off"))
        assert refused.value.code == "push_not_offered"
        assert not (tmp_path / "data" / "vapid.key").exists()
