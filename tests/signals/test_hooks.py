"""Webhooks, heard by a real receiver: in order, signed, tried again, never holding up a press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.chromium import chromium
from tests.office.pages import pages_of
from tests.running import SMALL, Refused, RunningHall, running_hall, wait_until
from tests.signals.receivers import SECRET, Receiver, serving


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Path:
    """A hall with a hook for everything and one for pagers, and its data folder with the secret."""
    here = tmp_path_factory.mktemp("hooks")
    (here / "data").mkdir()
    (here / "data" / "hook.key").write_bytes(SECRET + b"\n")
    hook = f'\n[[signals.hooks]]\nid = "ID"\nurl = "{receiver.url}"\nsecret_file = "hook.key"\n'
    pagers = hook.replace("ID", "pagers") + 'pagers_only = true\nevents = ["called"]\n'
    text = SMALL.read_text("utf-8") + "\n[signals]\nahead = 1\n" + hook.replace("ID", "all") + pagers
    (here / "hall.toml").write_text(text, "utf-8")
    return here


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[RunningHall]:
    with running_hall(folder / "data", folder / "hall.toml") as hall:
        hall.clerk("wang").press("sit", "3")
        yield hall


def take(server: RunningHall, service: str = "pension") -> dict[str, str]:
    ticket: dict[str, str] = server.somebody().take(service)["ticket"]
    return ticket


def test_a_visit_is_told_in_order_and_signed(server: RunningHall, receiver: Receiver) -> None:
    number, wang = take(server)["number"], server.clerk("wang")
    wait_until(lambda: receiver.of(number) == ["almost"], "the word that it is near")
    wang.press("call_next", "3")
    wang.press("recall", "3")
    wang.press("serve", "3")
    wang.press("finish", "3", outcome="done")
    wait_until(lambda: receiver.of(number)[-1:] == ["finished"], "the end of the visit")
    assert receiver.of(number) == ["almost", "called", "called", "finished"]
    called = [each for each in receiver.told if each["number"] == number and each["event"] == "called"]
    assert [each["calls"] for each in called] == [1, 2]
    assert {each["window"] for each in called} == {"3"}
    public = {"id", "event", "at", "number", "service", "window", "calls"}
    own = {"hall", "ticket", "language", "pager", "ahead"}
    assert all(set(each) == public | own for each in receiver.told)
    assert receiver.forged == 0


def test_a_slow_receiver_holds_up_no_press(server: RunningHall, receiver: Receiver) -> None:
    first, wang = take(server)["number"], server.clerk("wang")
    wait_until(lambda: receiver.of(first) == ["almost"], "the word that it is near")
    receiver.free.clear()
    tries = len(receiver.tries)
    wang.press("call_next", "3")
    wait_until(lambda: len(receiver.tries) > tries, "the receiver to be busy with the call")
    wang.press("serve", "3")
    wang.press("finish", "3", outcome="done")
    assert receiver.of(first) == ["almost"], "answered while the receiver still holds the call"
    receiver.free.set()
    wait_until(lambda: receiver.of(first) == ["almost", "called", "finished"], "both afterwards, in order")


def test_what_was_not_taken_is_said_again_and_what_was_refused_is_not(
    server: RunningHall, receiver: Receiver
) -> None:
    number, wang = take(server)["number"], server.clerk("wang")
    wait_until(lambda: receiver.of(number) == ["almost"], "the word that it is near")
    receiver.statuses += [503, 204, 400]
    wang.press("call_next", "3")
    wait_until(lambda: receiver.of(number)[-1:] == ["called"], "the second try")
    wang.press("serve", "3")
    wang.press("finish", "3", outcome="done")
    wait_until(lambda: not receiver.statuses, "the refusal")
    told = server.administrator().get("/api/v1/signals")["hooks"][0]
    wait_until(lambda: server.administrator().get("/api/v1/signals")["hooks"][0]["dropped"] == 1, "the note")
    assert told["hook"] == "all"
    assert receiver.of(number) == ["almost", "called"]
    calls = [each["id"] for each in receiver.told if each["number"] == number and each["event"] == "called"]
    assert receiver.tries.count(calls[0]) == 2


def test_a_pager_is_named_and_its_hook_hears_of_no_other_ticket(
    server: RunningHall, receiver: Receiver
) -> None:
    guide, wang, ticket = server.administrator(), server.clerk("wang"), take(server)
    other = take(server)
    assert guide.post(f"/api/v1/tickets/{ticket['ticket']}/pager", {"pager": "17"})["pager"] == "17"
    for _ in (ticket, other):
        wang.press("call_next", "3")
        wang.press("serve", "3")
        wang.press("finish", "3", outcome="done")
    wait_until(lambda: receiver.of(other["number"])[-1:] == ["finished"], "the end")
    wait_until(lambda: receiver.of(ticket["number"]).count("called") == 2, "both hooks")
    assert receiver.of(other["number"]).count("called") == 1
    calls = [
        each for each in receiver.told if each["number"] == ticket["number"] and each["event"] == "called"
    ]
    assert {each["pager"] for each in calls} == {"17"}
    with pytest.raises(Refused) as refused:
        guide.post(f"/api/v1/tickets/{ticket['ticket']}/pager", {"pager": "18"})
    assert refused.value.code == "ticket_over"


def test_a_pager_is_with_one_number_until_it_is_back(server: RunningHall, receiver: Receiver) -> None:
    guide, wang, ticket, other = server.administrator(), server.clerk("wang"), take(server), take(server)
    mine, its = (f"/api/v1/tickets/{each['ticket']}/pager" for each in (ticket, other))
    assert guide.get(mine) == {"number": ticket["number"], "pager": None}
    guide.post(mine, {"pager": "21"})
    wait_until(lambda: receiver.of(other["number"]) == ["almost"], "the hooks to have read so far")
    with pytest.raises(Refused) as refused:
        guide.post(its, {"pager": "21"})
    assert refused.value.code == "pager_in_use" and ticket["number"] in refused.value.problem["detail"]
    assert guide.post(f"{mine}/untie") == guide.get(mine) == {"number": ticket["number"], "pager": None}
    wang.press("call_next", "3")
    wait_until(lambda: receiver.of(ticket["number"])[-1:] == ["called"], "the call")
    assert receiver.told[-1]["pager"] is None
    assert guide.post(its, {"pager": "21"})["pager"] == guide.get(its)["pager"] == "21"
    for _ in range(2):
        wang.press("serve", "3")
        wang.press("finish", "3", outcome="done")
        if _ == 0:
            wang.press("call_next", "3")


def test_the_guide_hands_out_a_pager_and_takes_it_back(server: RunningHall) -> None:
    number = take(server, "household")["number"]
    with chromium() as browser, pages_of(browser, server) as pages:
        page = pages.open("/guide?lang=en", person=server.administrator())
        page.locator("#find").fill(number)
        page.keyboard.press("Enter")
        page.get_by_label("Pager number").fill("b-7")
        page.keyboard.press("Enter")
        expect(page.locator("[data-pager]")).to_have_text("Pager B-7")
        page.get_by_role("button", name="Pager is back").click()
        expect(page.get_by_label("Pager number")).to_be_focused()
        expect(page.locator("[data-pager]")).to_have_count(0)


def test_the_office_sees_how_hooks_are(server: RunningHall) -> None:
    page = server.administrator().session.get(f"{server.url}/office/signals?lang=en", timeout=20).text
    assert "In order" in page and ">pagers<" in page


def test_a_restart_tells_what_was_missed_and_nothing_twice(
    tmp_path: Path, folder: Path, receiver: Receiver
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hook.key").write_bytes(SECRET)
    text = (folder / "hall.toml").read_text("utf-8").replace('events = ["called"]', 'events = ["left"]')
    with serving(Receiver()) as fresh:
        (tmp_path / "hall.toml").write_text(text.replace(receiver.url, fresh.url), "utf-8")
        with running_hall(tmp_path / "data", tmp_path / "hall.toml") as hall:
            li = hall.clerk("li")
            li.press("sit", "1")
            number = hall.somebody().take("household")["ticket"]["number"]
            wait_until(lambda: fresh.of(number) == ["almost"], "the word that it is near")
            li.press("call_next", "1")
            wait_until(lambda: fresh.of(number) == ["almost", "called"], "the call")
            fresh.statuses += [503] * 1000
            li.press("serve", "1")
            li.press("finish", "1", outcome="done")
            wait_until(lambda: len(fresh.statuses) < 1000, "a try in vain")
        fresh.statuses.clear()
        with running_hall(tmp_path / "data", tmp_path / "hall.toml"):
            wait_until(lambda: fresh.of(number) == ["almost", "called", "finished"], "what was missed")
