"""Who may enter what, what is refused and why, and that four eyes take a fact back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from queueing.errors import UnknownWindow
from queueing.people import UnknownStaff
from queueing.upkeep_rules import KeepRules
from scoring import fact_errors as no
from scoring.entering import MOST_PHOTOS, FactBook, NewFact, Photo
from scoring.fact_store import fact_rows
from scoring.facts import Fact
from scoring.gathering import all_facts, find_fact
from scoring.periods import period
from settings.reading import ROOT
from settings.schemes import schemes_of
from storage.chain import open_copy
from tests.scene import Scene
from upkeep.places import archive_of
from upkeep.purging import purge_all
from upkeep.taking import take_backup

SCHEMES = schemes_of(ROOT / "schemes" / "yihuang-window.toml", ROOT / "schemes" / "county-clerk.toml")
MONDAY, TUESDAY = "2026-10-12", "2026-10-13"
RUDE = NewFact(MONDAY, "item", "3.5", window="3", note="说话难听")
MISAPPLIED = NewFact(MONDAY, "item", "2.3", clerk="wang", points=Decimal("-2"))
PHOTO = Photo(b"\xff\xd8\xff" + bytes(97), 640, 480)


@pytest.fixture
def book(scene: Scene) -> FactBook:
    return FactBook(scene.hall, SCHEMES)


def by(scene: Scene, who: str = "chen"):
    return scene.by(who, role="supervisor" if who == "chen" else "administrator")


def kept(scene: Scene) -> list[Fact]:
    return scene.store.look(lambda desk: fact_rows(desk).entered_facts(MONDAY, TUESDAY))


def test_an_item_is_kept_with_its_scheme_and_its_author(scene, book):
    told = book.enter(RUDE, by=by(scene))["fact"]
    (fact,) = kept(scene)
    assert (fact.id, fact.scheme, fact.author, fact.origin) == (
        told["id"],
        "yihuang-window",
        "chen",
        "inspector",
    )
    assert (fact.item, fact.window, fact.note, fact.at) == (
        "3.5",
        "3",
        "说话难听",
        "2026-10-12T01:00:00.000Z",
    )


def test_the_log_knows_the_fact_and_not_the_words(scene, book):
    book.enter(RUDE, by=by(scene))
    (event,) = scene.events()
    assert event.action == "fact_entered" and event.after["item"] == "3.5"
    assert "难听" not in str(event)


def test_the_scheme_is_that_of_whom_the_fact_names(scene, book):
    book.enter(MISAPPLIED, by=by(scene))
    book.enter(replace(MISAPPLIED, window="3", scheme="county-clerk"), by=by(scene))
    assert {fact.scheme for fact in kept(scene)} == {"county-clerk"}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"day": TUESDAY}, no.DayAhead),
        ({"day": "2026-02-30"}, no.NotADay),
        ({"day": "20261012"}, no.NotADay),
        ({"kind": "opened_late"}, no.ToldByTheQueue),
        ({"kind": "rated", "item": "satisfied"}, no.ToldByTheQueue),
        ({"kind": "handsome"}, no.UnknownKind),
        ({"item": "3.11"}, no.UnknownItem),
        ({"scheme": "elsewhere"}, no.UnknownScheme),
        ({"scheme": "county-clerk"}, no.ConcernsNobody),
        ({"window": None}, no.ConcernsNobody),
        ({"window": "9"}, UnknownWindow),
        ({"clerk": "nobody"}, UnknownStaff),
        ({"clerk": "chen"}, no.AboutYourself),
        ({"times": Decimal(0)}, no.NotANumber),
        ({"times": Decimal("0.001")}, no.NotANumber),
        ({"times": Decimal("NaN")}, no.NotANumber),
        ({"points": Decimal(-6)}, no.PointsNotFree),
        ({"kind": "praise", "points": Decimal(1)}, no.PointsNotFree),
        ({"kind": "figure", "item": "", "value": Decimal(9)}, no.FigureNeeded),
        ({"kind": "figure", "item": "w1"}, no.FigureNeeded),
        ({"note": "长" * 501}, no.TextTooLong),
    ],
)
def test_what_cant_be_is_refused_and_nothing_is_kept(scene, book, change, refusal):
    with pytest.raises(refusal):
        book.enter(replace(RUDE, **change), by=by(scene))
    assert kept(scene) == [] and scene.events() == []


@pytest.mark.parametrize(("points", "fine"), [("-1", True), ("-3", True), ("-0.99", False), ("-3.01", False)])
def test_points_lie_in_the_range_of_the_item(scene, book, points, fine):
    wanted = replace(MISAPPLIED, points=Decimal(points))
    if fine:
        book.enter(wanted, by=by(scene))
    else:
        with pytest.raises(no.PointsOutOfRange):
            book.enter(wanted, by=by(scene))
    assert len(kept(scene)) == fine


def test_cases_beyond_their_limit_are_known_to_the_departments_alone_and_entered(scene, book):
    book.enter(NewFact(MONDAY, "case_overdue", window="3", times=Decimal(4)), by=by(scene))
    assert kept(scene)[0].times == 4


def find(scene: Scene, fact: str) -> Fact:
    found = scene.store.look(lambda desk: find_fact(desk, fact, scene.hall))
    assert found is not None
    return found


def test_four_eyes_take_a_fact_back_and_it_stays(scene, book):
    fact = find(scene, book.enter(replace(RUDE, clerk="wang"), by=by(scene))["fact"]["id"])
    for who in ("chen", "wang"):
        with pytest.raises(no.FourEyes):
            book.withdraw(fact, "mine", by=by(scene, who))
    book.withdraw(fact, " 写错了窗口 ", by=by(scene, "admin"))
    (left,) = kept(scene)
    assert left.withdrawn and (left.withdrawn.by, left.withdrawn.reason) == ("admin", "写错了窗口")
    with pytest.raises(no.AlreadyWithdrawn):
        book.withdraw(fact, "again", by=by(scene, "admin"))
    assert "写错了窗口" not in str(scene.events())


def test_a_fact_of_the_queue_is_taken_back_by_its_id(scene, book):
    scene.sit("1", "li")
    scene.sit("3", "wang")
    scene.clock.turn(minutes=30)
    scene.press("leave", "3", "wang")
    scene.clock.turn(minutes=24 * 60)
    fact = find(scene, f"closed_early:3:{MONDAY}:093000")
    book.withdraw(fact, "培训", by=by(scene))
    assert find(scene, fact.id).withdrawn is not None


def test_what_has_a_way_of_its_own_isnt_withdrawn_among_the_facts(scene, book):
    scene.sit("1", "li")
    for level in ("dissatisfied", "satisfied"):
        scene.take()
        key, reasons = scene.serve_one("1", "li"), ["other"] if level == "dissatisfied" else []
        by_pad = scene.by(role="pad")
        scene.ratings.rate_at_pad(window="1", ticket=key, level=level, reasons=reasons, by=by_pad)
    facts = scene.store.look(lambda desk: all_facts(desk, period(MONDAY), scene.hall))
    rated = [each for each in facts if each.kind == "rated"]
    assert len(rated) == 2
    decided = Fact("c1", MONDAY, "complaint", window="1", origin="complaint", author="guan")
    called = replace(decided, id="c2", kind="callback_dissatisfied", origin="callback")
    again = replace(rated[0], id=f"{rated[0].id}:again", origin="second_rating")
    for fact in [*rated, again, decided, called]:
        with pytest.raises(no.OfADecision if fact in (decided, called) else no.OfARating):
            book.withdraw(fact, "not so", by=by(scene))
    assert not [event for event in scene.events() if event.action == "fact_withdrawn"]


def test_photos_are_added_by_the_author_or_a_supervisor_and_only_some(scene, book):
    fact = book.enter(RUDE, by=by(scene))["fact"]["id"]
    for _ in range(MOST_PHOTOS):
        book.add_photo(fact, PHOTO, by=by(scene))
    with pytest.raises(no.TooManyPhotos):
        book.add_photo(fact, PHOTO, by=by(scene))
    with pytest.raises(no.NotYourFact):
        book.add_photo(fact, PHOTO, by=scene.by("sun", role="inspector"))
    with pytest.raises(no.UnknownFact):
        book.add_photo(f"closed_early:3:{MONDAY}:090000", PHOTO, by=by(scene))
    assert len(kept(scene)[0].evidence) == MOST_PHOTOS


@pytest.mark.of_files
def test_photos_are_purged_from_the_file_itself_and_the_fact_stays(scene, book, tmp_path: Path):
    scene.hall.house = replace(scene.house, keep=KeepRules(evidence_days=30, fact_note_days=30))
    fact = book.enter(RUDE, by=by(scene))["fact"]["id"]
    marked = b"\xff\xd8\xff" + b"somebody's face" * 400
    book.add_photo(fact, Photo(marked, 1, 1), by=by(scene))
    scene.clock.turn(minutes=31 * 24 * 60)
    taken = purge_all(scene.hall)
    assert (taken["evidence"], taken["fact_notes"]) == (1, 1)
    (left,) = kept(scene)
    assert (left.evidence, left.note, left.item) == ((), "", "3.5")
    scene.close()
    assert b"somebody's face" not in (tmp_path / "hall.db").read_bytes()


@pytest.mark.of_files
def test_a_backup_carries_the_photo(scene, book, tmp_path: Path):
    fact = book.enter(RUDE, by=by(scene))["fact"]["id"]
    name = book.add_photo(fact, PHOTO, by=by(scene))["evidence"]["id"]
    backup = take_backup(tmp_path, archive_of(scene.house, tmp_path), scene.hall.now(), "asked")
    with closing(open_copy(backup.file)) as copy:
        assert copy.execute("SELECT id, picture FROM evidence").fetchall() == [(name, PHOTO.picture)]


@pytest.mark.parametrize(
    ("day", "refusal"),
    [("1999-12-31", no.DayTooEarly), ("0226-10-12", no.DayTooEarly), ("2000-01-01", None)],
)
def test_a_day_of_another_century_is_a_slip_of_the_pen(scene, book, day, refusal):
    late = NewFact(day, "late", clerk="wang", value=Decimal(5))
    if refusal is None:
        assert book.enter(late, by=by(scene))["fact"]["day"] == day
    else:
        with pytest.raises(refusal):
            book.enter(late, by=by(scene))


@pytest.mark.parametrize("number", ["0e-50000000", "0e50000000", "5." + "0" * 100_000, "-0E-400"])
def test_a_number_that_is_long_when_written_out_is_refused(scene, book, number):
    for name in ("times", "value"):
        with pytest.raises(no.NotANumber) as refused:
            book.enter(replace(RUDE, kind="late", item="", **{name: Decimal(number)}), by=by(scene))
        assert len(refused.value.detail["value"]) <= 40
    assert kept(scene) == []


def test_what_a_window_did_concerns_whoever_sat_there_on_that_day(scene, book):
    scene.hall.sit(window="3", take_over=False, by=by(scene))
    theirs = book.enter(RUDE, by=by(scene, "admin"))["fact"]["id"]
    with pytest.raises(no.AboutYourself):
        book.enter(NewFact(MONDAY, "praise", window="3"), by=by(scene))
    book.enter(replace(RUDE, clerk="wang"), by=by(scene))
    book.enter(replace(RUDE, window="1"), by=by(scene))
    with pytest.raises(no.FourEyes):
        book.withdraw(find(scene, theirs), "not so", by=by(scene))
    scene.clock.turn(minutes=24 * 60)
    book.enter(replace(RUDE, day=TUESDAY), by=by(scene))


@pytest.mark.parametrize("words", ["a\0b", "a\x1b[31m", "a\x85b", "a\ud800"])
def test_words_are_text(scene, book, words):
    with pytest.raises(no.TextNotPlain):
        book.enter(replace(RUDE, note=words), by=by(scene))
    book.enter(replace(RUDE, note="一\n二\t三 😀"), by=by(scene))
    (fact,) = kept(scene)
    with pytest.raises(no.TextNotPlain):
        book.withdraw(fact, words, by=by(scene, "admin"))
