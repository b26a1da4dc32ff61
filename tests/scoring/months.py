"""A hall with two schemes, facts made by hand, and people who release and appeal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from queueing.records import Json, Press
from scoring.appeals import Appeals
from scoring.assessed import Assessed
from scoring.fact_store import fact_rows
from scoring.facts import Fact, Withdrawal
from scoring.proposals import Proposals
from scoring.rounds import Rounds
from scoring.years import Years
from settings.reading import ROOT
from settings.schemes import schemes_of
from tests.scene import Scene
from web.schemes import Book

SCHEMES = ROOT / "schemes"
IDS = count(1)
NOON = "2026-10-12T04:00:00.000Z"


def fact(item: str, day: str = "2026-10-12", kind: str = "item", **more: Any) -> Fact:
    """One that the inspector entered at noon, at window 1 unless it says otherwise."""
    usual: Json = {"window": "1", "origin": "inspector", "author": "guan", "at": f"{day}T04:00:00.000Z"}
    return Fact(f"fact-{next(IDS)}", day, kind, item, **(usual | more))  # type: ignore[arg-type]


class Months:
    """The small hall, with what releases, appeals and lists of honour are made of."""

    def __init__(self, folder: Path, **parts: Any) -> None:
        self.scene = Scene(folder, **parts)
        self.hall, self.store = self.scene.hall, self.scene.store
        self.files = schemes_of(SCHEMES / "yihuang-window.toml", SCHEMES / "yihuang-clerk.toml")
        self.use(Book(self.files))

    def use(self, book: Book) -> None:
        """From now on the scheme files say this."""
        self.book = book
        self.rounds, self.assessed = Rounds(self.hall, book), Assessed(self.hall, book)
        self.proposals, self.years, self.appeals = (
            Proposals(self.hall, book), Years(self.hall, book), Appeals(self.hall)
        )  # fmt: skip

    def heavier(self, code: str, points: str) -> Book:
        """The window's scheme with one item changed, of the same version: somebody edited the file."""
        scheme = self.files.window[0]
        items = tuple(replace(i, points=Decimal(points)) if i.code == code else i for i in scheme.items)
        return Book(replace(self.files, window=(replace(scheme, items=items),)))

    # -- what people do -------------------------------------------------------------------------

    def enter(self, *facts: Fact) -> None:
        def keep(desk: Any) -> Json:
            for each in facts:
                fact_rows(desk).add_fact(each)
            return {}

        self.store.change(keep, self.by("guan", "inspector"))

    def withdraw(self, one: Fact, reason: str = "entered twice") -> None:
        taken = Withdrawal(self.hall.now(), "guan", reason)
        self.store.change(lambda desk: desk.withdraw_fact(one.id, taken) or {}, self.by("guan", "inspector"))

    def release(self, period: str = "2026-10", key: str | None = None, **how: Any) -> Json:
        anew = how.pop("scheme_anew", False)
        ready = self.look(lambda desk: self.rounds.prepare(desk, period, scheme_anew=anew))
        return self.rounds.release(ready, **how, by=self.by("chen", "supervisor", key))

    def publish(self, period: str, by: Any = "window", key: str | None = None, missing: bool = False) -> Json:
        found = self.look(lambda desk: self.proposals.candidates_of(desk, period, by))
        press = self.by("chen", "supervisor", key)
        return self.proposals.publish(found, period, by, missing=missing, press=press)

    def appeal(self, about: Fact, clerk: str = "li", text: str = "I was at the window.", **how: Any) -> Json:
        by, subject = how.pop("by", "window"), how.pop("subject", about.window or "")
        found = self.look(
            lambda desk: self.assessed.deduction(desk, clerk, about.day[:7], by, subject, about.id)
        )
        return self.appeals.appeal(found, text=text, by=self.by(clerk, key=how.get("key")))

    def decide(self, appeal: str, verdict: Any, who: str = "chen", key: str | None = None) -> Json:
        press = self.by(who, "supervisor", key)
        return self.appeals.decide(appeal=appeal, verdict=verdict, reason="The log shows it.", by=press)

    def by(self, who: str, role: str = "clerk", key: str | None = None) -> Press:
        return self.scene.by(who, role, key)

    # -- what they see --------------------------------------------------------------------------

    def look(self, work: Any) -> Any:
        return self.store.look(work)

    def released(self, subject: str = "1", by: Any = "window", revision: int | None = 1) -> Json:
        one: Json = self.look(lambda desk: self.assessed.one(desk, "2026-10", by, subject, revision))
        return one

    def changes(self, period: str = "2026-10", revision: int | None = None) -> Json:
        told: Json = self.look(lambda desk: self.rounds.changes(desk, period, revision))
        return told

    def mine(self, clerk: str = "li", period: str = "2026-10") -> Json:
        told: Json = self.look(lambda desk: self.assessed.mine(desk, clerk, period))
        return told

    def events(self, *actions: str) -> list[Any]:
        return [event for event in self.scene.events() if event.action in actions]

    def november(self) -> None:
        """The first of November, nine in the morning."""
        self.later(days=20)

    def later(self, days: float) -> None:
        self.scene.clock.turn(minutes=days * 24 * 60)


@contextmanager
def months(folder: Path, **parts: Any) -> Iterator[Months]:
    opened = Months(folder, **parts)
    yield opened
    opened.scene.close()
