"""What a load is: which hall, how many at once of each kind, and who comes when."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bench.day_citizens import person
from bench.day_demand import demand, minutes_for, pace, window_stretches
from bench.day_plan import Visitor, service_minutes, visitors
from bench.day_trace import trace_for
from bench.made_up import shown
from queueing.house import House
from settings import load_house

MORNING = datetime(2026, 10, 12, 9, 30)
"""A Monday's, on the hall's wall."""

PATIENCE = {
    "kiosk": (4.0, 15.0), "call": (2.0, 12.0), "walk": (10.0, 45.0), "idle": (10.0, 40.0),
    "phone": (300.0, 1500.0),
}  # fmt: skip
"""Think times in the hall's seconds, from and to: at the kiosk, before a call, until the visitor is there,
with nobody in line, and how long a phone looks."""


@dataclass(frozen=True)
class Profile:
    """A kind of hall, how many, visitors a day in each, and screens over all."""

    hall: Path
    visitors: int
    kiosks: int
    boards: int
    phones: int
    speed: float = 60.0
    halls: int = 1


PROFILES = {
    "street": Profile(Path("halls/weicheng.toml"), 300, 2, 4, 50),
    "county": Profile(Path("config.toml"), 600, 4, 8, 100),
    "district": Profile(Path("halls/longquanyi.toml"), 6_000, 16, 30, 1_000, speed=10.0),
    "city": Profile(Path("halls/weicheng.toml"), 300, 40, 60, 600, speed=10.0, halls=20),
}


class Plan:
    """One hall's morning: visitors as they come due, and how long each is served. All times real seconds."""

    def __init__(self, profile: Profile, speed: float, seed: int) -> None:
        self.house: House = load_house(profile.hall)
        self.speed, self.chance = speed, Random(seed)
        day = MORNING.date()
        open_at = window_stretches(self.house, day)
        minutes, trace = minutes_for(self.house, open_at), trace_for(seed)
        wanted = demand(self.house, minutes, trace)
        self._pace = pace(self.house, wanted, profile.visitors, minutes)
        people = visitors(self.house, open_at, wanted, trace, profile.visitors, Random(seed))
        begins = MORNING.replace(tzinfo=people[0].arrives.tzinfo)
        self._coming = deque(each for each in people if each.arrives >= begins)
        self._begins = begins
        self._services = {service.id: service for service in self.house.services}

    def next_visitor(self, after: float) -> Visitor | None:
        """Who has come by so many seconds after the start and stands at no kiosk yet."""
        now = self._begins + timedelta(seconds=after * self.speed)
        return self._coming.popleft() if self._coming and self._coming[0].arrives <= now else None

    def wish(self, visitor: Visitor) -> dict[str, object]:
        """What is chosen at the kiosk; a card is shown where real names are asked."""
        asked = self.house.identity.asked and self._services[visitor.service].real_name
        return {
            "service": visitor.service, "ticket_class": visitor.ticket_class, "ground": visitor.ground,
            "language": visitor.language, **({"identity": shown(person(visitor))} if asked else {}),
        }  # fmt: skip

    def think(self, what: str) -> float:
        return self.chance.uniform(*PATIENCE[what]) / self.speed

    def service(self, service: str) -> float:
        """How long one visit takes at the window."""
        return 60 * service_minutes(self._services[service], self._pace, self.chance) / self.speed
