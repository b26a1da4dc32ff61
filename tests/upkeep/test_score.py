"""`app.py score`: from a file of facts alone, and from the hall's own facts while the hall is open."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from queueing.errors import UnknownWindow
from scoring.facts import Fact, Withdrawal
from tests.running import ROOT, SMALL
from upkeep.score import scored
from upkeep.score_table import language
from web.starting import CannotStart, house_of

YIHUANG = ROOT / "schemes" / "yihuang-window.toml"
LINES = """date,item,times,note
2026-10-02,1.1,1,no leader
2026-10-09,1.1,,again
2026-10-09,3.1,3,"three, all late"
2026/10/10,2.10,9,
2026-10-12,media_city,3,
2026-11-01,M3,1,
"""
"""October: -2, -1.5, -45 of which 40, 12 of which 10: 100 - 43.5 + 10 = 66.5; with November 56.5."""


def asked(**options):
    usual = {"scheme": YIHUANG, "period": None, "window": None, "clerk": None, "facts": None, "json": True}
    return argparse.Namespace(**usual | {"hall": SMALL, "data": None} | options)


def told(**options):
    return json.loads(scored(asked(**options)))


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.csv"
    file.write_text(LINES, "utf-8")
    return file


def refused(file: Path, text: str | bytes, **options) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CannotStart) as refusal:
        scored(asked(facts=file, **options))
    return str(refusal.value).replace(str(file), "FILE")


def test_the_command_prints_exactly_one_json_object(facts):
    command = [sys.executable, "app.py", "score", "--scheme", "schemes/yihuang-window.toml", "--json"]
    ran = subprocess.run(
        [*command, "--facts", str(facts)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    assert found["score"] == 56.5 and {"parts", "lines"} <= set(found)
    ran = subprocess.run([*command, "--facts", "nowhere.csv"], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "") and "nowhere.csv" in ran.stderr


def test_with_a_period_its_days_alone_count(facts):
    found = told(facts=facts, period="2026-10", window="3")
    assert (found["score"], found["period"], found["window"]) == (66.5, "2026-10", "3")
    assert next(line for line in found["lines"] if line["code"] == "1.1")["facts"] == [
        "facts.csv:2",
        "facts.csv:3",
    ]


@pytest.mark.parametrize("coding", ["utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_excels_codings_are_read(facts, coding):
    facts.write_bytes(
        LINES.replace("no leader", "无人分管").replace(",", ";").replace("three;", "three,").encode(coding)
    )
    assert told(facts=facts)["score"] == 56.5


def test_points_values_and_headings_in_chinese(facts):
    facts.write_text(
        "日期,项目,次数,备注,分值,数值\n2026-10-02,1.4,1,,-7,\n2026-10-05,absent,1,,,1.5\n", "utf-8"
    )
    found = told(facts=facts, scheme=ROOT / "schemes" / "county-clerk.toml")
    assert {line["code"]: line["points"] for line in found["lines"]} == {"1.4": -7, "3.4": -6}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2026-13-02,1.1,1,x", "FILE:2: date: '2026-13-02' isn't a day. Write it like 2026-10-02."),
        (",1.1,1,x", "FILE:2: date: '' isn't a day."),
        ("2026-10-02,1.1,two,x", "FILE:2: times: 'two' isn't a number. Write it like 2 or 0.5."),
        ("2026-10-02,1.1,-1,x", "FILE:2: times: can't be -1."),
        ("2026-10-02,1.1,0,x", "FILE:2: times: can't be 0."),
        ("2026-10-02,1.1,nan,x", "FILE:2: times: 'nan' isn't a number."),
        ("2026-10-02,2.11,1,x", "FILE:2: item: '2.11' is no item of yihuang-window. The nearest: 2.1, "),
        ("2026-10-02,media,1,x", "The nearest: media_city"),
        ("2026-10-02,???,1,x", "The items: 1.1, 1.2"),
        ("2026-10-02,rated,1,x", "'rated' is no item"),
        ("2026-10-02,1.1,1,a,b", 'Put notes with commas in quotes: "…".'),
    ],
)
def test_a_mistake_is_told_with_line_column_and_remedy(facts, line, says):
    assert says in refused(facts, f"date,item,times,note\n{line}\n")


def test_all_mistakes_are_told_at_once(facts):
    found = refused(facts, "date,item\n2026-10-02,zz\n2026-10-03,1.1\n2026-10-99,1.1\n").splitlines()
    assert [each.split(" ")[0] for each in found] == ["FILE:2:", "FILE:4:"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("day_of_month,item\n", "unknown column 'day_of_month'"),
        ("item,times\n", "there is no column date"),
        ("date,date,item\n", "unknown column 'date', or it stands there twice."),
        (b"PK\x03\x04\x00\x00\xff", "is it an Excel workbook? Save it as CSV."),
        ('date,item\n2026-10-02,"1.1\n', "a quotation mark isn't closed"),
    ],
)
def test_a_file_that_is_no_list_of_facts_is_refused(facts, text, says):
    assert says in refused(facts, text)


def test_points_outside_the_range_are_refused(facts):
    text = "date,item,points\n2026-10-02,1.4,-11\n"
    says = refused(facts, text, scheme=ROOT / "schemes" / "county-clerk.toml")
    assert "FILE:2: points: -11 isn't what 1.4 gives. It gives -5 to -10." in says


def test_a_file_of_several_windows_needs_a_choice(facts):
    text = "date,item,times,note,window\n2026-10-02,1.1,1,,3\n2026-10-02,1.2,1,,5\n2026-10-02,1.3,1,,\n"
    assert "choose with --window" in refused(facts, text)
    assert told(facts=facts, window="3")["score"] == 96


def test_a_mistake_in_the_scheme_is_told(facts, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        YIHUANG.read_text("utf-8").replace('part = "2", points = -5', 'part = "9", points = -5', 1), "utf-8"
    )
    assert "there is no part '9'" in refused(facts, LINES, scheme=wrong)


def test_a_hall_doesnt_start_with_a_scheme_for_somebody_else(tmp_path):
    hall = tmp_path / "hall.toml"
    wrong = 'clerk_scheme = "schemes/yihuang-window.toml"\n'
    hall.write_text(SMALL.read_text("utf-8").replace("[scoring]\n", f"[scoring]\n{wrong}"), "utf-8")
    with pytest.raises(CannotStart, match="isn't made for a clerk"):
        house_of(hall)


def test_the_table_speaks_the_machines_language(facts, monkeypatch):
    def table(lang):
        monkeypatch.setenv("LC_ALL", lang)
        return scored(asked(facts=facts, json=False, period="2026-10"))

    assert "[facts.csv:2, facts.csv:3]" in table("C.UTF-8")
    assert "Score: 66.5" in table("C.UTF-8") and "Error in a case" in table("C.UTF-8")
    assert "得分: 66.5" in table("zh_CN.UTF-8") and "办件出现差错" in table("zh_CN.UTF-8")
    assert "辦件出現差錯" in table("zh_TW.UTF-8")
    assert language({"LANG": "zh_HK"}) == "zh_Hant" and language({}) == "en"


def enter(scene, *facts):
    def work(desk):
        for fact in facts:
            desk.add_fact(fact)
        return {}

    scene.store.change(work, scene.by("li"))


def own(key, item, **more):
    usual = {
        "window": "1",
        "times": Decimal(1),
        "origin": "inspector",
        "author": "chen",
        "at": "2026-10-12T01:00:00Z",
    }
    return Fact(key, "2026-10-12", "item", item, **usual | more)


def test_the_halls_own_facts_are_read_while_it_is_open(scene, tmp_path):
    enter(
        scene,
        own("a", "2.4"),
        own("b", "3.3", window="2"),
        own("c", "3.4", clerk="li", scheme="yihuang-window"),
    )
    before = scene.store.look(lambda desk: desk.seq())
    found = told(period="2026-10", window="1", data=tmp_path)
    assert (found["score"], [line["facts"] for line in found["lines"]]) == (93, [["a"], ["c"]])
    assert scene.store.look(lambda desk: desk.seq()) == before
    enter(scene, own("d", "2.4"))
    assert told(period="2026-10", window="1", data=tmp_path)["score"] == 88
    clerks = ROOT / "schemes" / "yihuang-clerk.toml"
    assert told(period="2026-10", clerk="li", scheme=clerks, data=tmp_path)["score"] == 100


def test_a_withdrawn_fact_counts_no_more(scene, tmp_path):
    enter(scene, own("a", "2.4"))
    withdrawal = Withdrawal("2026-10-12T02:00:00Z", "boss", "wrong window")
    scene.store.change(lambda desk: desk.withdraw_fact("a", withdrawal) or {}, scene.by("li"))
    assert told(period="2026-10", window="1", data=tmp_path)["score"] == 100


def test_without_a_scheme_the_halls_own_counts(scene, tmp_path):
    enter(scene, own("a", "4.1"))
    found = told(period="2026-10", window="1", data=tmp_path, scheme=None)
    assert (found["scheme"]["id"], found["score"]) == ("county-window", 95)
    found = told(period="2026-10", clerk="li", data=tmp_path, scheme=None)
    assert (found["scheme"]["id"], found["clerk"]) == ("county-clerk", "li")


def test_a_year_is_the_mean_of_its_months_until_now(scene, tmp_path):
    """Ten months until October; nine of 100, one of 95; the honour of October once: 99.5 + 5."""
    (tmp_path / "hall.simulated").touch()
    scene.sit("1", "li")
    enter(scene, own("a", "2.4"), own("b", "B3"))
    found = told(period="2026", window="1", data=tmp_path)
    assert (found["score"], found["mean"], len(found["months"])) == (104.5, 99.5, 10)


def test_what_isnt_there_is_said(scene, tmp_path):
    with pytest.raises(UnknownWindow):
        told(period="2026-10", window="99", data=tmp_path)
    for options, says in (
        ({"window": "1"}, "Say of which period"),
        ({"period": "2026-10", "window": "1", "clerk": "li"}, "Say of which period"),
        ({"period": "2026-10", "clerk": "li"}, "made for a window"),
        ({"facts": tmp_path / "x.csv", "scheme": None}, "need a scheme"),
    ):
        with pytest.raises(CannotStart, match=says):
            told(data=tmp_path, **options)


def test_each_month_of_a_year_goes_by_the_version_in_force_on_its_first_day(scene, tmp_path):
    """100 until September, in which the new one begins, October 90: 99 in the mean."""
    first, second, hall = tmp_path / "first.toml", tmp_path / "second.toml", tmp_path / "hall.toml"
    text = YIHUANG.read_text("utf-8")
    first.write_text(text, "utf-8")
    later = text.replace("version = 1", "version = 2").replace("2020-01-01", "2026-09-02")
    second.write_text(later.replace("base = 100", "base = 90"), "utf-8")
    small = SMALL.read_text("utf-8").replace('"schemes/county-window.toml"', f'"{first}"')
    hall.write_text(small, "utf-8")
    (tmp_path / "hall.simulated").touch()
    scene.sit("1", "li")
    options = {"hall": hall, "data": tmp_path, "scheme": None, "window": "1"}
    assert [told(period=f"2026-{month}", **options)["score"] for month in ("08", "09", "10")] == [
        100,
        100,
        90,
    ]
    assert told(period="2026", **options)["score"] == 99
