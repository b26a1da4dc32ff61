"""How the number of a window is counted aloud, word by word, in Chinese and in English."""

from __future__ import annotations

LARGEST = 999
"""What is larger is read digit by digit."""

Words = tuple[str, ...]
CHINESE = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_chinese(number: int) -> Words:
    """十二, 二十, 一百零一, 一百一十: the same in Mandarin and in Cantonese."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if number < 20:
        return (*(("十",) if tens else ()), *((CHINESE[ones],) if ones or not tens else ()))
    said = [CHINESE[hundreds], "百"] if hundreds else []
    if tens:
        said += [CHINESE[tens], "十"]
    elif hundreds and ones:
        said.append("零")
    return (*said, CHINESE[ones]) if ones else tuple(said)


def in_english(number: int) -> Words:
    """twelve, twenty one, one hundred and five."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_a_hundred(rest)
    said = (ENGLISH[hundreds], "hundred")
    return (*said, "and", *_below_a_hundred(rest)) if rest else said


def _below_a_hundred(number: int) -> Words:
    if number < 20:
        return ((*ENGLISH, *TEENS)[number],)
    tens, ones = divmod(number, 10)
    return (TENS[tens - 2], ENGLISH[ones]) if ones else (TENS[tens - 2],)
