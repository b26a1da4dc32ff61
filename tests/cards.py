"""Numbers of documents that nobody has: no region begins with 0, so no card was ever issued with one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from queueing.house import House
from queueing.identity import Document, Person, check_character, person_of

KEY = b"a key of identities, for tests"


def card(person: int, born: str = "19800101") -> str:
    """A number with a right check character, a different one for each person up to 999,999."""
    first = f"{person // 1000:06d}{born}{person % 1000:03d}"
    return first + check_character(first)


def shown(person: int) -> dict[str, str]:
    """What a kiosk sends of it."""
    return {"document": "resident", "number": card(person)}


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
