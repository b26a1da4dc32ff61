"""The follow-up of bad ratings: every step by the table, with author, time and note; limits; other eyes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from queueing.errors import HallError
from scoring.remedies import ACTIONS, AS_BEFORE, NEXT_STATE, OVER, STATES, Remedy, next_state
from scoring.remedy_errors import CallBackNeeded, NoteNeeded, NotNow, NotYourOwn, OtherEyesNeeded
from tests.scoring.bad_ratings import DAY, OTHER, SUPERVISOR, BadScene

CASE = Remedy(1, "t", "open", "2026-10-12T01:00:00.000Z", "2026-10-12", 1, 15)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[BadScene]:
    opened = BadScene(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(("state", "action"), list(product(STATES, ACTIONS)))
def test_every_step_is_in_the_table_or_refused(state: str, action: str) -> None:
    case = replace(CASE, state=state, before="upheld")
    expected = NEXT_STATE.get((state, action))
    if expected is None:
        with pytest.raises(NotNow):
            next_state(case, action)
    else:
        assert next_state(case, action) == ("upheld" if expected == AS_BEFORE else expected)


def test_the_table_leads_everywhere_and_nothing_leaves_what_was_set_aside() -> None:
    reached = set(NEXT_STATE.values()) - {AS_BEFORE} | {"open"}
    assert reached == set(STATES)
    assert not [state for state, _ in NEXT_STATE if state == "set_aside"]
    assert {"closed", "set_aside"} == OVER


def test_a_bad_rating_opens_a_case_at_once_and_a_good_one_none(scene: BadScene) -> None:
    bad, good = scene.rated(), scene.rated("satisfied")
    case = scene.case(bad)
    assert (case.state, case.opened_day) == ("open", "2026-10-12")
    assert (case.contact_days, case.put_right_days) == (1, 15)
    assert scene.case(good) is None
    rated = next(event for event in scene.events() if event.action == "rate" and event.ticket == bad)
    assert rated.seq == case.id and rated.at == case.opened_at


def test_a_case_goes_its_way_with_author_and_time_of_every_step(scene: BadScene) -> None:
    case = scene.bad()
    assert scene.step(case, "attempt", note="没人接") == "open"
    scene.clock.turn(minutes=30)
    assert scene.step(case, "contact", way="phone") == "contacted"
    assert scene.step(case, "hear") == "contacted"
    assert scene.step(case, "uphold", who=OTHER) == "upheld"
    assert scene.step(case, "put_right", note="已补办") == "put_right"
    assert scene.step(case, "close", note="") == "closed"
    row = scene.row(case)
    told = [(step["number"], step["action"], step["author"]) for step in row["steps"]]
    assert told == [
        (1, "attempt", SUPERVISOR), (2, "contact", SUPERVISOR), (3, "hear", SUPERVISOR), (4, "uphold", OTHER),
        (5, "put_right", SUPERVISOR), (6, "close", SUPERVISOR),
    ]  # fmt: skip
    assert row["steps"][0]["note"] == "没人接" and row["steps"][1]["at"] > row["steps"][0]["at"]
    assert row["next"] == [] and row["light"] == "none"


def test_pressed_twice_is_once(scene: BadScene) -> None:
    case = scene.bad()
    for _ in range(2):
        assert scene.step(case, "attempt", key="one key") == "open"
    assert len(scene.row(case)["steps"]) == 1
    scene.step(case, "contact", way="phone")
    with pytest.raises(NotNow):
        scene.step(case, "contact", way="phone")
    assert len(scene.row(case)["steps"]) == 2


def test_steps_need_a_note_but_the_last(scene: BadScene) -> None:
    case = scene.bad()
    for action, more in (("attempt", {}), ("contact", {"way": "phone"}), ("hear", {})):
        with pytest.raises(NoteNeeded):
            scene.step(case, action, note=" ", **more)
    assert scene.row(case)["steps"] == []


@pytest.mark.parametrize("more", [{}, {"way": "phone", "why": "mistaken"}, {"why": "mistaken"}])
def test_a_contact_has_a_way_and_nothing_else(scene: BadScene, more: dict[str, str]) -> None:
    case = scene.bad()
    with pytest.raises(HallError) as refused:
        scene.step(case, "contact", **more)
    assert refused.value.code == "bad_request"


def test_whoever_served_neither_sees_nor_follows_up(scene: BadScene) -> None:
    scene.sit("1", SUPERVISOR, take_over=True)
    case = scene.bad(clerk=SUPERVISOR)
    with pytest.raises(NotYourOwn):
        scene.step(case, "contact", way="phone")
    with pytest.raises(NotYourOwn):
        scene.row(case)
    listed = scene.store.look(lambda desk: scene.following.work_list(desk, SUPERVISOR))
    assert listed == []
    assert scene.row(case, OTHER)["id"] == case


def test_whoever_found_it_untrue_does_not_set_it_aside(scene: BadScene) -> None:
    case = scene.bad()
    scene.step(case, "contact", way="phone")
    assert scene.step(case, "refute") == "unfounded"
    with pytest.raises(OtherEyesNeeded):
        scene.step(case, "set_aside", why="mistaken")
    assert scene.step(case, "set_aside", who=OTHER, why="mistaken", note="按错了") == "set_aside"


def test_what_is_set_aside_stays_is_shown_and_counts_no_more(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.step(case, "contact", way="phone")
    scene.step(case, "refute")
    before = scene.store.look(lambda desk: desk.level_counts("window", "2026-10-12", "2026-10-12"))
    scene.step(case, "set_aside", who=OTHER, why="malicious", note="同一人连评")
    day = scene.store.look(lambda desk: desk.ratings_of_day("2026-10-12", 10))
    assert [(each.rating.ticket, each.set_aside) for each in day] == [(ticket, True)]
    row = scene.row(case)
    assert row["set_aside_as"] == "malicious" and row["steps"][-1]["note"] == "同一人连评"
    withdrawn = scene.store.look(lambda desk: desk.withdrawals("2026-10-12", "2026-10-12"))
    assert withdrawn[f"rated:1:2026-10-12:{ticket}"].reason == "malicious"
    assert before == {"1": {"dissatisfied": 1}}
    after = scene.store.look(lambda desk: desk.level_counts("window", "2026-10-12", "2026-10-12"))
    assert after == {}


def test_named_ones_are_spoken_to(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.citizens.leave_contact(ticket=ticket, name="王女士", phone="138 0000 0000", by=scene.holder())
    for way in ("nobody", "message"):
        with pytest.raises(CallBackNeeded):
            scene.step(case, "contact", way=way)
    assert scene.step(case, "contact", way="phone") == "contacted"
    assert scene.row(case)["contact"] == {"name": "王女士", "phone": "138 0000 0000"}


def test_who_was_called_three_times_in_vain_may_be_written_to(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.citizens.leave_contact(ticket=ticket, name="王", phone="13800000000", by=scene.holder())
    for _ in range(2):
        scene.step(case, "attempt")
    with pytest.raises(CallBackNeeded):
        scene.step(case, "contact", way="message")
    scene.step(case, "attempt")
    assert scene.step(case, "contact", way="message") == "contacted"


def test_yellow_before_and_on_the_last_day_red_afterwards(scene: BadScene) -> None:
    case = scene.bad()
    seen = [(scene.row(case)["light"], scene.row(case)["left"])]
    for _ in range(2):
        scene.clock.turn(minutes=DAY)
        seen.append((scene.row(case)["light"], scene.row(case)["left"]))
    assert seen == [("green", 1), ("yellow", 0), ("red", -1)]
    scene.step(case, "contact", way="phone")
    row = scene.row(case)
    assert row["contact_late"] and not row["put_right_late"]
    assert (row["due_what"], row["due"], row["light"]) == ("put_right", "2026-11-03", "green")
    scene.clock.turn(minutes=15 * DAY)
    assert (scene.row(case)["light"], scene.row(case)["left"]) == ("yellow", 3)
    scene.clock.turn(minutes=6 * DAY)
    assert scene.row(case)["light"] == "red"
    scene.step(case, "uphold")
    scene.step(case, "put_right")
    row = scene.row(case)
    assert row["put_right_late"] and row["light"] == "none"


def test_the_list_begins_with_what_is_due_first(scene: BadScene) -> None:
    first, second = scene.bad(), scene.bad()
    scene.clock.turn(minutes=DAY)
    third = scene.bad()
    scene.step(first, "contact", way="phone")
    listed = scene.store.look(lambda desk: scene.following.work_list(desk, SUPERVISOR))
    assert [row["id"] for row in listed] == [second, third, first]
    assert scene.store.look(scene.following.lights) == {"yellow": 1, "green": 2}


def test_what_is_over_is_listed_apart_the_newest_first(scene: BadScene) -> None:
    first, second, third = scene.bad(), scene.bad(), scene.bad()
    for case in (first, second):
        scene.step(case, "contact", way="nobody")
        scene.step(case, "refute")
        scene.step(case, "close")
    over = scene.store.look(lambda desk: scene.following.over(desk, SUPERVISOR))
    waiting = scene.store.look(lambda desk: scene.following.work_list(desk, SUPERVISOR))
    assert ([row["id"] for row in over], [row["id"] for row in waiting]) == ([second, first], [third])


def test_the_log_holds_steps_and_no_words_and_no_ticket(scene: BadScene) -> None:
    ticket = scene.rated()
    case = scene.case(ticket).id
    scene.citizens.leave_contact(ticket=ticket, name="王女士", phone="13800000000", by=scene.holder())
    scene.step(case, "contact", way="phone", note="电话里说了等候")
    noted = [event for event in scene.events() if event.action in ("remedy", "contact_left")]
    assert [event.ticket for event in noted] == [None, None]
    assert noted[1].after["step"] == "contact" and noted[1].after["rating"] == case
    said = str([event.after for event in noted])
    assert not [word for word in ("王女士", "13800000000", "等候", ticket) if word in said]
    assert len(noted[0].after["contact"]) == len(noted[1].after["note"]) == 64
