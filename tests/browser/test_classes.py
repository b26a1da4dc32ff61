"""Classes and rules in a real browser: who isn't entitled goes back, a guide grants, a window helps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.cards import card
from tests.chromium import chromium
from tests.running import SMALL, RunningHall, running_hall, wait_until
from tests.window.terminals import Cast

CLASSES = """confirm = true
granted_by = ["kiosk", "guide", "age"]
age = 70

[classes.green]
name = { zh = "绿色通道", en = "Green channel" }
head_start = 30.0
granted_by = ["guide"]

[[rules]]
id = "permits"
when = "line of residence-permit exceeds 1"
then = "window 3 helps with residence-permit"

[classes.appointment]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The small hall, with a class more and a rule."""
    folder = tmp_path_factory.mktemp("hall")
    file = folder / "hall.toml"
    text = SMALL.read_text("utf-8").replace("[classes.appointment]\n", CLASSES, 1)
    file.write_text(text.replace('id = "job-seeker"', 'id = "job-seeker"\nreal_name = true', 1), "utf-8")
    with running_hall(folder / "data", Path(file)) as hall:
        yield hall


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def cast(server: RunningHall, browser: Browser) -> Iterator[Cast]:
    everybody = Cast(server, browser)
    yield everybody
    everybody.leave()


def test_a_clerk_sends_back_who_isnt_entitled_and_may_take_it_back(cast: Cast) -> None:
    number = cast.visitor(ticket_class="priority", ground=2)
    terminal = cast.terminal()
    terminal.press()
    terminal.says("Start service", number)
    terminal.press("refuse_class")
    expect(terminal.news).to_contain_text(f"{number} stands among the ordinary numbers again")
    terminal.says("Next", number)
    expect(terminal.page.locator("[data-list=waiting] .tag")).to_have_count(0)
    terminal.key("z")
    terminal.says("Start service", number)
    terminal.key("v")
    expect(terminal.button("refuse_class")).to_have_count(0)
    terminal.press()
    terminal.says("Finish and next", number)


@pytest.mark.parametrize(("day", "given"), [("19561012", "priority"), ("19561013", "walk_in")])
def test_a_card_gives_the_class_by_age_and_nobody_is_told(cast: Cast, day: str, given: str) -> None:
    shown = {"document": "resident", "number": card(1, day)}
    answer = cast.hall.somebody().take("job-seeker", identity=shown)
    cast.keys.append(answer["ticket"]["ticket"])
    assert "priority" not in json.dumps(answer) and "ticket_class" not in json.dumps(answer)
    number = answer["ticket"]["number"]
    (seen,) = cast.hall.clerk("chen").get("/api/v1/tickets", number=number)["tickets"]
    assert (seen["ticket_class"], seen["confirmed"]) == (given, given == "priority")


def test_a_guide_puts_somebody_into_the_green_channel(cast: Cast) -> None:
    cast.visitor(), cast.visitor()
    number = cast.visitor("household")
    page = cast.page("chen")
    page.goto(f"{cast.hall.url}/guide")
    page.locator("#find").fill(number)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Into the line: Green channel").click()
    expect(page.locator(".found-ticket .tag")).to_have_text("Green channel")
    terminal = cast.terminal()
    expect(terminal.waiting().first).to_have_text(number)
    page.get_by_role("button", name="Back among the ordinary numbers").click()
    expect(terminal.waiting().last).to_have_text(number)


def test_a_supervisor_sees_the_rule_switches_it_off_and_tries_it_on_today(cast: Cast) -> None:
    cast.visitor("residence-permit"), cast.visitor("residence-permit")
    chen = cast.hall.clerk("chen")
    wait_until(lambda: chen.get("/api/v1/rules")["rules"][0]["state"] == "on", "the rule")
    page = cast.page("chen")
    page.goto(f"{cast.hall.url}/office/rules?day=2026-10-12")
    rule = page.locator("[data-rule=permits]")
    expect(rule).to_have_attribute("data-state", "on")
    expect(rule).to_contain_text("Residence permit: 2 waiting (limit 1)")
    rule.get_by_role("button", name="Switch off for today").click()
    expect(rule).to_have_attribute("data-state", "off_today")
    expect(rule.get_by_role("button")).to_be_focused()
    rule.get_by_role("button", name="Let it work again").click()
    expect(rule).to_have_attribute("data-state", "waiting")
    expect(page.locator("[data-tried=permits]")).to_contain_text("2 people waited for Residence permit")


def test_a_rule_brings_the_line_to_the_helping_window_and_says_so(cast: Cast) -> None:
    terminal = cast.terminal("wang", "3")
    helps = terminal.page.locator("[data-part=helps]")
    expect(helps).to_be_hidden()
    first = cast.visitor("residence-permit")
    cast.visitor("residence-permit")
    expect(helps).to_have_text("You also help with Residence permit now")
    terminal.says("Next", first)
    terminal.press()
    terminal.says("Start service", first)
