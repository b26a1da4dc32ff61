"""County rules, windows (hall-rules 3.3), a month worked out by hand.

Window 4, October 2026; base 100, of which the parts can take 80:

    1 attendance, 20:   absent a day and a half: 3 half days -9; late for a joint review -2      -11
    2 receiving, 15:    2 faults -4; bad consequences -5, as entered                               -9
    3 fees, 10:         3 times -15, the part at most 10                                          -10
    4 limits, 15:       2 cases overdue -10                                                       -10
    5 results, 15:      rate finished 97.5 %: 2 points under, blank in the source: 0;
                        an error without points: the mildest, -2                                   -2
    6 files, 3:         once -1                                                                    -1
    7 tidiness, 2:      3 times -3, the part at most 2                                             -2
    the public:         19 of 20 not negative, 95 %: good                                          +2
    bonus:              a letter +3, a letter without points +1, city praise +2, province +5      +11
                                                                              100 - 45 + 2 + 11 = 68
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.assess import assess
from settings.reading import ROOT
from settings.schemes import load_scheme
from tests.scoring.facts import fact

COUNTY = load_scheme(ROOT / "schemes" / "county-window.toml")
MONTH = [
    fact("absent", value=1.5), fact("1.2"),
    fact("2.1", times=2), fact("2.2", points=-5),
    fact("3.1", times=3),
    fact("case_overdue", times=2),
    fact("5.1", value=97.5), fact("5.3"),
    fact("6.1"), fact("7.1", times=3),
    fact("rated:very_satisfied", times=12), fact("rated:fairly_satisfied", times=7),
    fact("rated:dissatisfied"),
    fact("praise", points=3), fact("praise"), fact("media_city"), fact("media_province"),
]  # fmt: skip


def score(*facts):
    return assess(COUNTY, facts).score


def test_the_month_by_hand():
    found = assess(COUNTY, MONTH)
    assert [-part.points for part in found.parts] == [11, 9, 10, 10, 2, 1, 2]
    assert (found.adjustment, found.verdict, found.bonus, found.score) == (2, "good", 11, 68)


def test_the_parts_take_eighty_and_no_more():
    """The source says nothing of the other 20."""
    assert sum(part.maximum for part in COUNTY.parts) == 80
    assert score(*(fact(item.code, times=50) for item in COUNTY.items if item.part.isdigit())) == 20


def test_the_ceiling_is_a_hundred_and_ten():
    found = assess(COUNTY, [fact("media_province", times=2), fact("praise", points=2)])
    assert (found.raw, found.score) == (112, 110)


@pytest.mark.parametrize(
    ("counts", "verdict", "points"),
    [
        ({"satisfied": 19, "dissatisfied": 1}, "good", 2),
        ({"satisfied": 94, "very_dissatisfied": 6}, "fairly_good", 1),
        ({"satisfied": 17, "dissatisfied": 3}, "fairly_good", 1),
        ({"satisfied": 7, "dissatisfied": 3}, "average", 0),
        ({"satisfied": 69, "dissatisfied": 31}, "poor", -2),
        ({"dissatisfied": 4}, None, 0),
    ],
)
def test_the_public_moves_the_score_once_by_its_verdict(counts, verdict, points):
    found = assess(COUNTY, [fact(f"rated:{level}", times=n) for level, n in counts.items()])
    assert (found.verdict, found.score) == (verdict, 100 + points)


@pytest.mark.parametrize(
    ("given", "counted"), [(None, -3), (-4, -4), (4, -4), (-3.5, -3.5), (-9, -5), (-1, -3)]
)
def test_a_range_takes_what_is_entered_and_the_mildest_when_nothing_is(given, counted):
    line = assess(COUNTY, [fact("2.2", points=given)]).lines[0]
    assert line.points == Decimal(str(counted))
    noted = line.plain()["note"]
    assert (noted is None) == (given is not None and 3 <= abs(given) <= 5)


@pytest.mark.parametrize(("days", "off"), [(None, 3), (0.4, 0), (0.5, 3), (0.9, 3), (1, 6), (1.9, 9)])
def test_whole_half_days_count_and_one_when_nobody_says_how_long(days, off):
    assert score(fact("absent", value=days)) == 100 - off


POINTS = """
1.1 -3, 1.2 -2, 1.3 -5, 2.1 -2, 2.2 -3, 3.1 -5, 4.1 -5, 5.1 0, 5.2 0, 5.3 -2, 6.1 -1, 7.1 -1, B1 1, B2 2, B3 5
"""
FIGURES = {code: Decimal(points) for code, points in (each.split() for each in POINTS.split(","))}


def test_every_figure_is_the_one_of_the_rules():
    assert {item.code: score(fact(item.code)) - 100 for item in COUNTY.items} == FIGURES
    assert {item.code: item.up_to for item in COUNTY.items if item.up_to} == {"2.2": -5, "5.3": -5, "B1": 3}
