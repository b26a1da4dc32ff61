"""What a file of facts may say: bounds, schemes, qualifiers, months, commas; and on which terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.running import ROOT
from tests.upkeep.test_score import facts, refused, told  # noqa: F401
from upkeep.facts_file import MISTAKES_TOLD

SCHEMES = ROOT / "schemes"
COUNTY, MIX = SCHEMES / "county-clerk.toml", SCHEMES / "weighted-mix.toml"


def from_lines(file, heading, *lines, **options):
    file.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    return told(facts=file, **options)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ("absent,1,-2,", "value: can't be -2. Write 0 to 100000, with two decimals at most."),
        ("absent,1,1000000,", "value: can't be 1000000."),
        ("absent,1,0.001,", "value: can't be 0.001."),
        ("1.1,1001,,", "times: can't be 1001. Write 0.01 to 1000"),
        ("1.4,1,,-2000", "points: can't be -2000."),
    ],
)
def test_figures_out_of_the_offices_bounds_are_refused(facts, cells, says):  # noqa: F811
    assert says in refused(facts, f"date,item,times,value,points\n2026-10-02,{cells}\n", scheme=COUNTY)


def test_a_line_of_another_scheme_doesnt_count_here(facts):  # noqa: F811
    heading = "date,item,scheme"
    says = refused(facts, f"{heading}\n2026-10-02,1.1,yihuang-window\n2026-10-02,1.1,county-window\n")
    assert says == (
        "FILE:3: scheme: 'county-window' is another scheme. "
        "Leave the cell empty, or take the line out: this score is by yihuang-window."
    )
    assert from_lines(facts, heading, "2026-10-02,1.1,", "2026-10-02,1.2,yihuang-window")["score"] == 96


def test_a_comma_without_quotes_is_told_with_its_line_beside_other_mistakes(facts):  # noqa: F811
    found = refused(facts, "date,item,times,note\n2026-10-02,1.1,1,a,b\n2026-10-03,zz,1,\n").splitlines()
    assert found[0] == (
        'FILE:2: has more cells than the first line has columns. Put notes with commas in quotes: "…".'
    )
    assert found[1].startswith("FILE:3: item: 'zz'")


def test_more_mistakes_than_are_told_are_counted(facts):  # noqa: F811
    found = refused(facts, "date,item\n" + "2026-10-02,zz\n" * (MISTAKES_TOLD + 3)).splitlines()
    assert (len(found), found[-1]) == (MISTAKES_TOLD + 1, "And 3 more.")


@pytest.mark.parametrize(
    ("item", "near"),
    [
        ("examination:fail", "examination:failed"),
        ("praise:quallity", "praise:quality"),
        ("complaint:cases", "complaint:case"),
        ("late:foo", "late"),
        ("figure:window_haed", "figure:window_head"),
        ("figure", "figure:"),
    ],
)
def test_what_a_kind_is_about_is_known_or_refused_with_the_nearest(facts, item, near):  # noqa: F811
    says = refused(facts, f"date,item\n2026-10-02,{item}\n", scheme=MIX if "figure" in item else COUNTY)
    assert f"'{item}' is no item" in says and near in says.split("The nearest: ")[1]


def test_kinds_that_the_scheme_doesnt_count_are_told(facts, monkeypatch):  # noqa: F811
    lines = [
        "2026-10-02,complaint:case",
        "2026-10-03,suggestion",
        "2026-10-04,suggestion",
        "2026-10-05,complaint",
    ]
    found = from_lines(facts, "date,item", *lines)
    assert found["score"] == 94
    assert found["not_counted"] == [
        {"item": "complaint:case", "facts": ["facts.csv:2"]},
        {"item": "suggestion", "facts": ["facts.csv:3", "facts.csv:4"]},
    ]
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "Not counted by this scheme: complaint:case [facts.csv:2], sugg" in shown(facts)
    assert from_lines(facts, "date,item", "2026-10-02,1.1")["not_counted"] == []


def shown(file, **options):
    from tests.upkeep.test_score import asked, scored

    return scored(asked(facts=file, json=False, **options))


def test_a_files_year_has_the_months_between_its_first_and_last_fact(facts, monkeypatch):  # noqa: F811
    """March 98, April 100, May 95: 97.67; nobody says how the other nine were."""
    lines = ["2026-03-05,1.1", "2026-05-31,2.4"]
    found = from_lines(facts, "date,item", *lines, period="2026")
    assert (found["score"], [each["period"] for each in found["months"]]) == (
        97.67, ["2026-03", "2026-04", "2026-05"],
    )  # fmt: skip
    assert found["missing"] == [f"2026-{at:02}" for at in (1, 2, *range(6, 13))]
    assert [line["code"] for line in found["lines"]] == ["2026-03", "2026-04", "2026-05"]
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    table = shown(facts, period="2026-Q2")
    assert "Score: 97.5\n" not in table and "Score: 95" in table
    assert "Months that don't count: 2026-04, 2026-06" in table


def test_a_part_score_of_nought_stands_in_four_columns_as_well(facts):  # noqa: F811
    """(0 + 80 + 90 + 100) / 4 = 67.5, the third and fourth as kinds of figures."""
    lines = ["1.1,0", "2.1,80", "figure:inspection,90", "figure:public_satisfaction,100"]
    found = from_lines(facts, "date,item,times,note", *(f"2026-10-02,{each}," for each in lines), scheme=MIX)
    assert (found["score"], found["parts"][0]["score"]) == (67.5, 0)
    assert "value: is empty." in refused(facts, "date,item\n2026-10-02,1.1\n", scheme=MIX)
    assert "times: can't be -1" in refused(facts, "date,item,times\n2026-10-02,1.1,-1\n", scheme=MIX)


@pytest.mark.parametrize("coding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_no_chinese_gets_the_score_all_the_same(facts, coding):  # noqa: F811
    command = [
        sys.executable,
        "app.py",
        "score",
        "--scheme",
        "schemes/yihuang-window.toml",
        "--facts",
        str(facts),
    ]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": coding, "LC_ALL": "zh_CN"},
    )
    assert ran.returncode == 0 and b"56.5" in ran.stdout and b"Traceback" not in ran.stderr


def test_a_year_that_is_a_slip_of_the_pen_is_told_with_its_line(facts):  # noqa: F811
    says = refused(facts, "date,item\n2026-10-02,1.1\n0226-10-02,1.1\n")
    assert says == (
        "FILE:3: date: '0226-10-02' is too long ago. Write 2000-01-01 or a later day; is the year right?"
    )


@pytest.mark.parametrize("number", ["0e-50000000", "1." + "0" * 100_000])
def test_a_number_that_is_long_when_written_out_is_refused(facts, number):  # noqa: F811
    says = refused(facts, f"date,item,times\n2026-10-02,1.1,{number}\n")
    assert "isn't a number. Write it like 2 or 0.5." in says and len(says) < 200
