"""Who may take a number of a real-name service: one at a time, none for a while after two missed calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing import persons
from queueing.errors import AlreadyInLine, BlockedUntil, IdentityNeeded, TooManyOpen
from queueing.identity_rules import IdentityRules
from queueing.persons import block_after
from queueing.records import Json
from settings import load_house
from tests.cards import person, real_name
from tests.scene import SMALL, Scene

A_DAY = 24 * 60.0
RULES = IdentityRules()


class RealNames(Scene):
    """The small hall, whose ID cards, households and pensions go to real names only."""

    def __init__(self, folder: Path, **rules: int) -> None:
        house = real_name(load_house(SMALL), "id-card", "household", "pension")
        super().__init__(folder, services=house.services, identity=replace(RULES, **rules))

    def come(self, who: int, service: str = "id-card") -> str:
        """Somebody takes a number at the kiosk; the ticket's key."""
        key: str = self.hall.issue(service=service, person=person(who), by=self.by(role="kiosk"))["ticket"][
            "ticket"
        ]
        return key

    def miss(self, who: int, service: str = "id-card") -> str:
        """Somebody takes a number and isn't there when called."""
        key = self.come(who, service)
        self.press("call", "1", "li", ticket=key)
        self.press("mark_no_show", "1", "li")
        return key

    def next_day(self, days: int = 1) -> None:
        self.clock.turn(minutes=days * A_DAY)
        self.sit("1", "li")

    def lift(self, who: int) -> Json:
        by = self.by("chen", role="supervisor")
        return self.hall.change(by, lambda change: persons.lift(change, person(who)))

    def purge(self) -> int:
        rows: int = self.hall.change(self.by("chen"), persons.purge)["rows"]
        return rows


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RealNames]:
    scene = RealNames(tmp_path)
    scene.sit("1", "li")
    yield scene
    scene.close()


def test_a_number_needs_a_document(hall: RealNames) -> None:
    with pytest.raises(IdentityNeeded):
        hall.take("id-card")
    assert hall.waiting() == []
    hall.take("residence-permit")  # asks nobody


def test_a_guide_gives_a_number_to_somebody_without_one(hall: RealNames) -> None:
    hall.hall.issue(service="id-card", by=hall.by("chen", role="guide"))
    assert hall.waiting() == ["A001"]


def test_a_hall_may_ask_nobody(tmp_path: Path) -> None:
    scene = RealNames(tmp_path / "quiet", asked=False)
    scene.take("id-card")
    scene.close()


def test_one_open_number_for_a_person_and_service(hall: RealNames) -> None:
    first = hall.come(1)
    with pytest.raises(AlreadyInLine) as refusal:
        hall.come(1)
    assert hall.number(first) not in f"{refusal.value}{refusal.value.detail}"
    hall.come(2)
    hall.come(1, "household")
    hall.serve_one("1", "li")
    hall.come(1)  # the first is finished
    assert hall.waiting() == ["A002", "B001", "A003"]


@pytest.mark.parametrize("state", ["called", "serving", "held"])
def test_a_number_is_open_until_it_is_finished(hall: RealNames, state: str) -> None:
    hall.come(1)
    for press in {"called": ["call_next"], "serving": ["call_next", "serve"]}.get(
        state, ["call_next", "serve", "hold"]
    ):
        hall.press(press, "1", "li")
    with pytest.raises(AlreadyInLine):
        hall.come(1)


def test_a_number_given_up_is_free_again(hall: RealNames) -> None:
    key = hall.come(1)
    hall.hall.abandon(ticket=key, by=hall.by(role="holder"))
    hall.come(1)


def test_so_many_in_the_hall(tmp_path: Path) -> None:
    scene = RealNames(tmp_path / "two", open_in_hall=2)
    scene.come(1), scene.come(1, "household")
    with pytest.raises(TooManyOpen):
        scene.come(1, "pension")
    scene.come(2, "pension")
    scene.close()


def test_two_missed_calls_block_for_a_week(hall: RealNames) -> None:
    hall.miss(1)
    hall.next_day()
    hall.miss(1, "household")
    with pytest.raises(BlockedUntil) as refusal:
        hall.come(1)
    assert refusal.value.detail["until"] == "2026-10-20"
    hall.come(2)
    hall.next_day(6)
    with pytest.raises(BlockedUntil):
        hall.come(1)
    hall.next_day(2)
    hall.come(1)


def test_a_missed_call_that_was_taken_back_does_not_count(hall: RealNames) -> None:
    hall.miss(1)
    hall.miss(1, "household")
    hall.press("undo", "1", "li")
    hall.press("serve", "1", "li")
    hall.press("finish", "1", "li", outcome="done")
    hall.come(1)


def test_somebody_who_came_back_and_was_served_did_not_miss_it(hall: RealNames) -> None:
    hall.miss(1)
    late = hall.miss(1, "household")
    with pytest.raises(BlockedUntil):
        hall.come(1)
    hall.hall.come_back(ticket=late, by=hall.by("chen", role="guide"))
    hall.press("call", "1", "li", ticket=late)
    hall.press("serve", "1", "li")
    hall.press("finish", "1", "li", outcome="done")
    hall.come(1)


def test_a_call_that_closing_time_cut_short_does_not_count(hall: RealNames) -> None:
    hall.miss(1)
    key = hall.come(1)
    hall.press("call", "1", "li", ticket=key)
    hall.next_day()
    assert hall.ticket(key).state == "no_show"
    hall.come(1)


def test_a_block_is_lifted_and_the_log_says_by_whom(hall: RealNames) -> None:
    hall.miss(1), hall.miss(1)
    answer = hall.lift(1)
    assert (answer["was_blocked_until"], answer["blocked_until"]) == ("2026-10-19", None)
    lifted = hall.events()[-1]
    assert (lifted.action, lifted.actor, lifted.after["until"]) == (
        "block_lifted",
        "staff:chen",
        "2026-10-19",
    )
    assert person(1).hash not in str(lifted)
    hall.miss(1)  # one missed call after the block doesn't bring it back
    hall.come(1)


def test_lifting_nothing_leaves_no_trace(hall: RealNames) -> None:
    before = len(hall.events())
    assert hall.lift(1)["was_blocked_until"] is None
    assert len(hall.events()) == before


def test_the_guide_finds_a_lost_number(hall: RealNames) -> None:
    hall.come(1)
    found = hall.hall.change(hall.by("chen", role="guide"), lambda change: persons.look_up(change, person(1)))
    assert found["open"] == [{"number": "A001", "service": "id-card", "state": "waiting", "window": None}]
    assert hall.events()[-1].action == "looked"


def test_the_log_holds_a_commitment_and_nothing_else_of_the_person(hall: RealNames) -> None:
    key = hall.come(1)
    kept = hall.store.look(lambda desk: desk.identity_of(key))
    assert kept is not None and kept.masked == person(1).masked
    event = hall.events()[-1]
    assert event.after["identity"] == persons.commitment(kept, kept.masked)["identity"]
    hall.hall.abandon(ticket=key, by=hall.by())
    other = hall.come(1)
    assert other != key and hall.events()[-1].after["identity"] != event.after["identity"]
    log = str(hall.events())
    assert person(1).hash not in log and person(1).masked not in log and kept.salt not in log


def test_what_is_kept_is_purged_on_the_day_after_and_the_chain_is_whole(hall: RealNames) -> None:
    key = hall.come(1)
    hall.next_day(RULES.keep_days)
    assert hall.purge() == 0
    hall.next_day(1)
    assert hall.purge() == 1
    assert hall.store.look(lambda desk: desk.identity_of(key)) is None
    assert hall.ticket(key).number == "A001"
    note = hall.events()[-1]
    assert (note.action, note.after) == ("purge", {"kind": "identities", "rows": 1})
    events = hall.events()
    assert all(b.prev_hash == a.hash for a, b in pairwise(events))
    assert hall.purge() == 0 and hall.events()[-1] == note


def test_a_shorter_rule_purges_what_was_promised_for_longer(tmp_path: Path) -> None:
    scene = RealNames(tmp_path)
    key = scene.come(1)
    scene.close()
    scene = RealNames(tmp_path, keep_days=21)
    scene.clock.turn(minutes=22 * A_DAY)
    assert scene.purge() == 1
    assert scene.store.look(lambda desk: desk.identity_of(key)) is None
    scene.close()


DAYS = st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=12).map(sorted)


@given(DAYS, st.integers(1, 4), st.integers(1, 30), st.integers(0, 20))
def test_a_block_needs_so_many_missed_calls_within_so_many_days(
    missed: list[date], no_shows: int, days: int, blocked: int
) -> None:
    rules = IdentityRules(no_shows=no_shows, no_show_days=days, blocked_days=blocked)
    until = block_after(missed, rules)
    runs = list(zip(*(missed[n:] for n in range(no_shows)), strict=False))
    near = [run for run in runs if (run[-1] - run[0]).days < days]
    assert (until is not None) == bool(near)
    if until is not None:
        assert until - timedelta(days=blocked) in {run[-1] for run in near}


def test_no_blocks_where_none_are_wanted() -> None:
    assert block_after([date(2026, 1, 1)] * 9, IdentityRules(no_shows=0)) is None
