"""How calls are spoken: languages named twice, times that overlap, figures that no voice can do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from queueing.house import House
from queueing.voice_rules import Loudness
from settings.checks.hours import CLOCK
from settings.findings import KeyPath, Slip

MOST = {"repeats": 5, "rate": 300, "pitch": 99}
"""More is no speech that anybody would listen to."""


def spoken_languages(house: House) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    """Every list of languages with its place."""
    yield ("voice", "languages"), house.voice.languages
    for at, area in enumerate(house.areas):
        yield ("areas", at, "voices"), area.voices


def languages_are_named_once(house: House) -> Iterator[Slip]:
    for path, languages in spoken_languages(house):
        for at, language in enumerate(languages):
            if language in languages[:at]:
                yield Slip((*path, at), f"'{language}' stands there twice.", "Name each language once.")


def the_hall_has_a_voice(house: House) -> Iterator[Slip]:
    if not house.voice.languages:
        yield Slip(("voice", "languages"), "is empty.", 'Name at least one, such as ["zh_Hans"].')


def figures_are_speakable(house: House) -> Iterator[Slip]:
    for key, most in MOST.items():
        value = getattr(house.voice, key)
        if value > most:
            yield Slip(("voice", key), f"{value} is more than makes sense.", f"Use {most} or less.")
    for at, each in enumerate(house.voice.volume):
        if each.percent > 100:
            yield Slip(("voice", "volume", at, "percent"), "nothing is louder than 100.", "Use 0 to 100.")


def repeats_go_before_languages(house: House) -> Iterator[Slip]:
    """A second language tells somebody something new; a repetition doesn't."""
    rules = house.voice
    if rules.drop_languages_over < rules.drop_repeats_over:
        problem = "languages would be dropped before repetitions."
        remedy = f"Use drop_repeats_over = {rules.drop_repeats_over} or more."
        yield Slip(("voice", "drop_languages_over"), problem, remedy)


def is_sound(each: Loudness) -> bool:
    return bool(CLOCK.fullmatch(each.starts) and CLOCK.fullmatch(each.ends)) and each.starts < each.ends


def volumes_have_times(house: House) -> Iterator[Slip]:
    for at, each in enumerate(house.voice.volume):
        if not is_sound(each):
            problem = f"'{each.starts}' to '{each.ends}' is no stretch of a day."
            remedy = 'Write it like starts = "12:00", ends = "14:00"; none passes midnight.'
            yield Slip(("voice", "volume", at, "starts"), problem, remedy)


def volumes_do_not_overlap(house: House) -> Iterator[Slip]:
    sound = [(at, each) for at, each in enumerate(house.voice.volume) if is_sound(each)]
    for (_, one), (at, other) in combinations(sound, 2):
        if one.starts < other.ends and other.starts < one.ends:
            problem = f"overlaps {one.starts} to {one.ends}."
            yield Slip(("voice", "volume", at, "starts"), problem, "Two volumes can't hold at once.")


ALL = (
    languages_are_named_once,
    the_hall_has_a_voice,
    figures_are_speakable,
    repeats_go_before_languages,
    volumes_have_times,
    volumes_do_not_overlap,
)
