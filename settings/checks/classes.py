"""Customer classes: names, who grants them, and from what age."""

from __future__ import annotations

from collections.abc import Iterator

from queueing.class_rules import NAMES, WALK_IN, TicketClass
from queueing.house import House
from settings.checks.names import ID
from settings.findings import KeyPath, Slip

OLDEST = 150


def classes_are_named(house: House) -> Iterator[Slip]:
    """Pages have words for the three known classes; any other brings its own."""
    for name, rule in house.classes.items():
        if not ID.fullmatch(name):
            yield Slip(
                ("classes", name),
                f"'{name}' can't be a class.",
                "Use A-Z, a-z, 0-9, - and _, without blanks.",
            )
        elif rule.name is None and name not in NAMES:
            yield Slip(("classes", name), "has no name.", 'Add name = { zh = "…", en = "…" }.')


def walk_ins_need_no_grant(house: House) -> Iterator[Slip]:
    rule = house.classes.get(WALK_IN)
    for key in ("granted_by", "confirm", "age", "grounds") if rule else ():
        if getattr(rule, key):
            yield Slip(("classes", WALK_IN, key), "everybody may walk in.", f"Leave {key} out.")


def grants_fit(house: House) -> Iterator[Slip]:
    for name, rule in house.classes.items():
        if name != WALK_IN:
            yield from _grant(("classes", name), rule)


def _grant(path: KeyPath, rule: TicketClass) -> Iterator[Slip]:
    given = rule.granted_by or ()
    for at, grantor in enumerate(given):
        if grantor in given[:at]:
            yield Slip((*path, "granted_by", at), f"'{grantor}' stands twice.", "Name each once.")
    if "age" in given and rule.age == 0:
        yield Slip((*path, "granted_by"), "doesn't say from what age.", "Add age = 70, or leave age out.")
    if rule.age and "age" not in given:
        yield Slip((*path, "age"), "nobody gets the class by age.", 'Add "age" to granted_by.')
    if rule.age > OLDEST:
        yield Slip((*path, "age"), f"{rule.age} is no age.", f"Use {OLDEST} or less.")
    if rule.confirm and rule.granted_by == ():
        yield Slip((*path, "confirm"), "nobody grants the class.", "Leave confirm out.")


ALL = (classes_are_named, walk_ins_need_no_grant, grants_fit)
