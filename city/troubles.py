"""What is wrong in a hall, the worst first, and in which order halls need somebody."""

from __future__ import annotations

from collections.abc import Iterator

from queueing.records import Json

LEVELS = ("bad", "caution")


def troubles_of(seen: Json, machine: list[Json], kept: str | None, long_minutes: float) -> list[Json]:
    """Of the people first, then of the machine; each with a code, a level and the figures in its sentence."""
    found = [*_of_people(seen, long_minutes), *machine]
    if kept:
        found.insert(0, trouble("not_kept", "bad", reason=kept))
    return sorted(found, key=lambda each: LEVELS.index(each["level"]))


def _of_people(seen: Json, long_minutes: float) -> Iterator[Json]:
    if seen["waiting"] and seen["planned"] and not seen["open"]:
        yield trouble("nobody_serves", "bad", waiting=seen["waiting"])
    if seen["longest"] >= long_minutes:
        level = "bad" if seen["longest"] >= 2 * long_minutes else "caution"
        yield trouble("long_wait", level, minutes=seen["longest"])
    if seen["high"] is not None and seen["high"] >= 2 * long_minutes:
        yield trouble("long_line", "caution", minutes=seen["high"])
    if seen["waiting"] and seen["open"] and 2 * seen["open"] < seen["planned"]:
        yield trouble("few_windows", "caution", open=seen["open"], planned=seen["planned"])
    if seen["ends_late"]:
        yield trouble("ends_late", "caution", lines=seen["ends_late"])


def trouble(code: str, level: str, **facts: object) -> Json:
    return {"code": code, "level": level, "facts": facts}


OF_PEOPLE = frozenset({"nobody_serves", "long_wait", "long_line", "few_windows", "ends_late"})
"""What everybody in the city's office reads; the rest is for those who see to machines."""


def need(hall: Json) -> tuple[float, ...]:
    """Sorts halls by who needs somebody most: shut ones, then by troubles, then by the longest wait."""
    levels = [each["level"] for each in hall["troubles"]]
    return (-(hall["state"] == "shut"), -levels.count("bad"), -len(levels), -(hall.get("longest") or 0))
