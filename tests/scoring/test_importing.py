"""Lists of facts and of sign-ins: every line or none, a wrong one by its number, the same list once."""

from __future__ import annotations

from collections import Counter
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.attendance import Half, attendance_lines, found_in
from scoring.entering import FactBook
from scoring.fact_errors import EmptyList, NotAList
from scoring.fact_store import fact_rows
from scoring.facts import Fact
from scoring.importing import Importer, Usual, lines_of
from settings import load_house
from tests.scene import SMALL, Scene
from tests.scoring.test_entering import MONDAY, SCHEMES, by

LIST = """date,item,times,note,window
2026-10-05,3.5,1,"说话难听，
当面争吵",3
2026/10/6,2.8,2,,3
2026年10月6日,2.8,2,,3
"""


HOUSES: dict = {}


def importer(scene: Scene) -> Importer:
    return Importer(scene.hall, FactBook(scene.hall, SCHEMES))


def take(scene: Scene, text: str | bytes, keep: bool = True, usual: Usual = Usual()) -> dict:  # noqa: B008
    content = text if isinstance(text, bytes) else text.encode()
    lines = lines_of(content, scene.house, usual)
    return answered(scene, lines, keep)


def answered(scene, lines, keep=True):
    ready = importer(scene).prepare(lines, MONDAY, by(scene))
    return importer(scene).keep(ready, by=by(scene)) if keep else importer(scene).look(ready)


def counts(answer: dict) -> tuple[int, int, int, int]:
    return answer["new"], answer["known"], answer["wrong_lines"], answer["kept"]


def kept(scene: Scene) -> list[Fact]:
    return scene.store.look(lambda desk: fact_rows(desk).entered_facts("2026-10-01", MONDAY))


def test_a_list_is_looked_at_then_taken_then_known(scene):
    assert counts(take(scene, LIST, keep=False)) == (3, 0, 0, 0)
    assert kept(scene) == []
    assert counts(take(scene, LIST)) == (3, 0, 0, 3)
    assert counts(take(scene, LIST)) == (0, 3, 0, 0)
    facts = kept(scene)
    assert [(f.day, f.item, int(f.times), f.origin) for f in facts] == [
        ("2026-10-05", "3.5", 1, "import"),
        ("2026-10-06", "2.8", 2, "import"),
        ("2026-10-06", "2.8", 2, "import"),
    ]
    assert facts[0].note == "说话难听，\n当面争吵"
    assert [event.action for event in scene.events()] == ["facts_imported"]


def test_a_longer_list_brings_only_what_is_new(scene):
    take(scene, LIST)
    longer = LIST + "2026-10-06,2.8,2,,3\n2026-10-07,3.4,1,,1\n"
    assert counts(take(scene, longer)) == (2, 3, 0, 2)


def test_what_was_taken_back_isnt_brought_back(scene):
    take(scene, LIST)
    fact = kept(scene)[0]
    FactBook(scene.hall, SCHEMES).withdraw(fact, "not so", by=by(scene, "admin"))
    assert counts(take(scene, LIST)) == (0, 3, 0, 0)
    assert kept(scene)[0].withdrawn


def test_one_wrong_line_keeps_all_out_and_every_wrong_one_is_named(scene):
    wrong = LIST + "2026-10-07,9.9,1,,3\n2026-13-07,3.4,1,,3\n2026-10-07,3.4,viel,,3\n2026-10-13,3.4,1,,3\n"
    answer = take(scene, wrong)
    assert counts(answer) == (3, 0, 4, 0)
    assert [(each["line"], each["code"]) for each in answer["wrong"]] == [
        (6, "unknown_item"), (7, "not_a_day"), (8, "not_a_number"), (9, "day_ahead"),
    ]  # fmt: skip
    assert kept(scene) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_excel_writes_in_many_ways(scene, encoding, comma):
    text = "\r\n".join(["日期,项目,次数,说明,人员", "2026/10/5,'2.10,1,态度差,王强"]).replace(",", comma)
    (line,) = lines_of(text.replace("2.10", "2.1").encode(encoding), scene.house, Usual())
    assert line.wanted and (line.wanted.note, line.wanted.clerk, line.wanted.item) == (
        "态度差",
        "wang",
        "2.1",
    )


def test_lines_that_name_nobody_stand_for_the_window_that_was_chosen(scene):
    text = "date,item,times,note\n2026-10-05,3.4,1,\n"
    assert take(scene, text)["wrong"][0]["code"] == "concerns_nobody"
    assert counts(take(scene, text, usual=Usual(window="2"))) == (1, 0, 0, 1)
    assert kept(scene)[0].window == "2"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"item,times\n3.4,1\n", "column_missing"),
        (b"date,item,colour\n2026-10-05,3.4,red\n", "column"),
        (b"date,item,item\n2026-10-05,3.4,3.5\n", "column"),
        (b"date,item\n2026-10-05,3.4,1,2\n", "too_many_cells"),
        (b'date,item\n2026-10-05,"3.4\n', "quotes"),
        (b"date,item\n2026-10-05,\x00\n", "encoding"),
        (b"date,item\n2026-10-05,\xff\xff\xff\n", "encoding"),
        (b"", "column_missing"),
        (b"date,item\n" + b"2026-10-05,3.4\n" * 5001, "too_long"),
    ],
)
def test_what_is_no_list_is_refused_whole(scene, content, why):
    with pytest.raises(NotAList) as refused:
        lines_of(content, scene.house, Usual())
    assert refused.value.detail["why"] == why


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_refused(content):
    house = HOUSES.setdefault("small", load_house(SMALL))
    for begin in (b"", b"date,item,times,value\n"):
        try:
            lines_of(begin + content, house, Usual())
        except (EmptyList, NotAList):
            continue


# -- attendance ---------------------------------------------------------------------------------

SIGNED = "date,clerk,in_1,out_1,in_2,out_2,leave\n"


def attendance(scene: Scene, *lines: str) -> list[tuple[str, str | None, int, float]]:
    """What becomes of the sign-ins: kind, window, times, value."""
    found = attendance_lines((SIGNED + "\n".join(lines)).encode(), scene.hall)
    assert all(line.wanted for line in found), found
    wanted = [line.wanted for line in found if line.wanted]
    return [(w.kind, w.window, int(w.times), float(w.value or 0)) for w in wanted]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("08:20,12:01,13:58,17:31,", []),
        ("08:40,11:50,14:10,17:20,", []),  # ten minutes each: not more than ten
        ("08:41,12:00,14:00,17:30,", [("late", "1", 1, 11)]),
        (
            "08:30,11:49,14:30,17:00,",
            [("left_early", "1", 1, 11), ("late", "1", 1, 30), ("left_early", "1", 1, 30)],
        ),
        ("08:30,,,17:30,", [("missed_sign_in", "1", 2, 0)]),
        (",,14:00,17:30,", [("absent", "1", 1, 0.5)]),
        (",,,,", [("absent", "1", 1, 1)]),
        (",,,,事假", [("private_leave", "1", 1, 1)]),
        (",,14:00,17:30,sick", [("sick_leave", "1", 1, 0.5)]),
        (",,,,公假", []),
    ],
)
def test_four_sign_ins_by_the_halls_hours(scene, signs, expected):
    assert attendance(scene, f"2026-10-12,li,{signs}") == expected


def test_days_off_and_people_by_name(scene):
    assert (
        attendance(scene, "2026-10-11,王强,,,,,", "2026-10-20,wang,,,,,") == []
    )  # a Sunday, a closed Tuesday
    assert attendance(scene, "2026-10-10,王强,,,,,") == [
        ("absent", "2", 1, 1)
    ]  # a Saturday worked in exchange


@pytest.mark.parametrize(
    "line",
    [
        *("2026-10-12,li,8h,,,,", "2026-10-12,li,09:00,08:00,,,", "2026-10-12,no,,,,,"),
        *("2026-10-12,li,,,,,tired", "2026-10-12,,,,,,"),
    ],
)
def test_wrong_sign_ins_are_named(scene, line):
    (found,) = attendance_lines((SIGNED + line).encode(), scene.hall)
    assert found.wrong and found.number == 2


def test_a_months_attendance_twice_is_once(scene):
    text = SIGNED + "2026-10-12,li,08:50,12:00,14:20,17:30,\n2026-10-12,wang,,,,,\n"
    lines = attendance_lines(text.encode(), scene.hall)
    assert counts(answered(scene, lines)) == (3, 0, 0, 3)
    assert counts(answered(scene, lines)) == (0, 3, 0, 0)
    assert Counter(f.kind for f in kept(scene)) == {"late": 2, "absent": 1}


minute = st.one_of(st.none(), st.integers(0, 23 * 60 + 59))


@settings(deadline=None)
@given(minute, minute, st.integers(0, 30))
def test_late_and_early_as_a_plain_count_says(came, went, late):
    def clock(at: int | None) -> time | None:
        return None if at is None else time(at // 60, at % 60)

    if came is not None and went is not None and went < came:
        return
    half = Half(time(8, 30), time(12, 0), clock(came), clock(went))
    found = {kind: (times, value) for kind, times, value in found_in([half], "absent", late)}
    assert ("absent" in found) == (came is None and went is None)
    assert ("missed_sign_in" in found) == ((came is None) != (went is None))
    assert ("late" in found) == (late > 0 and came is not None and came > 8 * 60 + 30 + late)
    assert ("left_early" in found) == (late > 0 and went is not None and went < 12 * 60 - late)


SIGN_INS = "date,clerk,in_1,out_1,in_2,out_2\n"


def test_years_that_are_slips_of_the_pen_are_refused_in_both_kinds_of_lists(scene):
    answer = take(scene, "date,kind,clerk,value\n0226-10-12,late,wang,5\n0001-01-01,late,wang,5\n")
    assert [(each["line"], each["code"]) for each in answer["wrong"]] == [
        (2, "day_too_early"), (3, "day_too_early"),
    ]  # fmt: skip
    lines = attendance_lines(f"{SIGN_INS}0001-01-01,li,,,,\n0999-01-04,li,,,,\n".encode(), scene.hall)
    answer = answered(scene, lines)
    assert [each["code"] for each in answer["wrong"]] == ["day_too_early"] * 2 and answer["kept"] == 0


@pytest.mark.parametrize("number", ["0e-50000000", "1." + "0" * 100_000, "1e5", "NaN", "-Infinity", "1_0"])
def test_a_number_is_digits_and_few_of_them(scene, number):
    for column in ("times", "value", "points"):
        answer = take(scene, f"date,kind,clerk,{column}\n2026-10-05,late,wang,{number}\n")
        (wrong,) = answer["wrong"]
        assert wrong["code"] == "not_a_number" and len(wrong["detail"]["value"]) <= 40
    assert kept(scene) == []


def test_no_line_is_about_a_window_where_the_sender_sat_on_that_day(scene):
    scene.hall.sit(window="3", take_over=False, by=by(scene))
    lines = f"date,item,window\n{MONDAY},3.5,3\n{MONDAY},3.5,1\n2026-10-09,3.5,3\n"
    answer = take(scene, lines)
    assert [(each["line"], each["code"]) for each in answer["wrong"]] == [(2, "about_yourself")]
    assert counts(answer) == (2, 0, 1, 0)


@pytest.mark.parametrize("below", ["", "\n\n", " ,\n,\n"])
def test_a_list_without_a_line_is_refused(scene, below):
    with pytest.raises(EmptyList):
        lines_of(f"date,item\n{below}".encode(), scene.house, Usual())
    with pytest.raises(EmptyList):
        attendance_lines(f"{SIGN_INS}{below}".encode(), scene.hall)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_list_of_empty_lines_isnt_read_through(scene, end, monkeypatch):
    monkeypatch.setattr("scoring.lists.csv.reader", None)
    with pytest.raises(NotAList) as refused:
        lines_of(f"date,item{end * 1_000_000}".encode(), scene.house, Usual())
    assert refused.value.detail["why"] == "too_long"
