"""Facts as the hall keeps them: whole, withdrawn with a reason, never erased; beside them the queue's."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest

from scoring.fact_store import Evidence, day_in, fact_rows, plain
from scoring.facts import Fact, Withdrawal
from scoring.gathering import facts_of, find_fact, response_rate
from scoring.periods import period
from tests.scene import Scene

AT = "2026-10-12T01:00:00.000Z"
MONDAY = "2026-10-12"
RUDE = Fact(
    "f1", MONDAY, "item", "3.5", "yihuang-window", "3", "wang", Decimal(2), Decimal("0.50"), Decimal("-1.5"),
    "说话难听", "inspector", "staff:sun", AT,
)  # fmt: skip
TAKEN_BACK = Withdrawal(AT, "staff:zhao", "写错了窗口")


def keep(scene: Scene, *facts: Fact) -> None:
    for fact in facts:
        scene.hall.change(
            scene.by("zhao"), lambda change, fact=fact: fact_rows(change.desk).add_fact(fact) or {}
        )


def withdraw(scene: Scene, fact: str) -> None:
    scene.hall.change(
        scene.by("zhao"), lambda change: fact_rows(change.desk).withdraw_fact(fact, TAKEN_BACK) or {}
    )


def entered(scene: Scene, first: str = MONDAY, last: str = MONDAY, **only: str) -> list[Fact]:
    return scene.store.look(lambda desk: fact_rows(desk).entered_facts(first, last, **only))


def month(scene: Scene, by: str = "window") -> dict[str, list[Fact]]:
    return scene.store.look(lambda desk: facts_of(desk, period("2026-10"), scene.hall, by))


def test_a_fact_comes_back_as_it_was_entered(scene):
    keep(scene, RUDE)
    assert entered(scene) == [RUDE]
    assert scene.store.look(lambda desk: fact_rows(desk).fact("f1")) == RUDE
    assert str(entered(scene)[0].value) == "0.50"


def test_facts_are_found_by_day_window_clerk_and_origin(scene):
    other = replace(RUDE, id="f2", day="2026-10-13", window="1", clerk=None, origin="import")
    keep(scene, RUDE, other)
    assert entered(scene, last="2026-10-31") == [RUDE, other]
    assert entered(scene, first="2026-10-13", last="2026-10-31") == [other]
    assert entered(scene, last="2026-10-31", window="3") == [RUDE]
    assert entered(scene, last="2026-10-31", clerk="wang", origin="import") == []


def test_a_withdrawn_fact_stays_and_says_why_and_is_withdrawn_once(scene):
    keep(scene, RUDE)
    withdraw(scene, "f1")
    assert entered(scene) == [replace(RUDE, withdrawn=TAKEN_BACK)]
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        withdraw(scene, "f1")


def test_an_imported_line_is_kept_once(scene):
    def twice(change):
        fact_rows(change.desk).add_fact(replace(RUDE, id="a"), "line")
        fact_rows(change.desk).add_fact(replace(RUDE, id="b"), "line")
        return {}

    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        scene.hall.change(scene.by("zhao"), twice)
    assert entered(scene) == []


def test_photos_stand_beside_their_fact(scene):
    keep(scene, RUDE)
    photo = Evidence("p1", "f1", 3, 640, 480, AT, "staff:sun")
    scene.hall.change(
        scene.by("sun"), lambda change: fact_rows(change.desk).add_evidence(photo, b"\xff\xd8\xff") or {}
    )
    assert entered(scene)[0].evidence == ("p1",)
    look = scene.store.look
    assert look(lambda desk: fact_rows(desk).evidence("f1")) == [photo]
    assert look(lambda desk: fact_rows(desk).evidence_picture("f1", "p1")) == b"\xff\xd8\xff"
    assert look(lambda desk: fact_rows(desk).evidence_picture("f2", "p1")) is None
    assert look(lambda desk: fact_rows(desk).evidence_bytes()) == 3


def rate(scene: Scene, key: str, level: str) -> None:
    reasons = ["other"] if "dis" in level else []
    by = scene.by(role="pad")
    scene.ratings.rate_at_pad(window="1", ticket=key, level=level, reasons=reasons, by=by)


def test_ratings_and_finished_visits_become_facts_with_lasting_ids(scene):
    scene.sit("1", "li")
    given = ["satisfied", "satisfied", "very_dissatisfied"]
    for _ in range(4):
        scene.take()
    keys = []
    for level in given:
        keys.append(scene.serve_one("1", "li"))
        rate(scene, keys[-1], level)
    scene.serve_one("1", "li")
    facts = month(scene)["1"]
    assert {fact.id: int(fact.times) for fact in facts} == {
        "rated:1:2026-10-12:li:satisfied": 2,
        f"rated:1:2026-10-12:{keys[2]}": 1,
        "finished:1:2026-10-12:li": 4,
    }
    assert [fact.ticket for fact in facts if fact.ticket] == [keys[2]]
    assert response_rate(facts) == Decimal(3) / 4
    assert month(scene) == month(scene) and month(scene)["3"] == []
    assert month(scene, "clerk")["li"] == facts


def test_a_bad_rating_is_withdrawn_by_its_id(scene):
    scene.sit("1", "li")
    scene.take()
    key = scene.serve_one("1", "li")
    rate(scene, key, "dissatisfied")
    fact = f"rated:1:{MONDAY}:{key}"
    withdraw(scene, fact)
    (found,) = [each for each in month(scene)["1"] if each.kind == "rated"]
    assert found.withdrawn == TAKEN_BACK
    assert scene.store.look(lambda desk: find_fact(desk, fact, scene.hall)) == found
    assert scene.store.look(lambda desk: find_fact(desk, f"rated:1:{MONDAY}:nobody", scene.hall)) is None
    assert response_rate([found]) is None


@pytest.mark.parametrize(("fact", "day"), [("opened_late:3:2026-10-12:0830", MONDAY), ("0a1b2c", None)])
def test_the_id_of_a_fact_of_the_queue_names_its_day(fact, day):
    assert day_in(fact) == day


def test_a_fact_as_json_loses_no_hundredth():
    told = plain(replace(RUDE, withdrawn=TAKEN_BACK, evidence=("p1",)))
    assert (told["times"], told["value"], told["points"]) == ("2", "0.50", "-1.5")
    assert told["withdrawn"]["reason"] == "写错了窗口" and told["evidence"] == ["p1"]
