"""Ids, number prefixes and texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass

from queueing.house import House, Text
from settings.findings import KeyPath, Slip

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
PREFIX = re.compile(r"[A-Z]{1,3}")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like 1 and 0."""
SECTIONS = ("areas", "hours", "departments", "services", "windows", "pauses", "staff", "printers", "led")


def equal_ids(house: House) -> Iterator[Slip]:
    for section in SECTIONS:
        yield from repeated((section,), "id", [each.id for each in getattr(house, section)])
    codes = [each.code for each in house.rating.reasons]
    yield from repeated(("rating", "reasons"), "code", codes)


def equal_prefixes(house: House) -> Iterator[Slip]:
    prefixes = [each.prefix for each in house.services]
    yield from repeated(("services",), "prefix", prefixes)


def repeated(section: KeyPath, key: str, values: list[str]) -> Iterator[Slip]:
    first: dict[str, int] = {}
    for at, value in enumerate(values):
        if value in first:
            problem = f"'{value}' is also the {key} of {section[-1]}[{first[value]}]."
            yield Slip((*section, at, key), problem, "Give each its own.")
        first.setdefault(value, at)


def ids_fit_an_address(house: House) -> Iterator[Slip]:
    """Ids stand in page addresses, in API calls and on the command line."""
    ids = [
        ((section, at, "id"), each.id)
        for section in SECTIONS
        for at, each in enumerate(getattr(house, section))
    ]
    for path, value in [(("hall", "id"), house.hall.id), *ids]:
        if not ID.fullmatch(value):
            yield Slip(path, f"'{value}' can't be an id.", "Use A-Z, a-z, 0-9, - and _, without blanks.")


def prefixes_are_letters(house: House) -> Iterator[Slip]:
    for at, service in enumerate(house.services):
        if not PREFIX.fullmatch(service.prefix):
            problem = f"'{service.prefix}' can't be a number prefix."
            yield Slip(("services", at, "prefix"), problem, "Use one to three capital letters A to Z.")


def fallback_letters_are_free(house: House) -> Iterator[Slip]:
    """Numbers from a cut-off kiosk and from paper meet those of every service on one board."""
    taken = {each.prefix: f"services[{at}]" for at, each in enumerate(house.services)}
    for key in ("prefix", "paper_prefix"):
        letters = getattr(house.fallback, key)
        if not PREFIX.fullmatch(letters):
            problem = f"'{letters}' can't be a number prefix."
            yield Slip(("fallback", key), problem, "Use one to three capital letters A to Z.")
        elif letters in taken:
            problem = f"'{letters}' is also the prefix of {taken[letters]}."
            yield Slip(
                ("fallback", key), problem, f"Choose letters that no service uses, such as {free(taken)}."
            )
        taken.setdefault(letters, "fallback.prefix")


def free(taken: Collection[str]) -> str:
    """Two letters that are still to be had."""
    pairs = (f"{one}{other}" for one in reversed(LETTERS) for other in reversed(LETTERS))
    return next((pair for pair in pairs if pair not in taken), "QQQ")


def texts_say_something(house: House) -> Iterator[Slip]:
    for path, text in texts_in(house, ()):
        for language in ("zh", "en"):
            if not getattr(text, language).strip():
                yield Slip((*path, language), "is empty.", "Write the words that people shall read.")


def texts_in(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from texts_in(part, (*path, at))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_in(part, (*path, key))
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name), (*path, each.name))


ALL = (
    equal_ids,
    equal_prefixes,
    ids_fit_an_address,
    prefixes_are_letters,
    fallback_letters_are_free,
    texts_say_something,
)
