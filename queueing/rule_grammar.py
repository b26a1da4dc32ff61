"""Reads the lines of rules, strictly: a line that isn't understood whole is refused with what was expected.

when, until:  condition { "and" condition }
condition:    "wait of" SERVICE ( "exceeds" | "is below" ) NUMBER "min"
            | "line of" SERVICE ( "exceeds" | "is below" ) NUMBER
            | "time is" HH:MM "to" HH:MM
            | "day is" DAY { "," DAY }
then:         effect { ";" effect }
effect:       ( "window" | "windows" ) WINDOW { ( "," | "and" ) WINDOW } ( "helps" | "help" )
                  "with" SERVICE [ "after" NUMBER "min" ]
            | CLASS "head start is" NUMBER "min"
            | CLASS "rate is" NUMBER
            | [ "service" ] SERVICE "gives no numbers"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from queueing.help_rules import (
    ClassFigure,
    Condition,
    Effect,
    Helping,
    NoNumbers,
    OfDay,
    OfLine,
    OfTime,
    Rule,
    RuleLine,
)
from queueing.house import House

TOKEN = re.compile(r"[,;]|[^\s,;]+")
NAME = re.compile(r"[A-Za-z0-9_-]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = ("min", "minutes")


class NotUnderstood(Exception):
    """Where a line stopped making sense: after which words, what stands there, what could have."""

    def __init__(self, after: str, found: str, expected: tuple[str, ...]) -> None:
        self.after, self.found, self.expected = after, found, expected
        super().__init__(f"after '{after}': {found!r}, expected {', '.join(expected)}")


class Words:
    """The words of a line, taken one after the other."""

    def __init__(self, text: str) -> None:
        self._tokens, self._at = TOKEN.findall(text), 0

    @property
    def next(self) -> str:
        """The next word; nothing at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self, *expected: str) -> str:
        return self.next_as(lambda word: word in expected, *expected)

    def take_all(self, *words: str) -> None:
        for word in words:
            self.take(word)

    def take_if(self, *words: str) -> bool:
        found = self.next in words and self.next != ""
        self._at += found
        return found

    def next_as(self, fits: Callable[[str], object], *expected: str) -> str:
        """The next word, if it fits; raises NotUnderstood."""
        word = self.next
        if not word or not fits(word):
            raise NotUnderstood(" ".join(self._tokens[: self._at]), word, expected)
        self._at += 1
        return word

    def name(self, of_what: str) -> str:
        return self.next_as(NAME.fullmatch, of_what)

    def number(self) -> float:
        return float(self.next_as(NUMBER.fullmatch, "a number"))

    def minutes(self) -> float:
        found = self.number()
        self.take(*MINUTES)
        return found

    def time(self) -> int:
        """Minutes since midnight."""
        hours, minutes = self.next_as(TIME.fullmatch, "a time such as 11:00").split(":")
        return 60 * int(hours) + int(minutes)

    def end(self, *expected: str) -> None:
        if self.next:
            raise NotUnderstood(" ".join(self._tokens[: self._at]), self.next, (*expected, "the end"))


def conditions_of(text: str) -> tuple[Condition, ...]:
    """What a `when` or an `until` asks for."""
    words = Words(text)
    found = [condition(words)]
    while words.take_if("and"):
        found.append(condition(words))
    words.end("and")
    return tuple(found)


def condition(words: Words) -> Condition:
    kind = words.take("wait", "line", "time", "day")
    if kind == "time":
        return of_time(words)
    if kind == "day":
        return of_days(words)
    words.take("of")
    service = words.name("a service")
    above = words.take("exceeds", "is") == "exceeds"
    if not above:
        words.take("below")
    return OfLine(
        "wait" if kind == "wait" else "line",
        service,
        above,
        words.minutes() if kind == "wait" else words.number(),
    )


def of_time(words: Words) -> OfTime:
    words.take("is")
    starts = words.time()
    words.take("to")
    return OfTime(starts, words.time())


def of_days(words: Words) -> OfDay:
    words.take("is")
    days = [words.take(*DAYS)]
    while words.take_if(","):
        days.append(words.take(*DAYS))
    return OfDay(tuple(days))


def effects_of(text: str) -> tuple[Effect, ...]:
    """What a `then` changes."""
    words = Words(text)
    found = [effect(words)]
    while words.take_if(";"):
        found.append(effect(words))
    words.end(";")
    return tuple(found)


def effect(words: Words) -> Effect:
    if words.take_if("window", "windows"):
        return helping(words)
    is_service = words.take_if("service")
    name = words.name("windows, a class or a service")
    choices = ("gives",) if is_service else ("head", "rate", "gives")
    what = words.take(*choices)
    if what == "gives":
        words.take_all("no", "numbers")
        return NoNumbers(name)
    return figure(words, name, what)


def figure(words: Words, name: str, what: str) -> ClassFigure:
    if what == "head":
        words.take_all("start", "is")
        return ClassFigure(name, "head_start", words.minutes())
    words.take("is")
    return ClassFigure(name, "rate", words.number())


def helping(words: Words) -> Helping:
    windows = [words.name("a window")]
    while words.take_if(",", "and"):
        windows.append(words.name("a window"))
    words.take("help", "helps")
    words.take("with")
    service = words.name("a service")
    return Helping(tuple(windows), service, words.minutes() if words.take_if("after") else 0.0)


def rule_of(line: RuleLine) -> Rule:
    """The rule of a line; raises NotUnderstood."""
    until = conditions_of(line.until) if line.until else ()
    return Rule(id_of(line), conditions_of(line.when), effects_of(line.then), until, line)


def id_of(line: RuleLine) -> str:
    """Its own id, or one made of its words, so that another order in the file changes nothing."""
    words = " ".join([line.when, line.then, line.until])
    return line.id or f"rule-{sha256(words.encode()).hexdigest()[:6]}"


def rules_of(house: House) -> tuple[Rule, ...]:
    """Every rule of a checked house."""
    return tuple(rule_of(line) for line in house.rules)
