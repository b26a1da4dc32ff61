"""Mistakes in classes and rules, one at a time."""

from __future__ import annotations

from tests.settings.mistakes import Spoilt

CLASS = '[classes.veteran]\nname = { zh = "军人", en = "Veteran" }\n'
NOON = 'when = "time is 11:00 to 12:00"\nthen = "pension gives no numbers"'


def rule(key: str, text: str, says: str, **others: str) -> Spoilt:
    """A rule whose one line is wrong."""
    lines = {"when": "wait of pension exceeds 30 min", "then": "window 1 helps with pension"} | others
    lines[key] = text
    written = "\n".join(f'{name} = "{line}"' for name, line in lines.items())
    return Spoilt("[calendar]", f"[[rules]]\n{written}\n\n[calendar]", f"rules[0].{key}", says, f'"{text}"')


def of_class(more: str, key: str, says: str, at: str) -> Spoilt:
    return Spoilt("[calendar]", f"{CLASS}{more}\n\n[calendar]", f"classes.veteran{key}", says, at)


OF_CLASSES = [
    Spoilt("[calendar]", "[classes.vip]\nrate = 2\n\n[calendar]", "classes.vip", "has no name", "vip"),
    Spoilt(
        "[classes.walk_in]",
        "[classes.walk_in]\nconfirm = true",
        "classes.walk_in.confirm",
        "may walk in",
        "confirm",
    ),
    of_class('granted_by = ["guide", "guide"]', ".granted_by[1]", "'guide' stands twice", "granted_by"),
    of_class('granted_by = ["age"]', ".granted_by", "doesn't say from what age. Add age = 70", "granted_by"),
    of_class('granted_by = ["guide"]\nage = 70', ".age", 'Add "age" to granted_by', "age = 70"),
    of_class('granted_by = []\nconfirm = true', ".confirm", "nobody grants the class", "confirm"),
    of_class('granted_by = ["gide"]', ".granted_by[0]", "Did you mean 'guide'?", "granted_by"),
]  # fmt: skip
"""The last is a mistake of shape."""

OF_RULES = [
    rule("when", "wait of pension exceed 30 min", "where exceeds or is is expected. Did you mean 'exceeds'?"),
    rule("when", "wait of pension exceeds 30", "exceeds 30' stands the end, where min or minutes"),
    rule("when", "", "at the beginning stands the end, where wait or line or time or day is expected"),
    rule("when", "queue of pension exceeds 3", "at the beginning stands 'queue'"),
    rule("when", "line of pensions exceeds 3", "unknown service 'pensions'. Did you mean 'pension'?"),
    rule("when", "line of pension exceeds three", "'three', where a number is expected. Write it like"),
    rule("when", "time is 11:00 to 10:00", "ends before it begins"),
    rule("when", "time is 11 to 12", "'11', where a time such as 11:00 is expected"),
    rule("when", "day is monday", "Did you mean 'mon'?"),
    rule("when", "line of pension exceeds 3 or", "stands 'or', where and or the end is expected"),
    rule("then", "windows 1, 9 help with pension", "unknown window '9'"),
    rule("then", "window 1 helps pension", "'pension', where with is expected"),
    rule("then", "window 2 helps with pension after 10 min", "takes 'pension' already, after 10 min"),
    rule("then", "window 1 helps with pension after -5 min", "before it is asked"),
    rule("then", "priorit head start is 20 min", "unknown class 'priorit'. Did you mean 'priority'?"),
    rule("then", "priority rate is -1", "never negative"),
    rule("then", "priority rate is 2; priority rate is 3", "says 2 times what the rate of 'priority' is"),
    rule("then", "service pension gives numbers", "'numbers', where no is expected"),
    rule("then", "priority head start is 20 min; pensio gives no numbers", "Did you mean 'pension'?"),
    rule("until", "wait of pension is below 40 min", "is true already while when is"),
    rule("until", "wait of pension is under 40 min", "where below is expected"),
    Spoilt(
        "[calendar]",
        f'[[rules]]\nid = "noon rush"\n{NOON}\n\n[calendar]',
        "rules[0].id",
        "can't be an id",
        "noon rush",
    ),
    Spoilt(
        "[calendar]",
        f"[[rules]]\n{NOON}\nat_least_minutes = -1\n\n[calendar]",
        "rules[0].at_least_minutes",
        "Use 0 or more",
        "at_least",
    ),
]  # fmt: skip
