"""press.js: one change, however often it has to be sent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.display.screens import Screens
from tests.running import RunningHall

PRESS = """
async ([path, body]) => {
  const { press } = await import("/static/shared/press.js");
  try {
    return { answer: await press(path, body) };
  } catch (fault) {
    return { name: fault.name, code: fault.code, detail: fault.problem.detail };
  }
}
"""


@pytest.fixture
def page(server: RunningHall, screens: Screens) -> Page:
    return screens.open(server.url + "/healthz", wait=False)


def pressed(page: Page, path: str, body: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = page.evaluate(PRESS, [path, body])
    return said


def test_a_lost_answer_is_asked_for_again_with_the_same_key(page: Page) -> None:
    keys: list[str] = []
    losses = ["abort", "no answer", "server"]

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        how = losses.pop(0) if losses else ""
        if how == "abort":
            route.abort()
        elif how == "no answer":
            route.fetch()
            route.abort()
        elif how == "server":
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    page.route("**/api/v1/tickets", lose)
    ticket = pressed(page, "/api/v1/tickets", {"service": "id-card"})["answer"]["ticket"]
    assert not losses and len(keys) >= 4, "a slow machine may ask once more"
    assert len(set(keys)) == 1
    after = pressed(page, "/api/v1/tickets", {"service": "id-card"})["answer"]["ticket"]
    assert int(after["number"][1:]) == int(ticket["number"][1:]) + 1


def test_a_refusal_says_why_and_is_not_repeated(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    said = pressed(page, "/api/v1/tickets", {"service": "no-such-service"})
    assert (said["name"], said["code"]) == ("PressRefused", "unknown_service")
    assert said["detail"]
    assert len([url for url in sent if url.endswith("/tickets")]) == 1


def test_a_hall_that_stays_away_leaves_it_uncertain(page: Page) -> None:
    page.clock.install()
    page.route("**/api/v1/tickets", lambda route: route.abort())
    page.evaluate(f"() => {{ window.END = ({PRESS})(['/api/v1/tickets', {{}}]); }}")
    for _second in range(15):
        page.clock.run_for(1000)
        page.evaluate("() => new Promise(requestIdleCallback)")
    said = page.evaluate("END")
    assert (said["name"], said["code"]) == ("PressUncertain", "no_answer")
    assert said["detail"]


def test_a_network_without_https_has_keys_as_well(page: Page) -> None:
    made = page.evaluate("""async () => {
      const { freshKey } = await import("/static/shared/press.js");
      Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
      return [freshKey(), freshKey()];
    }""")
    assert len(set(made)) == 2
    assert all(len(key) == 32 for key in made)
