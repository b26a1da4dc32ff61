"""The clerk's terminal in a real browser: a whole visit by clicking and by keys, and what may go wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.chromium import chromium
from tests.running import RunningHall
from tests.window.terminals import Cast

LOST_AFTER_PATIENCE = 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def cast(server: RunningHall, browser: Browser) -> Iterator[Cast]:
    everybody = Cast(server, browser)
    yield everybody
    everybody.leave()


def test_a_stranger_is_sent_to_sign_in(browser: Browser, server: RunningHall) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/terminal")
    assert re.search(r"/login\?next=/terminal$", page.url)
    page.close()


def test_a_clerk_finds_the_own_windows_first_and_any_other_by_typing(cast: Cast) -> None:
    page = cast.page("wang", "zh_Hans")
    page.goto(f"{cast.hall.url}/terminal")
    expect(page.locator("[data-own] [data-sit] b")).to_have_text(["2", "3"])
    page.locator("#find-window").fill("gazh")
    expect(page.locator("[data-every] [data-sit] b")).to_have_text(["1"])
    page.keyboard.press("Enter")
    expect(page.locator("[data-fill=window]")).to_have_text("1")
    assert cast.window("1")["state"] == "open"


def test_before_the_first_picture_nothing_is_told_or_pressed(cast: Cast) -> None:
    cast.visitor()
    cast.hall.clerk("li").press("sit", "1")
    page = cast.page("li")
    page.route_web_socket("**/socket.io/**", lambda socket: None)
    page.route("**/socket.io/**", lambda route: None)
    page.goto(f"{cast.hall.url}/terminal")
    expect(page.locator("[data-fill=heading]")).to_have_text("Loading …")
    expect(page.locator("[data-part=loading]")).to_be_visible()
    expect(page.locator("[data-empty=waiting]")).to_be_hidden()
    expect(page.locator("[data-action=primary] [data-fill=primary]")).to_have_text("Loading …")
    expect(page.locator(".now button:enabled:visible")).to_have_count(0)


def test_a_whole_visit_by_clicking_in_chinese(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor("household")
    li = cast.terminal(language="zh_Hans")
    li.says("下一位", first)
    li.press()
    li.says("开始办理", first)
    expect(li.news).to_have_text(f"已呼叫 {first}")
    li.press("recall")
    expect(li.page.locator("[data-fill=about]")).to_contain_text("已呼叫 2 次")
    li.press()
    li.says("办结并叫下一位", first)
    expect(li.page.locator("[data-fill=timer]")).to_have_text(re.compile(r"^0:0[1-9]$"))
    li.press()
    li.says("开始办理", second)
    expect(li.news).to_have_text(f"{first} 已办结、已呼叫 {second}")
    li.press("mark_no_show")
    li.says("下一位", "")
    expect(li.missed().first).to_have_text(second)
    expect(li.page.locator("[data-fill=served]")).to_have_text(re.compile(r"^[1-9]"))


def test_a_whole_visit_by_keys_and_keypad(cast: Cast) -> None:
    first, second, third = cast.visitor(), cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.key("Space")
    li.says("Start service", first)
    li.key("NumpadMultiply", "Enter")
    li.says("Finish and next", first)
    li.key("Numpad3", "NumpadAdd")
    li.says("Start service", second)
    li.key("NumpadSubtract")
    li.says("Next", third)
    li.key("F9")
    li.says("Start service", third)
    li.key("F9")
    li.says("Finish and next", third)
    li.key("NumpadDivide")
    li.says("Next", "")
    outcomes = [event["ticket"]["outcome"] for event in cast.events() if event["action"] == "finish"][-2:]  # type: ignore[index]
    assert outcomes == ["referred", "done"]


def test_a_key_held_down_and_a_double_click_press_once(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.main.dblclick()
    li.says("Start service", first)
    for _ in range(20):
        li.page.keyboard.down("Enter")
    li.page.keyboard.up("Enter")
    li.says("Finish and next", first)
    expect(li.waiting()).to_have_text([second])


def test_undo_says_what_it_takes_back_and_takes_it_back_whole(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.key("Space", "Space", "Space")
    li.says("Start service", second)
    undo = li.button("undo")
    expect(undo).to_contain_text(f"Undo: finish of {first}, call of {second}")
    expect(undo).to_contain_text(re.compile(r"\d+ s"))
    li.key("z")
    li.says("Finish and next", first)
    expect(li.waiting()).to_have_text([second])
    expect(li.news).to_have_text("The last press is taken back")


def test_hold_and_resume(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.key("Space", "Space", "h")
    li.says("Next", second)
    expect(li.held()).to_have_text([first])
    li.key("g")
    li.says("Finish and next", first)
    expect(li.held()).to_have_count(0)


def test_transfer_to_a_service_found_by_first_letters(cast: Cast) -> None:
    number = cast.visitor()
    li = cast.terminal(language="zh_Hans")
    li.key("Space", "t")
    li.page.keyboard.type("syd")
    expect(li.page.locator("#goals [aria-selected=true] .name")).to_have_text("失业登记")
    li.page.keyboard.press("Enter")
    li.says("下一位", "")
    wang = cast.terminal("wang", "3")
    expect(wang.waiting()).to_have_text([number])


def test_transfer_to_a_window_puts_the_ticket_in_its_own_line(cast: Cast) -> None:
    number = cast.visitor()
    wang = cast.terminal("wang", "3")
    li = cast.terminal()
    li.key("Space")
    li.press("transfer")
    li.choose("To a window")
    li.page.locator("[data-goal='3']").click()
    li.choose("Transfer to Window 3")
    expect(wang.waiting()).to_have_text([number])
    expect(wang.page.locator("[data-list=waiting] .tag")).to_have_text("For this window")


def test_call_this_one_move_back_and_reinstate(cast: Cast) -> None:
    first, second, third = cast.visitor(), cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.key("ArrowDown", "p")
    expect(li.waiting()).to_have_text([second, third, first])
    li.key("ArrowDown", "ArrowDown", "c")
    li.says("Start service", third)
    li.key("n")
    expect(li.missed().first).to_have_text(third)
    li.press("reinstate")
    expect(li.waiting()).to_have_text([second, first, third])


def test_a_pause_puts_up_a_sign_and_the_big_button_takes_it_down(cast: Cast) -> None:
    cast.visitor()
    li = cast.terminal()
    li.key("s")
    li.page.get_by_label("Equipment fault").check()
    li.page.get_by_label("Please go to another window").check()
    li.page.locator("#go-to").select_option("2")
    li.choose("Put up the sign")
    li.says("Open again", "Equipment fault")
    view = cast.window()
    assert (view["state"], view["pause_reason"]) == ("paused", "equipment")
    assert view["sign"] == {"kind": "go_to", "window": "2"}
    li.key("Space")
    expect(li.main).to_contain_text("Next")
    assert cast.window()["sign"] is None


def test_what_is_missing_is_told_once_and_printed(cast: Cast) -> None:
    cast.visitor()
    li = cast.terminal(language="zh_Hans")
    li.key("Space", "Space", "2")
    li.page.evaluate("window.print = () => { window.printed = true; }")
    li.page.get_by_label("户口簿").check()
    li.page.get_by_label("其他缺少的材料").fill("近期照片")
    li.press("print")
    assert li.page.evaluate("window.printed") is True
    expect(li.page.locator("[data-slip-materials] li")).to_have_text(["户口簿", "近期照片"])
    li.press("finish")
    li.says("下一位", "")


def test_two_terminals_of_one_clerk_mirror_each_other(cast: Cast) -> None:
    first = cast.visitor()
    left, right = cast.terminal(), cast.terminal()
    left.key("Space")
    right.says("Start service", first)
    expect(right.button("undo")).to_contain_text(f"Undo: call of {first}")
    right.key("Space")
    left.says("Finish and next", first)
    expect(left.news).to_have_text(f"Service of {first} has begun")


def test_taking_over_is_asked_told_and_taken_back(cast: Cast) -> None:
    first = cast.visitor()
    li = cast.terminal()
    li.key("Space")
    page = cast.page("wang")
    page.goto(f"{cast.hall.url}/terminal")
    page.locator("[data-every] [data-sit='1']").click()
    expect(page.locator("dialog[open] h2")).to_have_text("Li Min sits at window 1. Take over?")
    page.locator("dialog[open]").get_by_role("button", name="Take over").click()
    expect(page.locator("[data-fill=number]")).to_have_text(first)
    expect(li.page.locator("[data-fill=away]")).to_contain_text("Wang Qiang took this window over")
    expect(li.main).to_be_hidden()
    li.page.keyboard.press("F9")
    assert cast.window()["ticket_state"] == "called"
    li.button("sit_again").click()
    li.choose("Take over")
    li.says("Start service", first)
    expect(page.locator("[data-fill=away]")).to_contain_text("Li Min took this window over")


def test_a_clerk_who_sits_down_elsewhere_leaves_the_first_window(cast: Cast) -> None:
    li = cast.terminal()
    cast.hall.clerk("li").press("sit", "2")
    expect(li.page.locator("[data-fill=away]")).to_contain_text("You sit at window 2 now")
    assert cast.window("1")["state"] == "closed"


def test_leaving_is_asked_first_and_leads_back_to_the_choice(cast: Cast) -> None:
    cast.visitor()
    li = cast.terminal()
    li.key("l")
    expect(li.page.locator("dialog[open]")).to_contain_text("1 people still wait")
    li.page.keyboard.press("Enter")
    expect(li.page.locator("[data-face=choose]")).to_be_visible()
    assert cast.window()["state"] == "closed"


def test_a_refused_press_says_why_and_shows_how_it_stands(cast: Cast) -> None:
    number = cast.visitor()
    li = cast.terminal()
    li.key("Space")

    def too_late(route: Route) -> None:
        cast.hall.clerk("chen").press("mark_no_show", "1")
        route.continue_()

    li.page.route("**/serve", too_late)
    li.key("Space")
    expect(li.trouble).to_contain_text(number)
    li.says("Next", "")
    expect(li.missed().first).to_have_text(number)


def test_an_answer_that_got_lost_is_asked_for_again_and_changes_nothing_twice(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor()
    li = cast.terminal()
    lost = []

    def lose_the_first(route: Route) -> None:
        response = route.fetch()
        lost.append(response.status)
        if len(lost) == 1:
            route.abort()
        else:
            route.fulfill(response=response)

    li.page.route("**/call_next", lose_the_first)
    li.key("Space")
    li.says("Start service", first)
    assert lost == [200, 200]
    expect(li.waiting()).to_have_text([second])


def test_a_press_without_an_answer_is_kept_until_the_hall_is_there(cast: Cast) -> None:
    first, second = cast.visitor(), cast.visitor()
    li = cast.terminal()
    li.page.route("**/call_next", lambda route: route.abort())
    li.key("Space")
    expect(li.trouble).to_have_text("Waiting for the hall … Your press is kept and counts once.")
    expect(li.main).to_have_attribute("aria-disabled", "true")
    li.page.unroute("**/call_next")
    li.says("Start service", first)
    expect(li.trouble).to_have_text("")
    expect(li.waiting()).to_have_text([second])


def test_a_server_that_fails_is_asked_how_it_stands(cast: Cast) -> None:
    first = cast.visitor()
    li = cast.terminal()
    li.page.route("**/call_next", lambda route: route.fulfill(status=500, body="failed"))
    li.key("Space")
    expect(li.trouble).to_contain_text("the press was not done", timeout=LOST_AFTER_PATIENCE)
    li.page.unroute("**/call_next")
    li.key("Space")
    li.says("Start service", first)
