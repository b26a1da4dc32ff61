"""What in a scheme's file is refused, with its line, its key and what to do; versions by their day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scoring.errors import NoSchemeInForce
from settings import HallFileError
from settings.reading import ROOT
from settings.schemes import load_scheme, scheme_in_force, schemes_of, versions

GOOD = """id = "test"
version = 1
valid_from = 2026-01-01
subject = "window"
name = { zh = "试用", en = "Test" }
source = "a test"
base = 100
parts = [
  { code = "1", maximum = 60, name = { zh = "甲", en = "A" } },
  { code = "2", maximum = 40, name = { zh = "乙", en = "B" } },
]
groups = [
  { code = "media", at_most = 10, name = { zh = "媒体", en = "Media" } },
]
items = [
  { code = "1.1", part = "1", points = -2, text = { zh = "迟到", en = "Late" }, counts = ["late"] },
  { code = "1.2", part = "1", points = -1, up_to = -3, text = { zh = "差错", en = "Error" } },
  { code = "B1", part = "bonus", points = 2, group = "media", text = { zh = "报道", en = "Report" } },
]
bars = [
  { code = "late", bars = "month", items = ["1.1"], at_least = 3, name = { zh = "迟到", en = "Late" } },
]
conversions = [
  { items = ["1.1"], every = 10, becomes = "1.2", times = 0.5 },
]
"""

MISTAKES = [
    ('subject = "window"', 'subject = "windo"', "subject", "Did you mean 'window'?"),
    ("base = 100", 'base = "much"', "base", "Write a number."),
    ("base = 100", "base = nan", "base", "Write a number."),
    ("base = 100\n", "", "base", "is missing. Add base = a number."),
    ("version = 1", "version = 0", "version", "Count versions from 1."),
    ("valid_from = 2026-01-01", 'valid_from = "soon"', "valid_from", "Write a date such as 2026-10-01."),
    ('id = "test"', 'id = "a test"', "id", "without blanks"),
    ("base = 100", "base = 100\nbaze = 3", "baze", "no such key. Did you mean 'base'?"),
    ("base = 100", "base = 100\nround_to = 0", "round_to", "Write a step"),
    ("base = 100", "base = 100\nfloor = 10\nceiling = 10", "ceiling", "isn't above the floor"),
    ('code = "2", maximum = 40', 'code = "1", maximum = 40', "parts[1].code", "Give each its own."),
    ('code = "2", maximum = 40', 'code = "bonus", maximum = 40', "parts[1].code", "comes on top"),
    ("maximum = 40", "maximum = 40, floor = 40", "parts[1].maximum", "isn't above the part's floor"),
    ("maximum = 40", "maximum = 40, weight = 0.5", "parts[0].weight", "each needs one"),
    ("{ zh = \"甲\", en = \"A\" }", '{ zh = "甲", en = " " }', "parts[0].name.en", "is empty."),
    ('code = "1.2", part = "1"', 'code = "1.2", part = "9"', "items[1].part", "there is no part '9'"),
    ('code = "1.2"', 'code = "1.1"', "items[1].code", "Give each its own."),
    ('code = "1.2"', 'code = "1 2"', "items[1].code", "can't be a code"),
    ("up_to = -3", "up_to = 3", "items[1].up_to", "different signs"),
    ("up_to = -3", "up_to = -0.5", "items[1].up_to", "Write the mildest as points"),
    ('group = "media"', 'group = "medien"', "items[2].group", "Did you mean 'media'?"),
    (', group = "media"', "", "groups[0].code", "no item is in the group"),
    ("at_most = 10", "at_most = -10", "groups[0].at_most", "without a sign"),
    ('counts = ["late"]', 'counts = ["lat"]', "items[0].counts[0]", "Did you mean 'late'?"),
    ('counts = ["late"]', 'counts = ["rated:fine"]', "items[0].counts[0]", "there is no level 'fine'"),
    ('counts = ["late"]', 'counts = ["item"]', "items[0].counts[0]", "no kind of fact 'item'"),
    ('counts = ["late"]', "cap = -1", "items[0].cap", "without a sign"),
    ('counts = ["late"]', 'of = ["finished"]', "items[0].of", 'Add per = "percentage_point".'),
    ('counts = ["late"]', 'per = "score"', "items[0].points", "what is measured has no points"),
    ('counts = ["late"]', 'how = "twice"', "items[0].how", 'Write one of "each", "once".'),
    ('part = "bonus", points = 2', 'part = "bonus", points = -2', "items[2].points", 'Write part = "malus".'),
    ('part = "bonus", points = 2', 'part = "malus", points = 2', "items[2].points", 'Write part = "bonus".'),
    ('items = ["1.1"], at_least', 'items = ["1.3"], at_least', "bars[0].items[0]", "there is no item '1.3'"),
    ('items = ["1.1"], at_least = 3', "at_least = 3", "bars[0].items", "names nothing that bars"),
    ("at_least = 3", "at_least = 3, more_than = 2", "bars[0].at_least", "either at_least or more_than"),
    ('becomes = "1.2"', 'becomes = "1.1"', "conversions[0].becomes", "made from itself"),
    ("every = 10", "every = 0", "conversions[0].every", "above 0"),
    ("conversions = [", "rating = { measure = \"positive\", fewest = 5, verdicts = [] }\nconversions = [",
     "rating.verdicts", "is empty"),
]  # fmt: skip


def written(folder: Path, text: str, name: str = "test.toml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def findings(file: Path):
    with pytest.raises(HallFileError) as refusal:
        load_scheme(file)
    return refusal.value.findings


def test_the_good_one_is_good_and_has_its_traditional_names(tmp_path):
    scheme = load_scheme(written(tmp_path, GOOD))
    assert scheme.items[2].text.zh_hant == "報道"


@pytest.mark.parametrize(("old", "new", "key", "says"), MISTAKES, ids=lambda each: each[:30])
def test_a_mistake_is_told_with_file_line_key_and_remedy(tmp_path, old, new, key, says):
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)
    found = next(each for each in findings(written(tmp_path, text)) if each.key == key)
    assert says in str(found) and found.file.endswith("test.toml")
    assert found.line == 1 or found.line <= text.count("\n") + 1


def test_the_line_is_that_of_the_mistake(tmp_path):
    text = GOOD.replace('part = "1", points = -1', 'part = "7", points = -1')
    found = findings(written(tmp_path, text))[0]
    assert 'part = "7"' in text.splitlines()[found.line - 1]


def test_weights_that_dont_sum_to_one_are_refused(tmp_path):
    text = GOOD.replace("maximum = 60", "maximum = 60, weight = 0.6").replace(
        "maximum = 40", "maximum = 40, weight = 0.3"
    )
    assert "sum to 0.9" in str(findings(written(tmp_path, text))[0])
    load_scheme(written(tmp_path, text.replace("weight = 0.3", "weight = 0.4")))


def test_a_missing_file_and_broken_toml_are_told(tmp_path):
    assert "can't be read" in str(findings(tmp_path / "none.toml")[0])
    assert "isn't TOML" in str(findings(written(tmp_path, "id = "))[0])


def second(**changes):
    text = GOOD.replace("version = 1", "version = 2").replace("2026-01-01", "2026-07-15")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def test_a_period_goes_by_the_version_in_force_on_its_first_day(tmp_path):
    file = written(tmp_path, GOOD)
    written(tmp_path, second(), "later.toml")
    written(tmp_path, GOOD.replace('"test"', '"other"'), "other.toml")
    written(tmp_path, "not toml at all [", "broken.toml")
    found = versions(file)
    assert [each.version for each in found] == [1, 2]
    days = {"2026-01-01": 1, "2026-07-01": 1, "2026-07-15": 2, "2026-08-01": 2}
    assert {day: scheme_in_force(found, "window", day).version for day in days} == days
    for subject, day in (("window", "2025-12-31"), ("clerk", "2026-08-01")):
        with pytest.raises(NoSchemeInForce):
            scheme_in_force(found, subject, day)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("version = 2", "version = 1", "version"), ("2026-07-15", "2026-01-01", "valid_from")],
)
def test_two_versions_that_cant_be_told_apart_are_refused(tmp_path, old, new, key):
    file = written(tmp_path, GOOD)
    written(tmp_path, second(**{old: new}), "later.toml")
    with pytest.raises(HallFileError, match=f"the same {key} in test.toml"):
        versions(file)


def test_a_scheme_for_the_other_subject_is_refused(tmp_path):
    window, clerk = ROOT / "schemes" / "yihuang-window.toml", ROOT / "schemes" / "yihuang-clerk.toml"
    assert schemes_of(window, clerk).in_force("clerk", "2026-10-01").id == "yihuang-clerk"
    with pytest.raises(HallFileError, match="isn't made for a clerk"):
        schemes_of(window, window)


def test_every_shipped_scheme_is_good_and_has_an_id_of_its_own():
    schemes = [load_scheme(file) for file in (ROOT / "schemes").glob("*.toml")]
    assert len({scheme.id for scheme in schemes}) == len(schemes) == 11
    assert all(scheme.valid_from <= date(2026, 1, 1) for scheme in schemes)
