"""Days of a log under other turn rules: what may be said, what comes out, and that the replay is the day."""

from __future__ import annotations

import csv
import json
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from forecast.logs import Stretch, Visit
from forecast.made import KINDS, days
from forecast.made_files import write
from forecast.other_rules import play_otherwise
from forecast.playing import play
from forecast.replay import replays_of
from forecast.scenes import Figures
from forecast.situations import TurnFigures
from forecast.turn_rules import ALWAYS, SHIPPED, RuleError, TurnRule, rule_of
from settings import load_house
from upkeep.turns import asked_turns
from web.starting import CannotStart

NAMES = ("walk_in", "priority", "appointment")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    write(folder, "county", 23, 4, 1.0, False)
    return folder


def asked(folder: Path, *rules: str, **more: object) -> str:
    told = {"log": folder / "tickets.csv", "staffing": folder / "windows.csv", "config": None, "json": True}
    return asked_turns(Namespace(rule=list(rules), **(told | more)))


@pytest.mark.parametrize(
    ("words", "priority", "appointment"),
    [
        ("fcfs", (0, 1), (0, 1)),
        ("First come, first served", (0, 1), (0, 1)),
        ("strict", (ALWAYS, 1), (ALWAYS, 1)),
        ("head start 20", (20, 1), (20, 1)),
        ("rate=3", (0, 3), (0, 3)),
        ("rate 3, head start 10", (10, 3), (10, 3)),
        ("priority rate=3 head_start=10; appointment rate=2", (10, 3), (0, 2)),
        ("priority: rate 3, head start 4", (4, 3), (0, 1)),
        ("default", (5, 3), (5, 3)),
    ],
)
def test_a_rule_in_words(words, priority, appointment):
    rule = rule_of(words, NAMES, SHIPPED)
    assert rule.of("walk_in") == TurnFigures(0, 1)
    assert rule.of("priority") == TurnFigures(*priority)
    assert rule.of("appointment") == TurnFigures(*appointment)
    assert rule.general


def test_the_two_rules_that_are_not_ours():
    assert rule_of("strict, max=45", NAMES, SHIPPED).most == 45
    assert rule_of("ratio=1:3", NAMES, SHIPPED).ratio == (1, 3)


@pytest.mark.parametrize(
    "words", ["", "rate three", "vip rate 3", "ratio=0:3", "rate -1", "strict max", "rate 3 3"]
)
def test_words_that_mean_nothing_are_answered_with_what_may_be_said(words, files):
    with pytest.raises(RuleError, match="head start 20"):
        rule_of(words, NAMES, SHIPPED)
    with pytest.raises(CannotStart, match="isn't understood"):
        asked(files, words)


@pytest.mark.parametrize("name", ["config.toml", "halls/weicheng.toml", "halls/longquanyi.toml"])
def test_the_shipped_figures_are_those_of_the_halls(name):
    classes = load_house(ROOT / name).classes
    assert {n: TurnFigures(c.head_start, c.rate) for n, c in classes.items() if n in SHIPPED} == SHIPPED


def test_a_replay_under_the_days_own_rule_is_the_day(files):
    """The log was made under rate 3: played again under it, the waits are nearly what they were."""
    row, was = (each for each in json.loads(asked(files, "rate 3"))["rules"] if each["rule"] != "fcfs")
    assert was["rule"] == "as it was"
    assert row["mean"] == pytest.approx(was["mean"], rel=0.06)
    for name in NAMES:
        assert row["by_class"][name]["p90"] == pytest.approx(was["by_class"][name]["p90"], rel=0.12)
        assert row["by_class"][name]["n"] == pytest.approx(was["by_class"][name]["n"], abs=5)


def test_rules_differ_as_they_should(files):
    told = json.loads(asked(files, "strict", "rate 3", "ratio=1:3", "strict,max=45"))
    fcfs, strict, rate, _, limit, _ = told["rules"]
    p90 = {each["rule"]: each["by_class"]["priority"]["p90"] for each in told["rules"]}
    assert p90["strict"] < p90["rate 3"] < p90["ratio=1:3"] < 1.1 * p90["fcfs"]
    assert fcfs["extra"] == {"p95": 0.0, "p99": 0.0} and strict["extra"]["p99"] > rate["extra"]["p99"] > 5
    assert rate["weighted_rms"] < 0.95 * fcfs["weighted_rms"]
    longest = limit["by_class"]["walk_in"]["p99"]
    assert longest < strict["by_class"]["walk_in"]["p99"]
    assert rate["figures"]["priority"] == {"head_start": 0.0, "rate": 3.0}
    assert len(told["days"]) == 4


def test_the_table_for_people_names_rule_and_class(files):
    shown = asked(files, "head start 20", json=False)
    assert "head start 20" in shown and "walk_in" in shown and "as it was" in shown


def test_a_plan_of_other_days_is_refused(files, tmp_path):
    other = tmp_path / "windows.csv"
    with (files / "windows.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row | {"day": "2020-01-06", "opens": "08:30", "closes": "12:00"} for row in csv.DictReader(file)
        ]
    with other.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(CannotStart, match="plan"):
        asked(files, "rate 3", staffing=other)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_plain_player_calls_as_the_engine_does_when_the_rule_is_the_same(seed):
    """Strict priority can be said in both ways."""
    kind = KINDS["street"]
    _, _, scene = next(days(kind, seed, 1))
    classes = NAMES * kind.services
    starts = np.array([0.0 if name == "walk_in" else ALWAYS for name in classes])
    scene = scene._replace(figures=Figures(starts, np.ones(len(classes)), 1.0, 0.3))
    plain = play_otherwise(scene, TurnRule("strict", most=1e9), classes)
    assert plain == pytest.approx(play(scene).called_at[0], abs=1e-6)


def visit(joined: float, called: float, minutes: float = 5.0, window: str = "1") -> Visit:
    return Visit(
        "t",
        "2026-03-02",
        "a",
        "walk_in",
        joined,
        called,
        window,
        called,
        called + minutes,
        "done",
        "",
        None,
        joined,
    )


def test_a_window_was_there_when_it_called_or_nobody_waited(files):
    plan = [Stretch("2026-03-02", "1", "", ("a",), 510.0, 600.0)]
    visits = [visit(510, 514), visit(511, 519), visit(512, 540), visit(530, 545, window="9")]
    replays = replays_of(visits, plan)
    staffing = replays[0].scene.staffing
    parts = [
        (w, round(float(a)), round(float(b)))
        for w, a, b in zip(staffing.window, staffing.opens[0], staffing.closes[0], strict=True)
    ]
    assert parts == [(0, 514, 524), (0, 540, 720), (1, 545, 545)]
