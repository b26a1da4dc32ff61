"""What a call says, per language: letters apart, digits one by one, the window as a number.

One table makes the written sentence, the marked-up text for the synthetic voice, the list of clips that a
hall can record, and which of them a sentence is put together from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase

from queueing.voice_rules import Tongue
from speech.counting import CHINESE, ENGLISH, LARGEST, TEENS, TENS, Words, in_chinese, in_english

NUMBER = re.compile(r"[A-Z]{0,3}[0-9]{1,6}")
"""What a ticket's number looks like: A005, ZY012."""

PARTS = re.compile(r"[A-Za-z]|[0-9]+")
BREATH = 150
"""Milliseconds between the number and where to go."""


@dataclass(frozen=True)
class Unit:
    """A piece of a sentence: how it is written, which clips say it, how long to wait after."""

    text: str
    clips: Words
    spelled: bool = False
    pause: int = 0


@dataclass(frozen=True)
class Speech:
    """How one language calls."""

    voice: str
    digits: Words
    count: Callable[[int], Words]
    ones: Words
    before: tuple[Unit, ...]
    between: tuple[Unit, ...]
    after: tuple[Unit, ...]
    glue: str
    others: Mapping[str, str]
    """Words beside the digits that counting needs, by the names of their clips."""

    def clip_of(self, word: str) -> str:
        if word in self.digits:
            return f"digit-{self.digits.index(word)}"
        return next(clip for clip, each in self.others.items() if each == word)


SPEECH: Mapping[Tongue, Speech] = {
    "zh_Hans": Speech(
        voice="cmn-latn-pinyin",
        digits=("零", "幺", *CHINESE[2:]),
        count=in_chinese,
        ones=CHINESE,
        before=(Unit("请", ("please",)),),
        between=(Unit("号", ("number",), pause=BREATH), Unit("到", ("go-to",))),
        after=(Unit("号窗口", ("window",)),),
        glue="",
        others={"one": "一", "ten": "十", "hundred": "百"},
    ),
    "yue": Speech(
        voice="yue",
        digits=CHINESE,
        count=in_chinese,
        ones=CHINESE,
        before=(Unit("請", ("please",)),),
        between=(Unit("號", ("number",), pause=BREATH), Unit("到", ("go-to",))),
        after=(Unit("號窗口", ("window",)),),
        glue="",
        others={"ten": "十", "hundred": "百"},
    ),
    "en": Speech(
        voice="en",
        digits=ENGLISH,
        count=in_english,
        ones=ENGLISH,
        before=(Unit("Number", ("number",)),),
        between=(Unit(",", (), pause=BREATH), Unit("please go to window", ("go-to",))),
        after=(Unit(".", ()),),
        glue=" ",
        others={word: word for word in (*TEENS, *TENS, "hundred", "and")},
    ),
}


def units(language: Tongue, number: str, window: str) -> tuple[Unit, ...]:
    """The call of a ticket to a window, piece by piece."""
    speech = SPEECH[language]
    called = (*letters_of(number), *digits_of(speech, number))
    return (*speech.before, *called, *speech.between, *place_of(speech, window), *speech.after)


def letters_of(number: str) -> Iterator[Unit]:
    yield from (Unit(each, (f"letter-{each}",), spelled=True) for each in number if each.isalpha())


def digits_of(speech: Speech, number: str) -> Iterator[Unit]:
    """One by one, as a telephone number is read."""
    words = [speech.digits[int(each)] for each in number if each.isdigit()]
    yield Unit(speech.glue.join(words), tuple(speech.clip_of(word) for word in words))


def place_of(speech: Speech, window: str) -> Iterator[Unit]:
    """A window is counted, "12" as twelve; one that is called B-3 has its letter and then its number."""
    for part in PARTS.findall(window):
        if part.isalpha():
            yield from letters_of(part.upper())
            continue
        counts = int(part) <= LARGEST and str(int(part)) == part
        words = speech.count(int(part)) if counts else tuple(speech.ones[int(each)] for each in part)
        text = part if counts else speech.glue.join(words)
        yield Unit(text, tuple(speech.clip_of(word) for word in words))


def written(pieces: tuple[Unit, ...]) -> str:
    """The sentence for people's eyes."""
    return re.sub(r" ([,.])", r"\1", " ".join(each.text for each in pieces))


def marked_up(pieces: tuple[Unit, ...]) -> str:
    """The sentence for the synthetic voice; a lone letter A would be read as an article."""
    return " ".join(map(_marked, pieces))


def _marked(unit: Unit) -> str:
    text = escape(unit.text)
    said = f'<say-as interpret-as="characters">{text}</say-as>' if unit.spelled else text
    return f'{said} <break time="{unit.pause}ms"/>' if unit.pause else said


def clips_of(language: Tongue) -> dict[str, str]:
    """Every clip that a language can need, by name, with the word that it holds."""
    speech = SPEECH[language]
    fixed = {
        each.clips[0]: each.text for each in (*speech.before, *speech.between, *speech.after) if each.clips
    }
    letters = {f"letter-{each}": each for each in ascii_uppercase}
    digits = {f"digit-{at}": word for at, word in enumerate(speech.digits)}
    return fixed | letters | digits | dict(speech.others)
