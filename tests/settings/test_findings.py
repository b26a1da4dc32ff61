"""Each mistake is found where it is, told in a sentence, and comes with a remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from settings import Finding, check
from settings.checks import ALL
from settings.checks.names import SECTIONS
from settings.records import hints_of
from settings.shape import shaped
from tests.settings.mistakes import CONTRADICTIONS, OUTSIDE, SHAPES, Findings, Spoilt
from tests.settings.rule_mistakes import OF_CLASSES, OF_RULES
from tests.settings.sections import RECORDS


@pytest.mark.parametrize("spoilt", [*SHAPES, *CONTRADICTIONS, *OUTSIDE, *OF_CLASSES, *OF_RULES], ids=str)
def test_a_mistake_is_told_with_its_line_its_key_and_a_remedy(
    spoilt: Spoilt, small: str, findings: Findings
) -> None:
    found = [each for each in findings(spoilt.apply(small)) if each.key == spoilt.key]
    assert len(found) == 1, findings(spoilt.apply(small))
    assert spoilt.says in f"{found[0].problem} {found[0].remedy}"
    assert found[0].remedy
    assert found[0].line == spoilt.line(small)


@pytest.mark.parametrize("spoilt", [*SHAPES, *OUTSIDE], ids=str)
def test_a_mistake_of_shape_is_told_alone(spoilt: Spoilt, small: str, findings: Findings) -> None:
    keys = {each.key for each in findings(spoilt.apply(small))}
    assert keys - {"staff"} == {spoilt.key}


def test_every_check_is_tried_by_one_of_these_mistakes(small: str) -> None:
    tried = set()
    for spoilt in [*CONTRADICTIONS, *OF_CLASSES[:-1], *OF_RULES]:
        house, _ = shaped(tomllib.loads(spoilt.apply(small)))
        assert house is not None
        tried |= {each for each in ALL if any(each(house))}
    assert tried == set(ALL)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(small: str, findings: Findings) -> None:
    text = small.replace('timezone = "Asia/Shanghai"', 'timezone = "Mars"')
    text = text.replace('prefix = "B"', 'prefx = "A"').replace('area = "upstairs"', "area = 5")
    text = text.replace('service = "pension"', 'service = "pention"')
    found = findings(text)
    assert [each.key for each in found] == [
        "hall.timezone",
        "services[1].prefix",
        "services[1].prefx",
        "windows[1].helps[0].service",
        "windows[2].area",
    ]
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding("halls/x.toml", 7, "hall.id", "is missing.", "Add id.")
    assert str(finding) == "halls/x.toml:7: hall.id: is missing. Add id."


def test_a_file_that_is_not_toml_names_the_line(small: str, findings: Findings) -> None:
    (only,) = findings(small.replace('prefix = "D"', "prefix = D"))
    assert "isn't TOML" in only.problem
    assert only.line == 1 + small.splitlines().index('prefix = "D"')


def test_a_file_that_ends_in_the_middle_names_its_last_line(findings: Findings) -> None:
    (only,) = findings('[hall]\nid = "x"\nnotices = [')
    assert only.line == 3


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes("[hall]\nid = '大厅'\n".encode("gb18030"))
    (only,) = check(path)
    assert only.startswith(f"{path}:2: ") and "UTF-8" in only


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (only,) = check(tmp_path / "nowhere.toml")
    assert "nowhere.toml:1: can't be read: No such file" in only


def test_an_empty_file_names_every_missing_section(findings: Findings) -> None:
    keys = {each.key for each in findings("")}
    assert keys == {"hall", "areas", "hours", "departments", "services", "windows", "classes"}


TIMEZONE = ('timezone = "Asia/Shanghai"', 'timezone = "Mars"')


def keys(found: tuple[Finding, ...]) -> list[str]:
    return [each.key for each in found]


def test_a_wrong_value_does_not_hide_contradictions_elsewhere(small: str, findings: Findings) -> None:
    text = small.replace(*TIMEZONE).replace("common = true", 'common = "yes"', 1)
    assert keys(findings(text)) == ["hall.timezone", "services[0].common"]


def test_several_wrong_days_do_not_hide_contradictions_elsewhere(small: str, findings: Findings) -> None:
    text = small.replace(*TIMEZONE).replace('["mon", "tue", ', '["monday", "tuesday", ', 1)
    assert keys(findings(text)) == ["hall.timezone", "hours[0].open[0].days[0]", "hours[0].open[0].days[1]"]


def test_a_missing_section_is_told_without_what_follows_from_it(small: str, findings: Findings) -> None:
    start, end = small.index("[[areas]]"), small.index("[[hours]]")
    assert keys(findings(small[:start] + small[end:])) == ["areas"]


def test_nothing_is_said_about_a_text_that_mending_put_there(small: str, findings: Findings) -> None:
    text = small.replace('closes = "17:30"', 'closes = "17:30", rotation = [["1"], ["2"]]')
    text = text.replace('area = "main"\nhours = "office"', 'area = "main"', 1)
    assert keys(findings(text)) == ["windows[0].hours"]


def test_every_repetition_names_the_first_one(small: str, findings: Findings) -> None:
    text = small.replace('prefix = "B"', 'prefix = "A"').replace('prefix = "C"', 'prefix = "A"')
    assert [each.problem for each in findings(text)] == ["'A' is also the prefix of services[0]."] * 2


def test_every_section_that_has_ids_is_looked_through() -> None:
    with_ids = {heading.strip("[]") for heading, record in RECORDS.items() if "id" in hints_of(record)}
    assert with_ids == {"hall", "signals.hooks", "rules", *SECTIONS}
