"""Whoever tries to bend a rating is refused, nothing changes, and the audit trail says so."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from queueing.clock import HandClock
from queueing.records import Event, Press
from tests.api.browsers import Browser, Browsers
from web.context import Built
from web.sessions import REAL_CLOCK
from web.tokens import token_for
from web.watching import EACH, STRANGERS

PAD = "/api/v1/windows/1/rating"
LI = Press(actor="staff:li", role="clerk", clerk="li", source="10.0.0.21")
WANG = Press(actor="staff:wang", role="clerk", clerk="wang", source="10.0.0.22")


class Visit:
    """A visit that li has just finished at window 1, and everybody who would like to rate it."""

    def __init__(self, app: Flask, built: Built) -> None:
        self.app, self.built = app, built
        self.people = Browsers(app, built)
        self.real = app.extensions[REAL_CLOCK] = HandClock(built.clock.now())
        built.hall.sit(window="1", by=LI)
        self.ticket = self.finished()
        self.pad = self.people.device("pad", "1")

    def finished(self) -> str:
        hall = self.built.hall
        hall.issue(service="id-card", by=Press("device:k", "kiosk"))
        key: str = hall.call_next(window="1", by=LI)["ticket"]["ticket"]
        hall.serve(window="1", by=LI)
        hall.finish(window="1", by=LI)
        return key

    @property
    def link(self) -> str:
        with self.app.app_context():
            return f"/api/v1/t/{token_for(self.ticket)}/rating"

    def notes(self) -> list[Event]:
        events = self.built.store.look(lambda desk: desk.events_after(0, 10_000))
        return [event for event in events if event.action == "rating_refused"]

    def ratings(self) -> int:
        return sum(e.action == "rate" for e in self.built.store.look(lambda d: d.events_after(0, 10_000)))

    def refused(self, answer: Any, code: str) -> Event:
        """The one note that the refusal left; nothing was rated."""
        assert answer.get_json()["code"] == code, answer.get_json()
        notes = self.notes()
        assert [note.after["code"] for note in notes] == [code]
        assert (notes[0].ticket, notes[0].window) == (None, None)
        return notes[0]


@pytest.fixture
def visit(app: Flask, built: Built) -> Visit:
    return Visit(app, built)


def rate(browser: Browser, visit: Visit, path: str = PAD, **more: Any) -> Any:
    said = {"level": "very_satisfied"} | ({"ticket": visit.ticket} if path.startswith("/api/v1/w") else {})
    return browser.post(path, **(said | more))


def test_the_pad_of_the_window_rates_once_and_a_replay_is_the_same_answer(visit: Visit) -> None:
    first = rate(visit.pad, visit, key="one-tap")
    again = rate(visit.pad, visit, key="one-tap")
    assert (first.status_code, again.get_json()) == (200, first.get_json())
    assert (visit.ratings(), visit.notes()) == (1, [])


def test_a_second_rating_is_refused_and_noted(visit: Visit) -> None:
    rate(visit.pad, visit)
    note = visit.refused(rate(visit.pad, visit, level="satisfied"), "already_rated")
    assert (note.after["window"], note.after["ticket"], note.after["number"]) == ("1", visit.ticket, "A001")
    assert (note.actor.partition(":")[0], note.source, visit.ratings()) == ("device", "10.0.0.7", 1)


def test_another_verdict_under_the_same_key_is_refused_and_noted(visit: Visit) -> None:
    rate(visit.pad, visit, key="one-tap")
    visit.refused(rate(visit.pad, visit, key="one-tap", level="satisfied"), "key_reused")


def test_a_clerks_session_rates_neither_at_the_pad_nor_by_a_link(visit: Visit) -> None:
    li = visit.people.staff("li")
    note = visit.refused(rate(li, visit), "not_paired")
    assert (note.actor, note.source, note.after["ticket"]) == ("staff:li", "10.0.0.7", visit.ticket)
    assert rate(li, visit, visit.link).get_json()["code"] == "not_by_staff"
    assert [note.actor for note in visit.notes()] == ["staff:li", "staff:li"]
    assert visit.ratings() == 0


def test_a_pad_with_a_clerk_signed_in_on_it_is_refused(visit: Visit) -> None:
    both, device = visit.people.staff("wang"), visit.pad.client.get_cookie("device", "hall.test")
    assert device is not None
    both.client.set_cookie("device", device.value, domain="hall.test")
    note = visit.refused(rate(both, visit), "not_by_staff")
    assert note.actor == "staff:wang"


def test_another_windows_pad_is_refused(visit: Visit) -> None:
    other = visit.people.device("pad", "2")
    visit.refused(rate(other, visit), "not_allowed")
    own = rate(other, visit, "/api/v1/windows/2/rating")
    assert own.get_json()["code"] == "not_this_pad"
    assert [note.after["window"] for note in visit.notes()] == ["1", "2"]


def test_a_screen_that_is_no_pad_and_a_stranger_are_refused(visit: Visit) -> None:
    assert rate(visit.people.device("panel", "1"), visit).get_json()["code"] == "not_allowed"
    assert rate(visit.people.stranger(), visit).get_json()["code"] == "not_paired"
    strangers = visit.notes()[-1]
    assert (strangers.actor, strangers.source) == ("visitor", "")
    assert "10.0.0.7" not in str(strangers)


def test_too_late_is_refused_at_the_pad_and_by_the_link(visit: Visit, clock: HandClock) -> None:
    clock.turn(seconds=30 + 120.1)
    visit.refused(rate(visit.pad, visit), "rating_closed")
    link = visit.link
    clock.turn(minutes=7 * 24 * 60)
    assert rate(visit.people.stranger(), visit, link).get_json()["code"] == "rating_closed"
    assert visit.notes()[-1].after["ticket"] == visit.ticket


def test_what_is_not_finished_is_not_rated(visit: Visit) -> None:
    visit.built.hall.issue(service="id-card", by=Press("device:k", "kiosk"))
    visit.ticket = visit.built.hall.call_next(window="1", by=LI)["ticket"]["ticket"]
    visit.refused(rate(visit.pad, visit), "not_finished")


@pytest.mark.parametrize("guess", ["0" * 32, "x", "../../etc", "A001"])
def test_a_guessed_ticket_is_refused_and_what_was_typed_is_not_kept(visit: Visit, guess: str) -> None:
    note = visit.refused(rate(visit.pad, visit, ticket=guess), "unknown_ticket")
    assert set(note.after) == {"code", "window"}


def test_a_guessed_or_altered_link_is_refused(visit: Visit) -> None:
    path = visit.link
    forged = path.replace(path.split("/")[4][:3], "abc", 1)
    note = visit.refused(rate(visit.people.stranger(), visit, forged), "unknown_ticket")
    assert set(note.after) == {"code", "guesser"}
    with visit.app.app_context():
        of_nobody = f"/api/v1/t/{token_for('nobody')}/rating"
    assert rate(visit.people.stranger(), visit, of_nobody).get_json()["code"] == "unknown_ticket"
    assert set(visit.notes()[-1].after) == {"code", "guesser"}


def test_a_missing_reason_is_a_slip_and_no_attempt(visit: Visit) -> None:
    assert rate(visit.pad, visit, level="dissatisfied").get_json()["code"] == "reason_needed"
    assert rate(visit.pad, visit, level="so-so").get_json()["code"] == "bad_request"
    assert visit.notes() == []


def test_a_flood_from_one_device_leaves_a_few_notes_a_minute(visit: Visit) -> None:
    for _ in range(120):
        rate(visit.pad, visit, ticket="guess")
    notes = visit.notes()
    assert [note.after.get("times") for note in notes] == [None] * EACH + [10, 100]
    visit.real.turn(seconds=60)
    rate(visit.pad, visit, ticket="guess")
    assert len(visit.notes()) == len(notes) + 1


def test_a_flood_from_everywhere_leaves_a_bounded_number(visit: Visit) -> None:
    for n in range(3 * STRANGERS):
        rate(visit.people.stranger(f"10.1.{n}.1"), visit, "/api/v1/t/guess/rating")
    assert [note.after.get("times") for note in visit.notes()] == [None] * STRANGERS + [100]
    rate(visit.pad, visit)
    assert visit.ratings() == 1


def test_strangers_guesses_keep_no_clerk_and_no_screen_out_of_the_record(visit: Visit) -> None:
    for n in range(2 * STRANGERS):
        rate(visit.people.stranger(f"10.1.{n}.1"), visit, "/api/v1/t/guess/rating")
    before = len(visit.notes())
    rate(visit.people.staff("li"), visit)
    rate(visit.people.device("pad", "2"), visit)
    seen = visit.notes()[before:]
    assert [(note.actor.partition(":")[0], note.after["number"]) for note in seen] == [
        ("staff", "A001"), ("device", "A001"),
    ]  # fmt: skip


UNREADABLE = [
    b'{"ticket":"\\ud800"}', b"[" * 30_000, b'{"ticket":' * 9_000, b'{"ticket":["x"]}',
    b"\xff", b"", b"x" * 70_000, b'{"ticket":"%s"}' % (b"x" * 60_000),
]  # fmt: skip


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_an_attempt_without_sense_is_refused_and_noted_all_the_same(visit: Visit, body: bytes) -> None:
    li = visit.people.staff("li")
    headers = {"Idempotency-Key": "1", "Content-Type": "application/json"}
    answer = li.client.post(PAD, data=body, headers=headers, **li._from)
    assert visit.refused(answer, "not_paired").after == {"code": "not_paired", "window": "1"}


def test_a_note_that_fails_changes_no_answer(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(key: str) -> str:
        raise OSError("no disk")

    monkeypatch.setattr("web.watching.the_number_of", fails)
    assert rate(visit.people.stranger(), visit).status_code == 401
    assert "Not noted" in caplog.text


def test_guesses_of_one_network_are_told_apart_from_others_without_its_address(
    visit: Visit, clock: HandClock
) -> None:
    for address in ("10.0.0.8", "10.0.0.9", "10.0.0.8"):
        rate(visit.people.stranger(address), visit, "/api/v1/t/guess/rating")
    first, other, again = [note.after["guesser"] for note in visit.notes()]
    assert first == again != other
    clock.turn(minutes=24 * 60)
    rate(visit.people.stranger("10.0.0.8"), visit, "/api/v1/t/guess/rating")
    assert visit.notes()[-1].after["guesser"] != first


def test_supervisors_and_inspectors_read_the_refusals_and_clerks_do_not(visit: Visit) -> None:
    rate(visit.people.device("pad", "2"), visit)
    seen = visit.people.staff("chen").get("/api/v1/ratings/refused").get_json()
    assert [(each["code"], each["window"], each["number"]) for each in seen["refused"]] == [
        ("not_allowed", "1", "A001")
    ]
    assert visit.people.staff("li").get("/api/v1/ratings/refused").status_code == 403
    earlier = visit.people.staff("chen").get("/api/v1/ratings/refused", period="2026-09").get_json()
    assert earlier["refused"] == []


def test_a_phone_that_speaks_from_the_terminals_address_is_marked_and_no_other(visit: Visit) -> None:
    assert rate(visit.people.stranger("10.0.0.99"), visit, visit.link).status_code == 200
    visit.ticket = visit.finished()
    assert rate(visit.people.stranger("10.0.0.21"), visit, visit.link).status_code == 200
    found = visit.people.staff("chen").get("/api/v1/ratings/flags", period="2026-10-12").get_json()
    marked = [flag for flag in found["flags"] if flag["kind"] == "from_terminal"]
    assert [[each["number"] for each in flag["ratings"]] for flag in marked] == [["A002"]]
    kept = visit.built.store.look(lambda desk: desk.events_after(0, 1000))
    assert "10.0.0.99" not in str(kept)
