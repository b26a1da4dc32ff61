"""Numbers of documents that nobody has: no region begins with 0, so no card was ever issued with one."""

from __future__ import annotations

from queueing.identity import check_character


def card(person: int, born: str = "19800101") -> str:
    """A number with a right check character, a different one for each person up to 99,999,999."""
    first = f"{person // 1000:06d}{born}{person % 1000:03d}"
    return first + check_character(first)


def shown(person: int) -> dict[str, str]:
    """What a kiosk sends of it."""
    return {"document": "resident", "number": card(person)}
