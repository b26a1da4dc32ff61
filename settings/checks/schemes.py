"""What in an assessment scheme contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scoring.facts import KINDS
from scoring.levels import LEVELS
from scoring.scheme import HUNDRED, ON_TOP, Item, Scheme
from settings.checks.names import ID, repeated, texts_in
from settings.findings import KeyPath, Slip, did_you_mean

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def contradictions(scheme: Scheme) -> Iterator[Slip]:
    for check in ALL:
        yield from check(scheme)


def ids_are_ids(scheme: Scheme) -> Iterator[Slip]:
    if not ID.fullmatch(scheme.id):
        yield Slip(("id",), f"'{scheme.id}' can't be an id.", "Use A-Z, a-z, 0-9, - and _, without blanks.")
    if scheme.version < 1:
        yield Slip(("version",), f"can't be {scheme.version}.", "Count versions from 1.")
    for section in ("parts", "groups", "items", "grades", "bars"):
        codes = [each.code for each in getattr(scheme, section)]
        yield from repeated((section,), "code", codes)
        for at, code in enumerate(codes):
            if not CODE.fullmatch(code):
                yield Slip((section, at, "code"), f"'{code}' can't be a code.", "Write it like 1.2 or B1.")


def texts_are_there(scheme: Scheme) -> Iterator[Slip]:
    for path, text in texts_in(scheme, ()):
        for language in ("zh", "en"):
            if not getattr(text, language).strip():
                yield Slip((*path, language), "is empty.", "Write the words that people shall read.")


def limits_are_in_order(scheme: Scheme) -> Iterator[Slip]:
    low, high = scheme.floor, scheme.ceiling
    if low is not None and high is not None and low >= high:
        yield Slip(("ceiling",), f"{high} isn't above the floor, {low}.", "Raise the ceiling.")
    if scheme.round_to <= 0:
        yield Slip(("round_to",), f"can't be {scheme.round_to}.", "Write a step such as 0.5 or 0.01.")
    for at, part in enumerate(scheme.parts):
        if part.maximum is not None and part.maximum <= part.floor:
            problem = f"{part.maximum} isn't above the part's floor, {part.floor}."
            yield Slip(("parts", at, "maximum"), problem, "Raise the maximum or lower the floor.")
        if part.code in ON_TOP:
            yield Slip(("parts", at, "code"), f"'{part.code}' is what comes on top.", "Choose another code.")


def weights_make_one(scheme: Scheme) -> Iterator[Slip]:
    weights = [part.weight for part in scheme.parts]
    given = [each for each in weights if each is not None]
    for at, weight in enumerate(weights):
        if given and weight is None:
            yield Slip(("parts", at, "weight"), "is missing.", "Where one part has a weight, each needs one.")
        elif weight is not None and weight < 0:
            yield Slip(("parts", at, "weight"), f"can't be {weight}.", "A weight is 0 to 1.")
    if given and sum(given) != 1:
        problem = f"the weights of the parts sum to {sum(given)}."
        yield Slip(("parts", 0, "weight"), problem, "Change them so that they sum to 1.")


def items_name_what_is_there(scheme: Scheme) -> Iterator[Slip]:
    parts = [*(part.code for part in scheme.parts), *ON_TOP]
    groups = [group.code for group in scheme.groups]
    for at, item in enumerate(scheme.items):
        if item.part not in parts:
            yield _unknown(("items", at, "part"), "part", item.part, parts)
        if item.group and item.group not in groups:
            yield _unknown(("items", at, "group"), "group", item.group, groups)
        for key in ("counts", "of"):
            yield from _kinds_are_known(("items", at, key), getattr(item, key))


def _unknown(path: KeyPath, what: str, word: str, known: list[str]) -> Slip:
    otherwise = f"Known here: {', '.join(known)}." if known else f"Add a {what} of that code."
    return Slip(path, f"there is no {what} '{word}'.", did_you_mean(word, known, otherwise))


def _kinds_are_known(path: KeyPath, counted: tuple[str, ...]) -> Iterator[Slip]:
    for at, each in enumerate(counted):
        kind, _, narrow = each.partition(":")
        if kind not in KINDS or kind == "item":
            known: list[str] = [one for one in KINDS if one != "item"]
            yield _unknown((*path, at), "kind of fact", kind, known)
        elif kind == "rated" and narrow and narrow not in LEVELS:
            yield _unknown((*path, at), "level", narrow, list(LEVELS))


def points_make_sense(scheme: Scheme) -> Iterator[Slip]:
    for at, item in enumerate(scheme.items):
        path: KeyPath = ("items", at)
        yield from _range_makes_sense(path, item)
        yield from _sizes_make_sense(path, item)
        if item.part == "bonus" and min(item.points, item.up_to or item.points) < 0:
            yield Slip((*path, "points"), "a bonus can't take points.", 'Write part = "malus".')
        if item.part == "malus" and max(item.points, item.up_to or item.points) > 0:
            yield Slip((*path, "points"), "a malus can't give points.", 'Write part = "bonus".')


def _range_makes_sense(path: KeyPath, item: Item) -> Iterator[Slip]:
    if item.up_to is None:
        return
    problem = f"{item.points} and {item.up_to} have different signs."
    if item.points * item.up_to < 0:
        yield Slip((*path, "up_to"), problem, "Let both ends give points, or both take them.")
    elif abs(item.up_to) <= abs(item.points):
        problem = f"{item.up_to} isn't beyond {item.points}."
        yield Slip((*path, "up_to"), problem, "Write the mildest as points, the harshest as up_to.")


def _sizes_make_sense(path: KeyPath, item: Item) -> Iterator[Slip]:
    for key in ("cap", "over", "more_than"):
        value = getattr(item, key)
        if value is not None and value < 0:
            yield Slip((*path, key), f"can't be {value}.", "Write how much, without a sign.")
    if item.fewest < 1:
        yield Slip((*path, "fewest"), f"can't be {item.fewest}.", "Write 1 or more.")
    if item.of and item.per != "percentage_point":
        problem = "makes a rate, which counts in percentage points."
        yield Slip((*path, "of"), problem, 'Add per = "percentage_point".')


def measures_stand_alone(scheme: Scheme) -> Iterator[Slip]:
    seen: set[str] = set()
    for at, item in enumerate(scheme.items):
        if not item.measures:
            continue
        if item.part in ON_TOP or item.part in seen:
            problem = f"'{item.per}' measures a whole part."
            yield Slip(("items", at, "per"), problem, "Give it a part that no other item measures.")
        if item.points or item.up_to is not None:
            yield Slip(("items", at, "points"), "what is measured has no points.", "Leave them out.")
        if item.per == "level_points" and scheme.levels is None:
            yield Slip(("items", at, "per"), "needs the points of the levels.", "Add [levels].")
        seen.add(item.part)


def groups_cap_something(scheme: Scheme) -> Iterator[Slip]:
    used = {item.group for item in scheme.items}
    for at, group in enumerate(scheme.groups):
        if group.code not in used:
            problem = f"no item is in the group '{group.code}'."
            yield Slip(("groups", at, "code"), problem, "Name it in an item, or take it out.")
        if group.at_most < 0:
            yield Slip(("groups", at, "at_most"), f"can't be {group.at_most}.", "Write it without a sign.")


def bars_can_be_raised(scheme: Scheme) -> Iterator[Slip]:
    codes = [item.code for item in scheme.items]
    for at, bar in enumerate(scheme.bars):
        path: KeyPath = ("bars", at)
        for index, code in enumerate(bar.items):
            if code not in codes:
                yield _unknown((*path, "items", index), "item", code, codes)
        yield from _kinds_are_known((*path, "counts"), bar.counts)
        if not bar.items and not bar.counts:
            yield Slip((*path, "items"), "names nothing that bars.", "Add items or counts.")
        if (bar.at_least is None) == (bar.more_than is None):
            yield Slip((*path, "at_least"), "needs one limit.", "Write either at_least or more_than.")


def conversions_lead_somewhere(scheme: Scheme) -> Iterator[Slip]:
    codes = [item.code for item in scheme.items if not item.measures]
    for at, rule in enumerate(scheme.conversions):
        path: KeyPath = ("conversions", at)
        for index, code in enumerate(rule.items):
            if code not in codes:
                yield _unknown((*path, "items", index), "item", code, codes)
        if rule.becomes not in codes:
            yield _unknown((*path, "becomes"), "item", rule.becomes, codes)
        if rule.becomes in rule.items:
            yield Slip((*path, "becomes"), "is made from itself.", "Name another item.")
        for key in ("every", "times"):
            if getattr(rule, key) <= 0:
                yield Slip((*path, key), f"can't be {getattr(rule, key)}.", "Write a number above 0.")


def ratings_make_sense(scheme: Scheme) -> Iterator[Slip]:
    rule = scheme.rating
    if rule is None:
        return
    if not rule.verdicts:
        yield Slip(("rating", "verdicts"), "is empty.", "Add at least one verdict.")
    top = Decimal(1) if rule.measure == "positive" else Decimal(5)
    yield from repeated(("rating", "verdicts"), "code", [each.code for each in rule.verdicts])
    for at, each in enumerate(rule.verdicts):
        path: KeyPath = ("rating", "verdicts", at, "at_least")
        if not 0 <= each.at_least <= top:
            yield Slip(path, f"can't be {each.at_least}.", f"Write 0 to {top}.")


def counts_are_counts(scheme: Scheme) -> Iterator[Slip]:
    for section in ("taking_part", "winners"):
        for key in ("month", "quarter", "year"):
            if getattr(getattr(scheme, section), key) < 0:
                yield Slip((section, key), "can't be below 0.", "Write 0 for none.")
    for key, value in vars(scheme.levels).items() if scheme.levels else ():
        if not 0 <= value <= HUNDRED:
            yield Slip(("levels", key), f"can't be {value}.", "Write 0 to 100.")


ALL = (
    ids_are_ids,
    texts_are_there,
    limits_are_in_order,
    weights_make_one,
    items_name_what_is_there,
    points_make_sense,
    measures_stand_alone,
    groups_cap_something,
    bars_can_be_raised,
    conversions_lead_somewhere,
    ratings_make_sense,
    counts_are_counts,
)
