"""A hall with bad ratings to follow up: what the tests of the follow-up share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from queueing.records import Press
from scoring.following_up import FollowUp, Wish
from scoring.province import EXAMPLE
from scoring.rating_appeals import RatingAppeals
from scoring.second_ratings import Citizens
from tests.scene import Scene

DAY = 24 * 60.0
SUPERVISOR, OTHER = "chen", "admin"


class BadScene(Scene):
    """The usual cast, a supervisor and an administrator who follow up."""

    def __init__(self, folder: Path, **parts: Any) -> None:
        super().__init__(folder, **parts)
        self.following = FollowUp(self.hall, EXAMPLE)
        self.citizens = Citizens(self.following, self.ratings)
        self.appeals = RatingAppeals(self.following)

    def rated(self, level: str = "dissatisfied", window: str = "1", clerk: str = "li") -> str:
        """A visit that was rated so; the ticket's key."""
        service = "id-card" if window == "1" else "pension"
        self.take(service)
        if self.store.look(lambda desk: desk.window(window)).clerk != clerk:
            self.sit(window, clerk)
        key = self.serve_one(window, clerk)
        reasons = ["202"] if "dissatisfied" in level else []
        self.ratings.rate_by_phone(ticket=key, level=level, reasons=reasons, by=self.by(role="holder"))
        return key

    def bad(self, **how: str) -> int:
        """The number of the follow-up of a bad rating."""
        return self.case(self.rated(**how)).id

    def case(self, ticket: str) -> Any:
        return self.store.look(lambda desk: desk.remedy_of(ticket))

    def staff(self, who: str, role: str = "supervisor", key: str | None = None) -> Press:
        return self.by(who, role, key)

    def step(self, case: int, action: Any, who: str = SUPERVISOR, **more: str) -> str:
        note = more.pop("note", "说明")
        by = self.staff(who, key=more.pop("key", None))
        told = self.following.take(remedy=case, wish=Wish(action, note, **more), by=by)
        return str(told["state"])

    def row(self, case: int, viewer: str = SUPERVISOR) -> dict[str, Any]:
        return self.store.look(lambda desk: self.following.detail(desk, viewer, case))

    def holder(self) -> Press:
        return self.by(role="holder")
