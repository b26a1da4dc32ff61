"""The assessment schemes of the hall: as their files are now, and as releases froze them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from scoring.releases import SchemeBook
from scoring.scheme import Scheme
from scoring.store import By
from scoring.versions import HallSchemes
from web.context import here


@cache
def adapter() -> TypeAdapter[Scheme]:
    return TypeAdapter(Scheme)


@dataclass(frozen=True)
class Book:
    """What releases ask of schemes."""

    files: HallSchemes

    def in_force(self, subject: By, day: str) -> Scheme:
        return self.files.in_force(subject, day)

    def thawed(self, text: str) -> Scheme:
        return adapter().validate_json(text)


def schemes_here() -> SchemeBook:
    """Those of the hall that the present request came to."""
    return Book(here().schemes)
