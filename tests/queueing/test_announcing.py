"""Which call is said next, what is left out while others wait, and why a call isn't said at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from queueing.announcing import TRIES, YOUNG_SECONDS, Order
from queueing.records import Json
from queueing.said import Line
from queueing.voice_rules import Loudness, VoiceRules

RULES = VoiceRules(repeats=2, drop_repeats_over=1, drop_languages_over=3, hurry_seconds=15)
LANGUAGES = ("zh_Hans", "en")


class Hall:
    """An order with a clock turned by hand; tickets are called by their numbers."""

    def __init__(self, rules: VoiceRules = RULES, languages: tuple[str, ...] = LANGUAGES) -> None:
        self.lines: list[Line] = []
        self.order = Order(languages, rules, self.lines.append)
        self.now = 0.0
        self._seq = count(1)

    def event(self, action: str, number: str, ours: bool = True, own: str = "", **more: Any) -> str:
        ticket: Json = {
            "ticket": f"t{number}", "number": number, "window": "1", "state": "called", "calls": 1,
            "called_at": f"at {number}",
        }  # fmt: skip
        seq = next(self._seq)
        told = {"seq": seq, "at": "", "action": action, "ticket": ticket | more}
        self.order.take(told, ours, self.now, own)
        return str(seq)

    def call(self, *numbers: str) -> None:
        for number in numbers:
            self.event("call", number)

    def say(self, seconds: float = 3.0) -> str | None:
        """Says what is next, to its end."""
        found = self.order.next(self.now)
        if found is None:
            return None
        sentence, call = found
        self.order.playing = sentence.ref
        began, self.now = self.now, self.now + seconds
        self.order.playing = ""
        self.order.said(sentence.ref, "m", "hall", began, self.now)
        return f"{call.number} {sentence.language} {sentence.turn}"

    def say_all(self, seconds: float = 3.0) -> list[str]:
        return list(iter(lambda: self.say(seconds), None))

    def numbers(self, seconds: float = 3.0) -> list[str]:
        """Each call that is said, once."""
        return list(dict.fromkeys(said.split()[0] for said in self.say_all(seconds)))

    def skipped(self) -> dict[str, str]:
        """Why what was left out was left out: the last reason of each call."""
        return {line.call.number: line.reason for line in self.lines if line.reason}


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_call_is_said_in_every_language_and_then_once_more(hall: Hall) -> None:
    hall.call("A1")
    assert hall.say_all() == ["A1 zh_Hans 1", "A1 en 1", "A1 zh_Hans 2", "A1 en 2"]
    assert [line.reason for line in hall.lines] == [None] * 4


def test_calls_are_said_in_their_order_and_the_same_one_until_it_is_over(hall: Hall) -> None:
    hall.call("A1", "A2", "A3")
    assert hall.order.next(0) == hall.order.next(0)
    assert hall.numbers() == ["A1", "A2", "A3"]


def test_repetitions_go_first_when_others_wait(hall: Hall) -> None:
    hall.call("A1", "A2", "A3")
    assert hall.say_all(1)[:4] == ["A1 zh_Hans 1", "A1 en 1", "A2 zh_Hans 1", "A2 en 1"]
    dropped = [line.sentence for line in hall.lines if line.reason == "backlog"]
    assert [(each.call, each.language, each.turn) for each in dropped] == [
        ("1", "zh_Hans", 2),
        ("1", "en", 2),
    ]


def test_then_every_language_but_the_first(hall: Hall) -> None:
    hall.call("A1", "A2", "A3", "A4", "A5")
    assert hall.say_all(1)[:3] == ["A1 zh_Hans 1", "A2 zh_Hans 1", "A2 en 1"]


def test_who_has_waited_long_hurries_the_others_on_however_few_wait(hall: Hall) -> None:
    hall.call("A1", "A2")
    hall.now = 15.5
    assert hall.say_all(1) == ["A1 zh_Hans 1", "A2 zh_Hans 1", "A2 en 1", "A2 zh_Hans 2", "A2 en 2"]


def test_the_last_one_is_said_whole_again(hall: Hall) -> None:
    hall.call("A1", "A2", "A3", "A4", "A5", "A6")
    assert len([said for said in hall.say_all(1) if said.startswith("A6")]) == 4


def test_twenty_calls_a_minute_are_all_said_and_none_is_a_minute_old(hall: Hall) -> None:
    """At 3.5 s a sentence one language takes longer than the calls come."""
    calls = [f"A{n}" for n in range(20)]
    said: list[str] = []
    while calls or hall.order.next(hall.now):
        while calls and hall.now >= 3.0 * (20 - len(calls)):
            hall.call(calls.pop(0))
        said.append(hall.say(3.5) or "")
        hall.now += 0.0 if said[-1] else 0.1
    assert list(dict.fromkeys(each.split()[0] for each in said if each)) == [f"A{n}" for n in range(20)]
    assert not {line.reason for line in hall.lines} - {None, "backlog"}
    assert hall.now < 57 + 60


def test_under_a_backlog_the_holders_own_language_stays_if_the_area_speaks_it(hall: Hall) -> None:
    hall.event("call", "A1", own="en")
    hall.event("call", "A2", own="zh_Hans")
    hall.event("call", "A3", own="yue")
    hall.call("A4", "A5", "A6", "A7")
    assert hall.say_all()[:4] == ["A1 zh_Hans 1", "A1 en 1", "A2 zh_Hans 1", "A3 zh_Hans 1"]


def test_a_minute_later_it_is_only_shown(hall: Hall) -> None:
    hall.call("A1")
    hall.now = YOUNG_SECONDS - 0.1
    assert hall.order.next(hall.now) is not None
    hall.now = YOUNG_SECONDS
    assert hall.say() is None
    assert hall.skipped() == {"A1": "too_old"}
    assert hall.order.waiting(hall.now) == (0, 0.0)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        *[("serving", "answered"), ("held", "answered"), ("finished", "answered")],
        *[("no_show", "missed"), ("waiting", "moved"), ("abandoned", "left")],
    ],
)
def test_a_call_that_stands_no_longer_is_skipped(hall: Hall, state: str, reason: str) -> None:
    hall.call("A1", "A2")
    hall.event("move", "A1", state=state)
    assert hall.numbers() == ["A2"]
    assert hall.skipped()["A1"] == reason


def test_a_call_that_was_undone_is_skipped_and_a_new_one_is_said(hall: Hall) -> None:
    hall.call("A1")
    hall.event("undo", "A1", state="waiting", window=None, calls=0, called_at=None)
    assert hall.say() is None
    assert hall.skipped() == {"A1": "undone"}
    hall.event("call", "A1", called_at="later")
    assert hall.numbers() == ["A1"]


def test_a_sentence_that_is_being_said_is_not_cut_off(hall: Hall) -> None:
    hall.call("A1")
    found = hall.order.next(0)
    assert found
    hall.order.playing = found[0].ref
    hall.event("serve", "A1", state="serving")
    assert [line.sentence.ref for line in hall.lines] == ["1 en 1", "1 zh_Hans 2", "1 en 2"]
    hall.order.playing = ""
    hall.order.said(found[0].ref, "m", "hall", 0, 3)
    assert hall.lines[-1].reason is None
    assert hall.say() is None


def test_a_sentence_that_was_given_away_and_lost_is_skipped_when_its_call_is_over(hall: Hall) -> None:
    hall.call("A1")
    hall.order.playing = "1 zh_Hans 1"
    hall.event("serve", "A1", state="serving")
    hall.order.playing = ""
    assert hall.order.next(0) is None
    assert [line.reason for line in hall.lines] == ["answered"] * 4


def test_a_recall_is_said_again_and_takes_the_place_of_what_was_left(hall: Hall) -> None:
    hall.call("A1")
    hall.say()
    hall.call("A2")
    hall.event("recall", "A1", calls=2)
    assert hall.numbers() == ["A2", "A1"]
    assert hall.skipped()["A1"] == "called_again"


def test_of_two_recalls_only_the_last_is_said(hall: Hall) -> None:
    hall.event("recall", "A1", calls=2)
    hall.event("recall", "A1", calls=3)
    found = hall.order.next(0)
    assert found and found[1].again and found[0].call == "2"


def test_an_undone_recall_says_nothing_and_the_next_one_does(hall: Hall) -> None:
    hall.call("A1")
    hall.say_all()
    hall.event("recall", "A1", calls=2)
    hall.event("undo", "A1", calls=1)
    assert hall.say() is None
    hall.event("recall", "A1", calls=2)
    assert hall.numbers() == ["A1"]


def test_a_recall_made_anew_counts_as_not_said(hall: Hall) -> None:
    hall.event("recall", "A1", calls=2)
    hall.say_all()
    hall.event("undo", "A1", calls=1)
    hall.event("recall", "A1", calls=2)
    hall.event("serve", "A1", calls=2, state="serving")
    hall.event("undo", "A1", calls=2)
    assert hall.numbers() == ["A1"]


def test_an_undone_recall_leaves_a_call_that_was_never_said(hall: Hall) -> None:
    hall.call("A1")
    hall.event("recall", "A1", calls=2)
    hall.event("undo", "A1", calls=1)
    assert hall.numbers() == ["A1"]


def test_a_step_back_into_called_says_nothing_twice(hall: Hall) -> None:
    hall.call("A1")
    hall.say_all()
    hall.event("serve", "A1", state="serving")
    hall.event("undo", "A1")
    assert hall.say() is None


def test_a_step_back_into_called_says_what_was_never_said(hall: Hall) -> None:
    hall.call("A1")
    hall.event("serve", "A1", state="serving")
    hall.event("undo", "A1")
    assert hall.numbers() == ["A1"]


def test_calls_of_other_areas_are_left_to_others(hall: Hall) -> None:
    hall.event("call", "A1", ours=False)
    assert hall.say() is None


def test_a_transfer_into_another_area_ends_the_call(hall: Hall) -> None:
    hall.call("A1")
    hall.event("call", "A1", ours=False, window="9")
    assert hall.say() is None
    assert hall.skipped() == {"A1": "moved"}


def test_a_sentence_broken_off_is_said_again_but_not_for_ever(hall: Hall) -> None:
    hall.call("A1")
    for _ in range(TRIES):
        found = hall.order.next(hall.now)
        assert found and found[0].ref == "1 zh_Hans 1"
        hall.order.broke_off(found[0].ref, "m", "hall", 0, 1)
    found = hall.order.next(hall.now)
    assert found and found[0].ref == "1 en 1"
    assert [line.reason for line in hall.lines] == ["broken"] * TRIES


def test_a_sentence_broken_off_after_a_minute_is_not_said_again(hall: Hall) -> None:
    hall.call("A1")
    hall.order.broke_off("1 zh_Hans 1", "m", "hall", 0, 1)
    hall.now = YOUNG_SECONDS
    assert hall.say() is None
    assert hall.skipped() == {"A1": "too_old"}


def test_what_a_machine_remembers_to_have_said_is_not_said_again(hall: Hall) -> None:
    hall.call("A1")
    hall.order.known("1 zh_Hans 1")
    hall.order.known("99 en 1")
    assert hall.say_all() == ["A1 en 1", "A1 zh_Hans 2", "A1 en 2"]


def test_a_machine_fills_the_log_with_nothing_but_sentences_of_the_hall(hall: Hall) -> None:
    hall.call("A1")
    for ref in ("1 yue 1", "1 en 3", "2 en 1", *["1 en 1"] * 5):
        hall.order.said(ref, "m", "hall", 0, 1)
    assert [line.sentence.ref for line in hall.lines] == ["1 en 1"] * TRIES


def test_in_a_quiet_hour_every_language_is_shown_once(hall: Hall) -> None:
    hall.call("A1")
    for language in LANGUAGES:
        found = hall.order.next(0)
        assert found and found[0].language == language
        hall.order.shown(found[0].ref, "quiet")
    assert hall.order.next(0) is None
    assert [line.reason for line in hall.lines] == ["quiet"] * 4


def test_what_waits_is_counted_without_what_is_being_said(hall: Hall) -> None:
    hall.call("A1")
    hall.now = 5
    hall.call("A2")
    assert hall.order.waiting(10) == (2, 10)
    hall.order.playing = "1 zh_Hans 1"
    assert hall.order.waiting(10) == (1, 5)


def test_what_follows_is_foreseen(hall: Hall) -> None:
    hall.call("A1")
    (sentence, _), after = hall.order.next(0), hall.order.after  # type: ignore[misc]
    following = after(sentence, 0)
    assert following and following[0].ref == "1 en 1"
    hall.call("A2", "A3", "A4", "A5")
    following = after(sentence, 0)
    assert following and following[0].ref == "2 zh_Hans 1"


def test_the_volume_follows_the_hour() -> None:
    rules = replace(RULES, volume=(Loudness("12:00", "14:00", 40), Loudness("22:00", "23:00", 0)))
    assert [rules.percent_at(at) for at in ("11:59", "12:00", "13:59", "14:00", "22:30")] == [
        *[100, 40, 40, 100],
        0,
    ]
