"""People with documents that nobody has, and halls that ask for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.made_up import card, shown
from queueing.house import House
from queueing.identity import Document, Person, person_of

__all__ = ["KEY", "card", "person", "real_name", "real_name_file", "shown"]

KEY = b"a key of identities, for tests"


def person(number: int) -> Person:
    """The same as the hall remembers it."""
    return person_of(Document("resident", card(number)), KEY)


def real_name(house: House, *services: str) -> House:
    """The hall with these services given to real names only."""
    named = [replace(each, real_name=True) if each.id in services else each for each in house.services]
    return replace(house, services=tuple(named))


def real_name_file(folder: Path, small: Path, *services: str, rules: str = "") -> Path:
    """The small hall's file with the same, and with rules of its own."""
    text = small.read_text("utf-8")
    for service in services:
        text = text.replace(f'id = "{service}"\n', f'id = "{service}"\nreal_name = true\n', 1)
    file = folder / "real_name.toml"
    file.write_text(f"{text}\n[identity]\n{rules}\n", "utf-8")
    return file
