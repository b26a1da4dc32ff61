"""Reminders of appointments reach who sends them on: a webhook with the number, a file for trying."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.booked import book, booked_file
from tests.running import Json, RunningHall, running_hall, wait_until
from tests.signals.push_service import PushService
from tests.signals.receivers import SECRET, Receiver, serving

EVENTS = '["booking.made", "booking.cancelled", "booking.reminder"]'
HALF_AN_HOUR_BEFORE = "2026-10-12T09:00"
SOON = (29.95, 29.9, 29.8, 29.7, 29.6, 29.5, 29.25, 29.0)
"""Whatever the machine is busy with, one of them is still to come when the appointment has been made."""


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as server:
        yield server


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    with serving(PushService(tmp_path_factory.mktemp("push"))) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver, service: PushService) -> Path:
    here = tmp_path_factory.mktemp("told")
    (here / "data").mkdir()
    (here / "data" / "hook.key").write_bytes(SECRET)
    hook = '\n[[signals.hooks]]\nid = "ID"\nurl = "URL"\nsecret_file = "hook.key"\n' + f"events = {EVENTS}\n"
    hooks = hook.replace("ID", "sms").replace("URL", receiver.url)
    hooks += hook.replace("ID", "trial").replace("URL", "file:reminders.jsonl")
    before = ", ".join(f"{{ minutes_before = {minutes} }}" for minutes in SOON)
    rules = "\n[bookings]\nshare = 0.3\nlead_minutes = 0\n"
    rules += f"reminders = [{before}]\n"
    push = '\n[signals]\nahead = 0\npush = true\npush_contact = "mailto:hall@example.org"\n'
    push += f'push_services = ["{service.place}"]\n'
    booked_file(here, rules, push + hooks)
    return here


@pytest.fixture(scope="module")
def hall(folder: Path, service: PushService) -> Iterator[RunningHall]:
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SSL_CERT_FILE", str(service.certificate))
        with running_hall(folder / "data", folder / "booked.toml", HALF_AN_HOUR_BEFORE) as opened:
            yield opened


def told(receiver: Receiver, code: str) -> list[str]:
    return [each["event"] for each in receiver.told if each.get("code") == code]


def test_a_reminder_goes_out_by_itself_with_number_and_link(
    hall: RunningHall, receiver: Receiver, folder: Path
) -> None:
    visitor = hall.somebody()
    booking: Json = book(visitor, "13812345678", slot="2026-10-12T01:30:00.000Z")["booking"]
    code = booking["code"]
    wait_until(lambda: told(receiver, code)[-1:] == ["booking.reminder"], "the reminder")
    assert told(receiver, code)[0] == "booking.made"
    assert len({each["id"] for each in receiver.told}) == len(receiver.told)
    last = next(each for each in receiver.told if each["event"] == "booking.reminder")
    assert (last["phone"], last["link"]) == ("13812345678", booking["url"])
    assert (last["time"], last["day"], last["state"]) == ("09:30", "2026-10-12", "booked")
    file = folder / "data" / "signals" / "reminders.jsonl"
    wait_until(lambda: file.exists() and len(file.read_text().splitlines()) >= 2, "the file")
    assert json.loads(file.read_text().splitlines()[1])["id"] == last["id"]
    visitor.post(f"/api/v1{booking['link']}/cancel")
    wait_until(lambda: told(receiver, code)[-1:] == ["booking.cancelled"], "the word that it is cancelled")


def test_a_browser_is_reminded_and_after_checking_in_told_of_the_turn(
    hall: RunningHall, service: PushService
) -> None:
    visitor, browser, titles = hall.somebody(), service.browser("visit"), []
    visitor.session.cookies.set("lang", "en")
    booking = book(visitor, "13800009999", "household", "2026-10-12T01:30:00.000Z")["booking"]
    link = f"/api/v1{booking['link']}"
    assert visitor.post(f"{link}/push", browser.wish) == {"told": True}

    def told_now() -> list[str]:
        titles[:] = [browser.opened(body)["title"] for body in service.taken.get("visit", [])]
        return titles

    wait_until(lambda: bool(told_now()), "the reminder")
    assert titles[0] == f"Appointment {booking['code']}: 12 October 2026 at 09:30"
    ticket = visitor.post(f"{link}/check_in")["ticket"]["ticket"]["ticket"]
    hall.clerk("li").press("sit", "2")
    hall.clerk("li").press("call", "2", ticket=ticket)
    called = f"Number {booking['code']}: please go to window 2"
    wait_until(lambda: told_now()[-1:] == [called], "the call")


def test_the_log_and_the_lists_never_hold_the_number(hall: RunningHall) -> None:
    made = book(hall.somebody(), "13887654321", slot="2026-10-12T01:30:00.000Z")
    rows = hall.administrator().get("/api/v1/log", limit="200")
    assert "13887654321" not in str(rows) + str(made)
    assert "4321" not in str(rows)
