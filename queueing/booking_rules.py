"""What a hall's file says of appointments; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from queueing.identity_rules import IdentityRules
from queueing.text import STRICT


@dataclass(frozen=True)
class BookableService:
    """One service whose share of its windows' time differs from the hall's; 0: none of it is bookable."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    service: str
    share: float


@dataclass(frozen=True)
class Reminder:
    """When somebody is reminded: so many days before at a time of day, or so many minutes before the slot."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    days_before: int = 0
    at: str = ""
    minutes_before: float = 0.0

    @property
    def name(self) -> str:
        """By which the hall remembers that it was sent."""
        return f"{self.days_before} days {self.at}" if self.at else f"{self.minutes_before:g} minutes"


@dataclass(frozen=True)
class BookingRules:
    """How much of the windows' time may be booked, when one may come, and what not coming costs."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    share: float = 0.0
    services: tuple[BookableService, ...] = ()
    prefix: str = "YY"
    slot_minutes: int = 30
    days_ahead: int = 14
    lead_minutes: float = 60.0
    early_minutes: float = 30.0
    grace_minutes: float = 10.0
    late_minutes: float = 30.0
    phone_check_in: bool = True
    moves: int = 3
    open_per_person: int = 2
    open_per_address: int = 50
    missed: int = 3
    missed_days: int = 90
    blocked_days: int = 30
    keep_days: int = 120
    per_minute: int = 6
    reminders: tuple[Reminder, ...] = (Reminder(days_before=1, at="18:00"), Reminder(minutes_before=120))

    @property
    def asked_after(self) -> IdentityRules:
        """What bookings that were missed cost, in the words of missed calls (`queueing.persons`)."""
        return IdentityRules(
            no_shows=self.missed, no_show_days=self.missed_days, blocked_days=self.blocked_days
        )

    @property
    def needed_days(self) -> int:
        """How long a missed booking can matter."""
        return self.asked_after.needed_days

    @property
    def is_on(self) -> bool:
        """Whether anything can be booked in this hall."""
        return any(share > 0 for share in (self.share, *(each.share for each in self.services)))

    def share_of(self, service: str) -> float:
        """The part of its windows' time that may be booked for a service."""
        return next((each.share for each in self.services if each.service == service), self.share)
