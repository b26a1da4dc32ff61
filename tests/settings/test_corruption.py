"""However a hall file is spoilt, the loader either opens it or says where; it never breaks down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settings import HallFileError, load_house

SMALL = (Path(__file__).resolve().parents[1] / "halls_for_tests" / "small.toml").read_text("utf-8")
ROWS = SMALL.splitlines()
KEYS = [n for n, row in enumerate(ROWS) if re.fullmatch(r"\w+ = .*[^\[]", row)]
MARKS = ["[", "]]", "= ", '"', "'''", "{ ", "#", "nan", "-1", "\n", "\\u0000"]
ANY_TEXT = st.text(max_size=12) | st.sampled_from(MARKS)
once = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder: Path, text: str) -> Path:
    file = folder / "hall.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return file


def assert_told_well(error: HallFileError, file: Path, text: str) -> None:
    assert error.findings
    for finding in error.findings:
        assert finding.file == str(file)
        assert 1 <= finding.line <= len(text.split("\n"))
        assert finding.problem and finding.remedy
        assert "\0" not in str(error) or "\0" in text or "\\u0000" in text


@once
@given(row=st.sampled_from(KEYS), letters=st.text("abcxyz_", min_size=1, max_size=3))
def test_a_misspelt_key_is_told_with_its_line(tmp_path: Path, row: int, letters: str) -> None:
    key, value = ROWS[row].split(" = ", 1)
    text = "\n".join([*ROWS[:row], f"{key}{letters} = {value}", *ROWS[row + 1 :]])
    file = written(tmp_path, text)
    with pytest.raises(HallFileError) as caught:
        load_house(file)
    assert_told_well(caught.value, file, text)
    (unknown,) = [each for each in caught.value.findings if each.problem == "no such key."]
    assert (unknown.line, unknown.key.split(".")[-1]) == (row + 1, key + letters)


@once
@given(row=st.sampled_from(KEYS), wrong=st.sampled_from(["{ wrong = 1 }", "[[[1]]]", "[{}]"]))
def test_a_value_of_the_wrong_shape_is_told_with_its_line(tmp_path: Path, row: int, wrong: str) -> None:
    text = "\n".join([*ROWS[:row], f"{ROWS[row].split(' = ')[0]} = {wrong}", *ROWS[row + 1 :]])
    file = written(tmp_path, text)
    with pytest.raises(HallFileError) as caught:
        load_house(file)
    assert_told_well(caught.value, file, text)
    assert row + 1 in {each.line for each in caught.value.findings}


@once
@given(row=st.sampled_from(KEYS), again=st.booleans())
def test_a_key_gone_or_standing_twice_is_told_or_harmless(tmp_path: Path, row: int, again: bool) -> None:
    text = "\n".join([*ROWS[:row], *[ROWS[row]] * (2 * again), *ROWS[row + 1 :]])
    opens_or_tells(tmp_path, text)


@once
@given(start=st.integers(0, len(SMALL)), length=st.integers(0, 40), put=ANY_TEXT)
def test_any_slip_of_the_keys_is_told_or_harmless(tmp_path: Path, start: int, length: int, put: str) -> None:
    opens_or_tells(tmp_path, SMALL[:start] + put + SMALL[start + length :])


def opens_or_tells(folder: Path, text: str) -> None:
    file = written(folder, text)
    try:
        load_house(file)
    except HallFileError as error:
        assert_told_well(error, file, text)
