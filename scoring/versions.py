"""Which version of a scheme is in force: a period goes by the one that was valid on its first day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.errors import NoSchemeInForce
from scoring.scheme import Scheme, Subject


def age(scheme: Scheme) -> tuple[str, int]:
    return scheme.valid_from.isoformat(), scheme.version


def scheme_in_force(schemes: Iterable[Scheme], subject: Subject, day: str) -> Scheme:
    """The newest version that was valid on the day; raises NoSchemeInForce."""
    valid = [each for each in schemes if each.subject == subject and each.valid_from.isoformat() <= day]
    if not valid:
        raise NoSchemeInForce(subject=subject, day=day)
    return max(valid, key=age)


@dataclass(frozen=True)
class HallSchemes:
    """All versions of the two schemes that a hall's file names."""

    window: tuple[Scheme, ...]
    clerk: tuple[Scheme, ...]

    def in_force(self, subject: Subject, day: str) -> Scheme:
        return scheme_in_force(self.window if subject == "window" else self.clerk, subject, day)
