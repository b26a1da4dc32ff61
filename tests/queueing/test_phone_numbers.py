"""One telephone number, one person, however it was typed."""

from __future__ import annotations

import pytest

from queueing.bookers import phone_of
from queueing.booking_errors import NotAPhone

MOBILE = "13800001234"


@pytest.mark.parametrize(
    "before", ["", "+86", "0086", "+86+86", "+86 0086 ", "86", "0", "+86 0", "+86 86", "８６ "]
)
def test_a_chinese_mobile_number_has_one_spelling(before):
    assert phone_of(before + MOBILE) == phone_of(before + "138 0000-1234") == MOBILE


@pytest.mark.parametrize("other", ["07918888888", "8688888", "+13800001234", "+85291234567", "8888888"])
def test_other_numbers_stay_as_they_are(other):
    assert phone_of(other) == other


@pytest.mark.parametrize(
    "typed", ["000000", "+000000", "00000000000", "111111", "99999999", "+86", "+86000000", "12"]
)
def test_numbers_of_nobody_are_refused(typed):
    with pytest.raises(NotAPhone):
        phone_of(typed)
