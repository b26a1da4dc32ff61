"""Releasing months: frozen for ever, revised by later facts, checked again from their own facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.records import Json
from scoring.assess import assess
from scoring.facts import KINDS, Fact, Withdrawal
from scoring.freezing import agrees, canonical, facts_in, frozen_facts, frozen_record
from scoring.released import MonthNotBegun, MonthNotOver, NothingToRelease, ReleasedMeanwhile, hash_of
from scoring.releases import reproduced
from scoring.rounds import before
from settings.schemes import load_scheme
from tests.scoring.months import NOON, SCHEMES, Months, fact, months
from web.schemes import Book, adapter


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Months]:
    with months(tmp_path) as opened:
        yield opened


def test_a_released_month_says_the_same_for_ever(hall: Months) -> None:
    """Window 1: a brush-off, −2 (2.6), and a case with an error, −5 (2.10): 100 − 7 = 93."""
    hall.enter(fact("2.6"), fact("2.10"))
    hall.november()
    hall.release()
    before = hall.released()
    assert before["assessment"]["score"] == 93
    hall.enter(fact("2.10", day="2026-10-20"))
    hall.use(hall.heavier("2.6", "-4"))
    assert hall.released() == before
    assert hall.released(revision=None)["assessment"]["score"] == 88


def test_every_window_and_clerk_is_frozen_with_its_facts_and_hash(hall: Months) -> None:
    hall.enter(fact("2.6"), fact("3.5", window=None, clerk="wang"))
    hall.november()
    done = hall.release()
    rows = hall.look(lambda desk: desk.released_rows("2026-10", 1))
    assert [row.key for row in rows] == [
        ("window", "1"), ("window", "2"), ("window", "3"), ("clerk", "li"), ("clerk", "wang"),
    ]  # fmt: skip
    told = hall.events("release")[0]
    assert told.after["hash"] == done["hash"] and len(done["hash"]) == 64
    assert told.after.keys() == {"period", "revision", "hash", "windows", "clerks", "facts_until", "early"}


def test_only_a_month_that_is_over_is_released_unless_asked_for_early(hall: Months) -> None:
    hall.enter(fact("2.6"))
    with pytest.raises(MonthNotOver):
        hall.release()
    with pytest.raises(MonthNotBegun):
        hall.release("2026-11", early=True)
    hall.release(early=True)
    assert hall.look(lambda desk: desk.revisions("2026-10"))[0].early


def test_later_facts_make_a_numbered_revision_that_says_what_changed(hall: Months) -> None:
    first, second = fact("2.6"), fact("2.10")
    hall.enter(first, second)
    hall.november()
    hall.release()
    late = fact("3.4", day="2026-10-30", at="2026-11-01T05:00:00.000Z")
    hall.enter(late)
    hall.withdraw(second)
    expected = [("withdrawn", second.id), ("added", late.id)]
    (would,) = hall.changes()["changes"]
    assert (would["by"], would["subject"], would["was"], would["now"]) == ("window", "1", 93, 96)
    assert [(each["how"], each["id"]) for each in would["facts"]] == expected
    assert hall.release()["revision"] == 2
    assert hall.changes(revision=2)["changes"] == [would]
    assert hall.changes()["changes"] == []
    assert [hall.released(revision=n)["assessment"]["score"] for n in (1, 2)] == [93, 96]


def test_what_is_released_as_it_stands_is_not_released_again(hall: Months) -> None:
    hall.november()
    hall.release()
    with pytest.raises(NothingToRelease):
        hall.release()


def test_pressed_twice_stays_one(hall: Months) -> None:
    hall.enter(fact("2.6"))
    hall.november()
    once = hall.release(key="the same")
    assert hall.release(key="the same") == once
    assert len(hall.events("release")) == 1


def test_who_looked_at_an_older_revision_is_told(hall: Months) -> None:
    hall.november()
    hall.release(seen=0)
    hall.enter(fact("2.6"))
    with pytest.raises(ReleasedMeanwhile):
        hall.release(seen=0)
    assert hall.release(seen=1)["revision"] == 2


def test_of_two_that_were_prepared_alike_one_is_made(hall: Months) -> None:
    hall.enter(fact("2.6"))
    hall.november()
    first, second = (hall.look(lambda desk: hall.rounds.prepare(desk, "2026-10")) for _ in range(2))
    hall.rounds.release(first, by=hall.by("chen", "supervisor"))
    with pytest.raises(ReleasedMeanwhile):
        hall.rounds.release(second, by=hall.by("admin", "administrator"))


def test_a_revision_keeps_the_scheme_unless_the_file_is_asked_for(hall: Months) -> None:
    hall.enter(fact("2.6"))
    hall.november()
    hall.release()
    hall.use(hall.heavier("2.6", "-4"))
    assert hall.changes() == {
        "period": "2026-10", "revision": 2, "released": False, "scheme_changed": True, "changes": [],
    }  # fmt: skip
    with pytest.raises(NothingToRelease):
        hall.release()
    hall.release(scheme_anew=True)
    assert hall.released(revision=2)["assessment"]["score"] == 96
    assert hall.released(revision=1)["assessment"]["score"] == 98


def test_a_night_notes_that_a_released_month_would_come_out_otherwise(hall: Months) -> None:
    hall.november()
    hall.release()
    tonight(hall)
    assert hall.events("release_pending") == []
    one = fact("2.6")
    hall.enter(one)
    tonight(hall)
    tonight(hall)
    (note,) = hall.events("release_pending")
    assert note.after == {"period": "2026-10", "revision": 1, "rows": 1}
    month = hall.look(hall.rounds.overview)["months"][0]
    assert month["pending"]["rows"] == 1
    hall.release()
    assert hall.look(hall.rounds.overview)["months"][0]["pending"] is None


def tonight(hall: Months) -> None:
    hall.rounds.note_tonight(hall.look(hall.rounds.found_tonight))


def test_months_that_wait_are_named(hall: Months) -> None:
    hall.enter(fact("2.6", day="2026-08-03"))
    hall.november()
    hall.release("2026-09")
    assert hall.look(hall.rounds.overview)["due"] == ["2026-10", "2026-08"]


def test_a_release_is_worked_out_again_from_its_own_facts(hall: Months) -> None:
    hall.enter(fact("2.6"), fact("2.10"))
    hall.november()
    hall.release()
    hall.use(hall.heavier("2.6", "-4"))
    assert verified(hall)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE release_rows SET result = replace(result, '\"score\":98', '\"score\":99')",
        "UPDATE release_rows SET facts = (SELECT max(facts) FROM release_rows WHERE subject = '2')",
        'UPDATE release_schemes SET scheme = replace(scheme, \'"points":"-2"\', \'"points":"-1"\')',
        "UPDATE release_schemes SET scheme = replace(scheme, 'County', 'Nobody')",
        "DELETE FROM release_rows WHERE subject = '3'",
    ],
)
def test_a_changed_release_shows(hall: Months, change: str) -> None:
    hall.enter(fact("2.6"))
    hall.november()
    hall.release()
    assert hall.store.change(lambda desk: {"n": desk.db.run(change)}, hall.by("thief"))["n"] > 0
    assert not verified(hall)


def test_rows_and_hash_changed_alike_show_by_the_log(hall: Months) -> None:
    hall.november()
    hall.release()
    rows = hall.look(lambda desk: desk.released_rows("2026-10", 1))[1:]
    forged = hash_of("2026-10", 1, rows, "")
    forging = f"UPDATE releases SET hash = '{forged}'"
    hall.store.change(lambda desk: {"n": desk.db.run(forging)}, hall.by("thief"))
    gone = "DELETE FROM release_rows WHERE kind = 'window' AND subject = '1'"
    hall.store.change(lambda desk: {"n": desk.db.run(gone)}, hall.by("thief"))
    assert not verified(hall)


def test_a_result_that_doesnt_follow_from_its_facts_is_none(hall: Months) -> None:
    hall.enter(fact("2.6"))
    hall.november()
    hall.release()
    row = hall.look(lambda desk: desk.released_row("2026-10", 1, "window", "1"))
    assert reproduced(row, WINDOW)
    assert not reproduced(replace(row, result=row.result.replace('"score":98', '"score":99')), WINDOW)


def verified(hall: Months) -> bool:
    told: Json = hall.look(lambda desk: hall.rounds.verdict(desk, "2026-10"))
    return bool(told["verified"])


def test_a_revision_that_few_ratings_make_is_pointed_out(hall: Months) -> None:
    """Whoever is told of it knows how one person rated."""
    hall.november()
    hall.release()
    hall.enter(fact("dissatisfied", kind="rated", clerk="li", origin="queue", author=""))
    assert all(each["few_ratings"] for each in hall.changes()["changes"])
    hall.enter(fact("satisfied", kind="rated", clerk="li", origin="queue", author="", times=Decimal(4)))
    assert not any(each["few_ratings"] for each in hall.changes()["changes"])


def test_a_release_of_an_older_version_that_told_less_is_still_whole() -> None:
    """A later program may tell more of an assessment; that is neither a change nor a forgery."""
    frozen = {"score": 98, "lines": [{"code": "2.6", "points": -2}]}
    now = {"score": 98, "lines": [{"code": "2.6", "points": -2, "told": 1}], "raw": 98}
    assert agrees(frozen, now)
    assert not agrees(now, frozen)
    assert not agrees(frozen, now | {"score": 97})
    assert not agrees(frozen, now | {"lines": []})
    assert not agrees(frozen, now | {"lines": [{"code": "2.6", "points": -1}]})


# -- any facts ------------------------------------------------------------------------------------

WINDOW, CLERK = (load_scheme(SCHEMES / f"{name}.toml") for name in ("yihuang-window", "yihuang-clerk"))
NUMBERS = st.decimals(min_value=-20, max_value=40, places=2)
CODES = sorted({item.code for scheme in (WINDOW, CLERK) for item in scheme.items})
FACTS = st.builds(
    Fact,
    id=st.text(min_size=1, max_size=6), day=st.dates().map(lambda day: day.isoformat()),
    kind=st.sampled_from(KINDS), item=st.sampled_from([*CODES, "dissatisfied", "satisfied", "case", ""]),
    window=st.sampled_from([None, "1"]), clerk=st.sampled_from([None, "li"]),
    times=st.decimals(min_value=0, max_value=9, places=1), value=st.none() | NUMBERS,
    points=st.none() | NUMBERS, note=st.text(max_size=5), origin=st.just("inspector"),
    author=st.text(max_size=4), at=st.just(NOON), evidence=st.just(("photo",)),
    withdrawn=st.none() | st.builds(Withdrawal, st.just(NOON), st.just("x"), st.text(max_size=5)),
)  # fmt: skip


@settings(deadline=None)
@given(
    facts=st.lists(FACTS, max_size=12, unique_by=lambda fact: fact.id),
    scheme=st.sampled_from([WINDOW, CLERK]),
)
def test_what_is_frozen_comes_to_the_same_result(facts: list[Fact], scheme) -> None:
    """By the scheme as it was frozen, from the facts as they were frozen."""
    result = canonical(assess(scheme, facts).plain())
    thawed = Book(None).thawed(frozen_record(scheme))  # type: ignore[arg-type]
    again = facts_in(frozen_facts(facts))
    assert canonical(assess(thawed, again).plain()) == result
    assert frozen_facts(again) == frozen_facts(reversed(facts))


@settings(deadline=None)
@given(FACTS)
def test_freezing_loses_nothing_but_words_and_photos(one: Fact) -> None:
    (again,) = facts_in(frozen_facts([one]))
    wordless = replace(one, note="", evidence=())
    if one.withdrawn:
        wordless = replace(wordless, withdrawn=replace(one.withdrawn, reason=""))
    assert again == wordless


@pytest.mark.parametrize("file", sorted(SCHEMES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_scheme_comes_back_from_what_is_frozen_of_it(file: Path) -> None:
    scheme = load_scheme(file)
    assert adapter().validate_json(frozen_record(scheme)) == scheme
    json.loads(frozen_record(scheme))


@pytest.mark.parametrize("day", ["0001-01-01", "0226-10-12", "0999-12-31"])
def test_an_old_day_that_was_kept_before_it_was_refused_breaks_no_overview(hall: Months, day: str) -> None:
    hall.enter(fact("", day, "late", clerk="li", at=NOON), fact("2.6", "2026-09-14"))
    assert hall.look(hall.rounds.overview)["due"] == ["2026-09"]


def test_the_month_before_keeps_the_years_four_digits() -> None:
    assert [before(name) for name in ("2026-10", "2026-01", "1000-01", "0227-01", "0010-12")] == [
        "2026-09", "2025-12", "0999-12", "0226-12", "0010-11",
    ]  # fmt: skip
