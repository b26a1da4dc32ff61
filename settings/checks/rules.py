"""Rules by time of day and length of line: each line must be understood whole and name what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from queueing.help_rules import (
    ClassFigure,
    Condition,
    Effect,
    Helping,
    NoNumbers,
    OfLine,
    OfTime,
    RuleLine,
)
from queueing.house import House
from queueing.plan import Plan
from queueing.rule_grammar import NotUnderstood, conditions_of, effects_of, id_of
from settings.checks.names import ID
from settings.findings import KeyPath, Slip, did_you_mean
from settings.mending import STAND_IN

EXAMPLES = {
    "when": '"wait of … exceeds 30 min", "line of … exceeds 12", "time is 11:00 to 12:00", "day is mon, tue"',
    "until": '"wait of … is below 15 min", "line of … is below 5", "time is 11:00 to 12:00"',
    "then": '"windows 5, 6 help with … after 10 min", "priority head start is 20 min", "… gives no numbers"',
}


def lines_are_understood(house: House) -> Iterator[Slip]:
    for at, line in enumerate(house.rules):
        for key in ("when", "until", "then"):
            text = getattr(line, key)
            if (text or key != "until") and STAND_IN not in text:
                yield from _line(house, ("rules", at, key), key, text)


def _line(house: House, path: KeyPath, key: str, text: str) -> Iterator[Slip]:
    try:
        parts = effects_of(text) if key == "then" else conditions_of(text)
    except NotUnderstood as wrong:
        yield _not_understood(path, key, wrong)
        return
    for part in parts:
        yield from _named(house, path, part)


def _not_understood(path: KeyPath, key: str, wrong: NotUnderstood) -> Slip:
    there = f"'{wrong.found}'" if wrong.found else "the end"
    place = f"after '{wrong.after}'" if wrong.after else "at the beginning"
    expected = " or ".join(wrong.expected)
    problem = f"{place} stands {there}, where {expected} is expected."
    return Slip(path, problem, did_you_mean(wrong.found, wrong.expected, f"Write it like {EXAMPLES[key]}."))


def _named(house: House, path: KeyPath, part: Condition | Effect) -> Iterator[Slip]:
    """What the part names must be there, and what it says must make sense."""
    services, windows = [s.id for s in house.services], [w.id for w in house.windows]
    if isinstance(part, OfLine | Helping | NoNumbers):
        yield from _known(path, "service", part.service, services)
    if isinstance(part, OfTime) and part.starts >= part.ends:
        yield Slip(path, "the time ends before it begins.", "Write it like time is 11:00 to 12:00.")
    if isinstance(part, ClassFigure):
        yield from _known(path, "class", part.ticket_class, house.classes)
        if part.figure == "rate" and part.value < 0:
            yield Slip(path, "a rate is never negative.", "Use 0 or more.")
    for window in part.windows if isinstance(part, Helping) else ():
        yield from _known(path, "window", window, windows)
    if isinstance(part, Helping) and part.reluctance < 0:
        yield Slip(path, "a window can't help before it is asked.", "Use after 0 min or more.")


def _known(path: KeyPath, what: str, name: str, known: object) -> Iterator[Slip]:
    there = [str(each) for each in known] if isinstance(known, list | dict) else []
    if name not in there:
        yield Slip(
            path, f"unknown {what} '{name}'.", did_you_mean(name, there, f"Add the {what}, or correct it.")
        )


def helpers_help(house: House) -> Iterator[Slip]:
    """A rule that changes nothing was meant to change something."""
    taken = Plan(house).reluctances
    for at, line in enumerate(house.rules):
        for effect in _understood(line):
            if isinstance(effect, Helping):
                for window in effect.windows:
                    now = taken.get(window, {}).get(effect.service)
                    if now is not None and now <= effect.reluctance:
                        problem = f"window {window} takes '{effect.service}' already, after {now:g} min."
                        yield Slip(("rules", at, "then"), problem, "Leave the window out.")


def figures_are_said_once(house: House) -> Iterator[Slip]:
    """Of two figures for one class only the last would ever hold."""
    for at, line in enumerate(house.rules):
        figures = [each for each in _understood(line) if isinstance(each, ClassFigure)]
        said = Counter((each.ticket_class, each.figure) for each in figures)
        for (name, figure), times in said.items():
            if times > 1:
                problem = f"says {times} times what the {figure.replace('_', ' ')} of '{name}' is."
                yield Slip(("rules", at, "then"), problem, "Leave one of them.")


def _understood(line: RuleLine) -> tuple[Effect, ...]:
    """What the line changes; nothing where another check says that it isn't understood."""
    try:
        return effects_of(line.then)
    except NotUnderstood:
        return ()


def rules_stay_on(house: House) -> Iterator[Slip]:
    """An `until` that is true as the rule goes on would switch it on and off for ever."""
    for at, line in enumerate(house.rules):
        try:
            when, until = conditions_of(line.when), conditions_of(line.until) if line.until else ()
        except NotUnderstood:
            continue
        if until and any(_overlap(one, other) for one in when for other in until):
            problem = "is true already while when is."
            yield Slip(("rules", at, "until"), problem, "Leave a gap: exceeds 30 min, until is below 15 min.")


def _overlap(when: Condition, until: Condition) -> bool:
    """Whether there are values at which both hold of the same line."""
    if not (isinstance(when, OfLine) and isinstance(until, OfLine)):
        return False
    if (when.what, when.service) != (until.what, until.service):
        return False
    if when.above == until.above:
        return True
    above, below = (when, until) if when.above else (until, when)
    return above.limit < below.limit


def rules_have_names_of_their_own(house: House) -> Iterator[Slip]:
    first: dict[str, int] = {}
    for at, line in enumerate(house.rules):
        name = id_of(line)
        if line.id and not ID.fullmatch(line.id):
            yield Slip(("rules", at, "id"), f"'{name}' can't be an id.", "Use A-Z, a-z, 0-9, - and _.")
        if name in first:
            problem = f"says the same as rules[{first[name]}]." if not line.id else f"'{name}' stands twice."
            yield Slip(("rules", at, "id" if line.id else "when"), problem, "Leave one out.")
        first.setdefault(name, at)


ALL = (
    lines_are_understood,
    helpers_help,
    figures_are_said_once,
    rules_stay_on,
    rules_have_names_of_their_own,
)
