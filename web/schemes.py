"""The assessment schemes of the hall: as their files are now, and as releases froze them."""

from __future__ import annotations

from flask import current_app
from pydantic import TypeAdapter

from queueing.house import House
from scoring.releases import SchemeBook
from scoring.scheme import Scheme
from scoring.store import By
from settings.reading import ROOT
from settings.schemes import schemes_of
from web.context import here

EXTENSION = "schemes"


class Book:
    """Read once, when a release or an assessment is first asked for."""

    def __init__(self, house: House) -> None:
        self._files = schemes_of(ROOT / house.scoring.scheme, ROOT / house.scoring.clerk_scheme)
        self._adapter = TypeAdapter(Scheme)

    def in_force(self, subject: By, day: str) -> Scheme:
        return self._files.in_force(subject, day)

    def thawed(self, text: str) -> Scheme:
        return self._adapter.validate_json(text)


def schemes_here() -> SchemeBook:
    """Those of the hall that the present request came to."""
    if EXTENSION not in current_app.extensions:
        current_app.extensions[EXTENSION] = Book(here().house)
    found: SchemeBook = current_app.extensions[EXTENSION]
    return found
