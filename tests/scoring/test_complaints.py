"""Complaints from the first word to the fact: limits, four eyes, who reads what, how long words stay."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, cast

import pytest

from queueing.clock import shifted
from queueing.complaint_rules import ComplaintRules
from queueing.errors import BadRequest
from queueing.records import Press
from scoring.complaint_errors import (
    ConcernsYou,
    DecidedAlready,
    EnoughSaid,
    FourEyes,
    NoHandler,
    NotDecided,
    NotTheHandler,
    OneIsOpen,
    WhomNeeded,
    WordsNeeded,
)
from scoring.complaint_limits import tone_of
from scoring.complaint_records import Complaint, ComplaintStore
from scoring.complaint_verdicts import ComplaintVerdicts
from scoring.complaints import Complaints, Said
from scoring.fact_store import FactStore
from scoring.facts import Fact, Withdrawal
from storage.backups import copy_hall
from storage.keeping import KINDS, purge, stock_of
from storage.opening import FILE
from tests.scene import Scene

RUDE = Said("complaint", "He shouted at my grandmother.", "139 0000 0000")


@pytest.fixture
def doing(scene: Scene) -> Complaints:
    return Complaints(scene.hall)


@pytest.fixture
def judging(scene: Scene) -> ComplaintVerdicts:
    return ComplaintVerdicts(scene.hall)


def stranger(scene: Scene, key: str | None = None) -> Press:
    return Press("visitor", "visitor", key or scene.by().key)


def chen(scene: Scene) -> Press:
    return scene.by("chen", "supervisor")


def admin(scene: Scene) -> Press:
    return scene.by("admin", "administrator")


def kept(scene: Scene, key: str) -> Complaint:
    return scene.store.look(lambda desk: cast(ComplaintStore, desk).complaint(key))


def entered(scene: Scene) -> list[Fact]:
    return scene.store.look(
        lambda desk: cast(FactStore, desk).entered_facts("2026-01-01", "2027-01-01", origin="complaint")
    )


def a_visit(scene: Scene) -> str:
    """Served by li at window 1."""
    scene.sit("1", "li")
    scene.take()
    return scene.serve_one("1", "li")


def from_a_visit(scene: Scene, doing: Complaints) -> str:
    key: str = doing.by_ticket(RUDE, ticket=a_visit(scene), by=stranger(scene))["complaint"]
    return key


def test_a_complaint_goes_its_way_and_counts_when_it_is_verified(scene, doing, judging):
    key = from_a_visit(scene, doing)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    doing.solve(complaint=key, answer="She has apologised.", note="Talked to Li.", by=chen(scene))
    doing.ask_after(complaint=key, solved="yes", satisfied="yes", by=chen(scene))
    assert entered(scene) == []
    judging.decide(complaint=key, verified=True, item="complaint_discipline", by=admin(scene))
    doing.close(complaint=key, by=chen(scene))
    it = kept(scene, key)
    assert (it.state, it.verdict, it.window, it.clerk) == ("closed", "verified", "1", "li")
    (fact,) = entered(scene)
    assert (fact.id, fact.kind, fact.window, fact.clerk) == (it.fact, "complaint_discipline", "1", "li")
    assert (fact.author, fact.day, fact.ticket, fact.origin) == ("admin", "2026-10-12", None, "complaint")


def test_what_is_not_verified_never_counts_and_a_decision_taken_back_is_withdrawn(scene, doing, judging):
    key = from_a_visit(scene, doing)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    judging.decide(complaint=key, verified=False, by=admin(scene))
    assert entered(scene) == []
    with pytest.raises(DecidedAlready):
        judging.decide(complaint=key, verified=True, by=admin(scene))
    judging.take_back(complaint=key, reason="There was a recording.", by=admin(scene))
    judging.decide(complaint=key, verified=True, by=admin(scene))
    judging.take_back(complaint=key, reason="It was another window.", by=admin(scene))
    (fact,) = entered(scene)
    assert fact.withdrawn == Withdrawal(fact.at, "admin", "It was another window.")
    assert kept(scene, key).fact == ""


def test_a_fact_withdrawn_among_the_facts_keeps_nobody_from_taking_the_decision_back(scene, doing, judging):
    key = from_a_visit(scene, doing)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    judging.decide(complaint=key, verified=True, by=admin(scene))

    def withdraw(change: Any) -> dict[str, Any]:
        gone = Withdrawal(change.at, "chen", "Elsewhere.")
        cast(FactStore, change.desk).withdraw_fact(kept(scene, key).fact, gone)
        return {}

    scene.hall.change(chen(scene), withdraw)
    judging.take_back(complaint=key, reason="As well.", by=admin(scene))
    assert [fact.withdrawn.reason for fact in entered(scene) if fact.withdrawn] == ["Elsewhere."]


def test_praise_and_suggestions_come_by_the_same_door_and_count_as_what_they_are(scene, doing, judging):
    ticket = a_visit(scene)
    for kind in ("praise", "suggestion"):
        key = doing.take(
            Said(kind, "Thank you!"), channel="letter", ticket=ticket, by=scene.by("chen", "guide")
        )["complaint"]
        judging.decide(complaint=key, verified=True, by=admin(scene))
        doing.close(complaint=key, by=admin(scene))
    assert sorted(fact.kind for fact in entered(scene)) == ["praise", "suggestion"]


def test_a_verified_one_says_what_it_is_about_and_how_much_it_weighs(scene, doing, judging):
    key = from_a_visit(scene, doing)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    with pytest.raises(BadRequest):
        judging.decide(complaint=key, verified=True, item="praise", by=admin(scene))
    judging.decide(complaint=key, verified=True, item="complaint:case", points=Decimal(2), by=admin(scene))
    (fact,) = entered(scene)
    assert (fact.kind, fact.item, fact.points) == ("complaint", "case", 2)


def test_a_clerk_neither_handles_nor_decides_on_a_complaint_about_them(scene, doing, judging):
    key = doing.by_anybody(RUDE, by=stranger(scene))["complaint"]
    doing.pass_on(complaint=key, handler="admin", clerk="chen", window="3", by=admin(scene))
    for press in (
        lambda: doing.pass_on(complaint=key, handler="admin", by=chen(scene)),
        lambda: doing.solve(complaint=key, by=chen(scene)),
        lambda: doing.set_aside(complaint=key, reason="abuse", by=chen(scene)),
        lambda: judging.decide(complaint=key, verified=False, by=chen(scene)),
    ):
        with pytest.raises(ConcernsYou):
            press()
    with pytest.raises(NoHandler):
        doing.pass_on(complaint=key, handler="chen", by=admin(scene))
    with pytest.raises(NoHandler):
        doing.pass_on(complaint=key, handler="li", by=admin(scene))
    assert kept(scene, key).handler == "admin"


def test_who_took_it_or_handled_it_does_not_decide(scene, doing, judging):
    taken = doing.take(RUDE, channel="desk", window="2", by=chen(scene))["complaint"]
    doing.pass_on(complaint=taken, handler="admin", by=admin(scene))
    for press in (chen(scene), admin(scene)):
        with pytest.raises(FourEyes):
            judging.decide(complaint=taken, verified=True, by=press)
    assert entered(scene) == []
    solved = doing.by_anybody(RUDE, by=stranger(scene))["complaint"]
    doing.pass_on(complaint=solved, handler="chen", window="2", by=chen(scene))
    doing.solve(complaint=solved, by=admin(scene))
    for press in (chen(scene), admin(scene)):
        with pytest.raises(FourEyes):
            judging.decide(complaint=solved, verified=True, by=press)


def test_the_handler_or_a_supervisor_solves_it(scene, doing):
    key = from_a_visit(scene, doing)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    with pytest.raises(NotTheHandler):
        doing.solve(complaint=key, by=scene.by("wang", "inspector"))


def test_it_is_closed_only_when_somebody_has_decided_and_counts_only_for_somebody(scene, doing, judging):
    key = doing.by_anybody(RUDE, by=stranger(scene))["complaint"]
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    with pytest.raises(WhomNeeded):
        judging.decide(complaint=key, verified=True, by=admin(scene))
    doing.solve(complaint=key, by=chen(scene))
    doing.ask_after(complaint=key, solved="not_reached", satisfied="not_reached", by=chen(scene))
    with pytest.raises(NotDecided):
        doing.close(complaint=key, by=chen(scene))


def test_one_ticket_has_one_open_at_a_time_and_so_many_in_all(scene, doing):
    ticket = a_visit(scene)
    for _ in range(ComplaintRules.per_ticket):
        key = doing.by_ticket(RUDE, ticket=ticket, by=stranger(scene))["complaint"]
        with pytest.raises(OneIsOpen):
            doing.by_ticket(RUDE, ticket=ticket, by=stranger(scene))
        doing.set_aside(complaint=key, reason="twice", by=chen(scene))
    with pytest.raises(EnoughSaid):
        doing.by_ticket(RUDE, ticket=ticket, by=stranger(scene))


def test_a_suggestion_keeps_no_complaint_away(scene, doing):
    """Whoever finds the slip may send one; the visitor's complaint comes in all the same."""
    ticket = a_visit(scene)
    for kind in ("suggestion", "praise"):
        doing.by_ticket(Said(kind, "ok"), ticket=ticket, by=stranger(scene))
        with pytest.raises(OneIsOpen):
            doing.by_ticket(Said(kind, "ok"), ticket=ticket, by=stranger(scene))
    assert doing.by_ticket(RUDE, ticket=ticket, by=stranger(scene))["complaint"]


def test_a_complaint_before_the_service_names_nobody_yet(scene, doing):
    key = doing.by_ticket(RUDE, ticket=scene.take(), by=stranger(scene))["complaint"]
    assert (kept(scene, key).window, kept(scene, key).clerk) == (None, None)


def test_the_page_for_everybody_takes_so_many_an_hour(scene, doing):
    for _ in range(ComplaintRules.per_hour):
        doing.by_anybody(RUDE, by=stranger(scene))
    with pytest.raises(EnoughSaid):
        doing.by_anybody(RUDE, by=stranger(scene))
    doing.take(RUDE, channel="desk", by=chen(scene))
    scene.clock.turn(minutes=61)
    doing.by_anybody(RUDE, by=stranger(scene))


def test_a_double_press_is_one_complaint_and_words_are_needed(scene, doing):
    first = doing.by_anybody(RUDE, by=stranger(scene, "twice"))
    assert doing.by_anybody(RUDE, by=stranger(scene, "twice")) == first
    assert len(scene.store.look(lambda desk: cast(Any, desk).complaints(closed=False, limit=9))) == 1
    with pytest.raises(WordsNeeded):
        doing.by_anybody(Said("complaint", "  \n"), by=stranger(scene))


@pytest.mark.parametrize(
    ("turned", "due"),
    [
        (0, "2026-10-12T02:00:00.000Z"),  # 9:00 on Monday: at 10:00
        (150, "2026-10-12T06:30:00.000Z"),  # 11:30: half an hour before noon, half after 14:00
        (9 * 60, "2026-10-13T01:30:00.000Z"),  # 18:00: tomorrow from 8:30 on
        (4 * 1440 + 480, "2026-10-19T01:00:00.000Z"),  # Friday 17:00: 30 minutes left of it, 30 on Monday
    ],
)
def test_passing_on_is_due_within_an_hour_in_which_the_hall_is_open(scene, doing, turned, due):
    scene.clock.turn(minutes=turned)
    key = doing.by_anybody(RUDE, by=stranger(scene))["complaint"]
    assert kept(scene, key).due_at == due


def test_solving_counts_every_hour_and_a_major_one_has_twice_as_many(scene, doing):
    key = doing.by_anybody(RUDE, by=stranger(scene))["complaint"]
    scene.clock.turn(minutes=30)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    passed = kept(scene, key)
    assert passed.due_at == shifted(passed.step_at, minutes=24 * 60)
    scene.clock.turn(minutes=60)
    doing.pass_on(complaint=key, handler="admin", weight="major", by=chen(scene))
    major = kept(scene, key)
    assert (major.handler, major.due_at) == ("admin", shifted(passed.step_at, minutes=48 * 60))
    doing.solve(complaint=key, by=admin(scene))
    solved = kept(scene, key)
    assert solved.due_at == shifted(solved.step_at, minutes=7 * 24 * 60)


def test_yellow_comes_before_red_and_what_was_late_stays_known(scene, doing):
    key, rules = doing.by_anybody(RUDE, by=stranger(scene))["complaint"], ComplaintRules()
    received = kept(scene, key)
    tones = [
        tone_of(received, shifted(received.received_at, minutes=m), rules) for m in (0, 44, 45, 60, 60.1)
    ]
    assert tones == ["in_time", "in_time", "soon", "soon", "late"]
    scene.clock.turn(minutes=90)
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    scene.clock.turn(minutes=60)
    doing.solve(complaint=key, by=chen(scene))
    assert kept(scene, key).missed == "received"


def test_the_next_limit_stands_first(scene, doing):
    keys = []
    for minutes in (0, 5, 5):
        scene.clock.turn(minutes=minutes)
        keys.append(doing.by_anybody(RUDE, by=stranger(scene))["complaint"])
    keys.append(doing.by_anybody(Said("praise", "Well done"), by=stranger(scene))["complaint"])
    doing.pass_on(complaint=keys[0], handler="chen", by=chen(scene))
    listed = scene.store.look(lambda desk: cast(Any, desk).complaints(closed=False, limit=9))
    assert [each.id for each in listed] == [keys[1], keys[2], keys[0], keys[3]]


def test_no_word_of_it_and_no_ticket_stands_in_the_log_or_on_a_screen(scene, doing):
    ticket = a_visit(scene)
    key = doing.by_ticket(RUDE, ticket=ticket, by=stranger(scene))["complaint"]
    doing.pass_on(complaint=key, handler="chen", by=chen(scene))
    doing.solve(complaint=key, answer="She has apologised.", note="Talked to Li.", by=chen(scene))
    told = [event for event in scene.events() if event.action.startswith("complaint_")]
    assert len(told) == 3
    log = json.dumps([vars(event) for event in told])
    for secret in ("grandmother", "139 0000", "apologised", "Talked", ticket):
        assert secret not in log
    assert {event.actor for event in told} == {"visitor", "staff:chen"}


def test_contacts_go_first_then_words_and_only_after_the_end(scene, doing):
    key = from_a_visit(scene, doing)
    scene.clock.turn(minutes=400 * 1440)
    night(scene)
    assert [each.sort for each in words(scene, key)] == ["words", "contact"]
    doing.set_aside(complaint=key, reason="withdrawn", note="He rang.", by=chen(scene))
    scene.clock.turn(minutes=31 * 1440)
    night(scene)
    assert [each.sort for each in words(scene, key)] == ["words", "note"]
    scene.clock.turn(minutes=340 * 1440)
    night(scene)
    assert words(scene, key) == []
    assert kept(scene, key).set_aside == "withdrawn"


def night(scene: Scene) -> None:
    """What upkeep/purging.py does, by the hall's clock alone."""

    def work(change: Any) -> dict[str, Any]:
        for kind in (each for each in KINDS if each.name.startswith("complaint_")):
            days = kind.days(scene.house) or 0
            purge(change.desk.db, change.desk.hall, kind, shifted(change.at, minutes=-days * 1440))
        return {}

    scene.hall.change(admin(scene), work)


@pytest.mark.of_files
def test_no_backup_holds_how_a_complainant_can_be_reached(scene, doing, tmp_path):
    from_a_visit(scene, doing)
    copy_hall(tmp_path / FILE, tmp_path / "copy.db")
    copied = (tmp_path / "copy.db").read_bytes()
    assert b"139 0000" not in copied
    assert b"grandmother" in copied, "the words are kept, and so are they in backups"


def words(scene: Scene, key: str) -> list[Any]:
    return scene.store.look(lambda desk: cast(Any, desk).words_of(key))


def test_the_office_is_told_how_many_there_are_of_each_kind(scene, doing):
    from_a_visit(scene, doing)
    counted = scene.store.look(
        lambda desk: {
            kind.name: stock_of(cast(Any, desk).db, cast(Any, desk).hall, kind).rows for kind in KINDS
        }
    )
    assert (counted["complaints"], counted["complaint_words"], counted["complaint_contacts"]) == (1, 1, 1)


def test_who_sat_at_the_window_that_day_does_not_decide_about_it(scene, doing, judging):
    scene.hall.sit(window="1", take_over=False, by=chen(scene))
    about_one, about_two = (doing.by_anybody(RUDE, by=stranger(scene))["complaint"] for _ in range(2))
    doing.pass_on(complaint=about_one, handler="admin", window="1", by=admin(scene))
    with pytest.raises(ConcernsYou):
        judging.decide(complaint=about_one, verified=False, by=chen(scene))
    doing.pass_on(complaint=about_two, handler="admin", window="2", by=admin(scene))
    with pytest.raises(ConcernsYou):
        judging.decide(complaint=about_two, verified=True, window="1", by=chen(scene))
    judging.decide(complaint=about_two, verified=True, by=chen(scene))
