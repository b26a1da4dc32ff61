"""What a call says: letters apart, digits one by one, windows counted; every word has its clip."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from queueing.voice_rules import Tongue
from speech.counting import in_chinese, in_english
from speech.sentences import NUMBER, SPEECH, clips_of, marked_up, units, written

CALLS = [
    ("zh_Hans", "A005", "2", "请 A 零零五 号 到 2 号窗口"),
    ("zh_Hans", "ZY112", "11", "请 Z Y 幺幺二 号 到 11 号窗口"),
    ("zh_Hans", "B010", "B-3", "请 B 零幺零 号 到 B 3 号窗口"),
    ("zh_Hans", "012", "007", "请 零幺二 号 到 零零七 号窗口"),
    ("zh_Hans", "A999", "1101", "请 A 九九九 号 到 一一零一 号窗口"),
    ("yue", "A015", "21", "請 A 零一五 號 到 21 號窗口"),
    ("en", "A005", "2", "Number A zero zero five, please go to window 2."),
    ("en", "ZP101", "12b", "Number Z P one zero one, please go to window 12 B."),
]
COUNTED = [
    (1, "一", "one"), (2, "二", "two"), (9, "九", "nine"), (10, "十", "ten"), (11, "十 一", "eleven"),
    (19, "十 九", "nineteen"), (20, "二 十", "twenty"), (21, "二 十 一", "twenty one"),
    (40, "四 十", "forty"), (99, "九 十 九", "ninety nine"), (100, "一 百", "one hundred"),
    (101, "一 百 零 一", "one hundred and one"),
    (110, "一 百 一 十", "one hundred and ten"), (115, "一 百 一 十 五", "one hundred and fifteen"),
    (151, "一 百 五 十 一", "one hundred and fifty one"), (200, "二 百", "two hundred"), (0, "零", "zero"),
    (999, "九 百 九 十 九", "nine hundred and ninety nine"),
]  # fmt: skip
NUMBERS = some.from_regex(NUMBER, fullmatch=True)
WINDOWS = some.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,6}", fullmatch=True)
TONGUES: list[Tongue] = list(get_args(Tongue))


@pytest.mark.parametrize(("language", "number", "window", "said"), CALLS)
def test_a_call_as_it_is_written(language: Tongue, number: str, window: str, said: str) -> None:
    assert written(units(language, number, window)) == said


@pytest.mark.parametrize(("number", "chinese", "english"), COUNTED)
def test_windows_are_counted(number: int, chinese: str, english: str) -> None:
    assert " ".join(in_chinese(number)) == chinese
    assert " ".join(in_english(number)) == english


def value(words: list[str], digits: str = "零一二三四五六七八九") -> int:
    """A Chinese number read back."""
    total, last = 0, 1 if words[0] == "十" else 0
    for word in words:
        if word in "十百":
            total, last = total + last * (10 if word == "十" else 100), 0
        else:
            last = digits.index(word)
    return total + last


@given(some.integers(0, 999))
def test_a_counted_number_reads_back_as_itself(number: int) -> None:
    assert value(list(in_chinese(number))) == number


@given(some.sampled_from(TONGUES), NUMBERS, WINDOWS)
def test_every_letter_and_digit_of_a_number_is_said_once_in_its_order(
    language: Tongue, number: str, window: str
) -> None:
    clips = [clip for unit in units(language, number, window) for clip in unit.clips]
    first = clips.index("number") + 1 if language == "en" else clips.index("please") + 1
    wanted = [f"letter-{each}" if each.isalpha() else f"digit-{each}" for each in number]
    assert clips[first : first + len(wanted)] == wanted


@given(NUMBERS, WINDOWS)
def test_a_window_is_never_said_with_the_one_of_telephone_numbers(number: str, window: str) -> None:
    mandarin, cantonese = (units(language, number, window) for language in ("zh_Hans", "yue"))
    asked = written(mandarin).split("到", 1)[1]
    assert "幺" not in asked
    place = [clip for unit in mandarin for clip in unit.clips]
    assert "digit-1" not in place[place.index("go-to") :]
    assert "幺" not in written(cantonese) and "幺" not in marked_up(cantonese)
    assert written(mandarin).count("幺") == number.count("1")


@given(some.sampled_from(TONGUES), NUMBERS, WINDOWS)
def test_every_word_has_a_clip_that_the_list_knows(language: Tongue, number: str, window: str) -> None:
    assert {clip for unit in units(language, number, window) for clip in unit.clips} <= set(
        clips_of(language)
    )


@pytest.mark.parametrize("language", TONGUES)
def test_clips_are_named_once_and_every_word_once(language: Tongue) -> None:
    clips = clips_of(language)
    assert all(re.fullmatch(r"[a-z]+(-([0-9A-Z]|to))?", name) for name in clips)
    assert len(set(clips.values())) == len(clips)
    assert len(SPEECH[language].digits) == len(set(SPEECH[language].digits)) == 10


def test_a_letter_is_marked_so_that_it_is_spelled_and_nothing_breaks_the_markup() -> None:
    said = marked_up(units("en", "A005", "2"))
    assert '<say-as interpret-as="characters">A</say-as> zero zero five' in said
    assert said.count("<") == said.count(">") == 3
