"""Numbers of documents: what is one, what is read out of a reader's line, what may be kept of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from queueing.errors import DocumentNotTaken, NotADocumentNumber
from queueing.identity import Document, check_character, masked, person_of, read
from tests.cards import card

TODAY = date(2026, 10, 12)
KEY = b"a key for tests"
STANDARDS = "11010519491231002X"
"""The example of GB 11643-1999 itself."""

DAYS = st.dates(date(1900, 1, 1), TODAY).map(lambda day: f"{day:%Y%m%d}")
CARDS = st.builds(card, st.integers(0, 999_999), DAYS)


def number_in(typed: str) -> str:
    return read("resident", typed, TODAY).number


def refused(typed: str) -> bool:
    try:
        read("resident", typed, TODAY)
    except NotADocumentNumber:
        return True
    return False


def test_the_example_of_the_standard_is_right() -> None:
    assert number_in(STANDARDS) == STANDARDS
    assert check_character(STANDARDS[:17]) == "X"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "张三 11010519491231002X\n",
        "张三,男,19491231,11010519491231002X,北京市朝阳区1号",
        "ID:11010519491231002X;11010519491231002X",
    ],
)
def test_a_number_is_found_as_people_and_readers_type_it(typed: str) -> None:
    assert number_in(typed) == STANDARDS


@pytest.mark.parametrize(
    "typed",
    [
        "", "X", "110105194912310021", "1101051949123100", "11010519491231002X7", "0" * 18,
        "1" * 200, "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "-" * 150 + STANDARDS * 20, "\x00",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refused(typed)


@pytest.mark.parametrize("born", ["20261013", "18991231", "19990229", "19991301", "20000100"])
def test_a_day_of_birth_that_cannot_be_is_refused(born: str) -> None:
    assert refused(card(1, born))


def test_somebody_born_today_has_a_number() -> None:
    assert number_in(card(1, "20261012")) == card(1, "20261012")


@given(CARDS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_sign_is_noticed(number: str, place: int, sign: str) -> None:
    assume(sign != number[place])
    assert refused(number[:place] + sign + number[place + 1 :])


@given(CARDS, st.integers(0, 16))
def test_any_two_neighbours_swapped_are_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assume(swapped != number)
    assert refused(swapped)


@given(st.text(max_size=300), st.sampled_from(["resident", "other"]))
def test_whatever_is_typed_is_read_or_refused(typed: str, kind: str) -> None:
    try:
        document = read(kind, typed, TODAY)  # type: ignore[arg-type]
    except NotADocumentNumber:
        return
    assert document.number.isascii() and 5 <= len(document.number) <= 20


def test_two_different_numbers_in_one_line_are_nobodys() -> None:
    assert refused(f"{card(1)} {card(2)}")


@pytest.mark.parametrize("typed", ["e12345678", "Ｅ１２３４５６７８", "E 1234-5678"])
def test_another_document_is_letters_and_digits(typed: str) -> None:
    assert read("other", typed, TODAY) == Document("other", "E12345678")


@pytest.mark.parametrize("typed", ["E123", "PASSPORT", "E1234567890123456789012", "E123;DROP", "护照E1"])
def test_another_document_has_bounds_too(typed: str) -> None:
    with pytest.raises(NotADocumentNumber):
        read("other", typed, TODAY)


def test_a_card_shown_as_another_document_is_the_same_person() -> None:
    assert read("other", STANDARDS, TODAY) == read("resident", STANDARDS, TODAY)


def test_a_hall_may_send_other_documents_to_the_guide() -> None:
    with pytest.raises(DocumentNotTaken):
        read("other", "E12345678", TODAY, others=False)
    assert read("other", STANDARDS, TODAY, others=False).kind == "resident"


@given(CARDS)
def test_what_is_kept_holds_no_more_than_three_signs(number: str) -> None:
    person = person_of(Document("resident", number), KEY)
    assert person.masked == "*" * 15 + number[-3:]
    assert number not in repr((person, Document("resident", number)))
    assert person.hash != person_of(Document("resident", number), b"another key").hash


def test_another_document_shows_two_signs() -> None:
    assert masked(Document("other", "E12345678")) == "*******78"


def test_a_refusal_says_nothing_of_what_was_typed() -> None:
    with pytest.raises(NotADocumentNumber) as refusal:
        read("resident", "110105194912310021", TODAY)
    assert "1101" not in f"{refusal.value}{refusal.value.detail}"
