"""What a hall's file says of how long and how often things may be done; records of `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Limits:
    """How long and how often things may be done."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    undo_seconds: float = 10.0
    reinstate_places: int = 3
    reinstatements: int = 2
    reinstate_minutes: float = 120.0
    calls_before_no_show: int = 1
    issue_early_minutes: float = 15.0
    idempotency_hours: float = 48.0


@dataclass(frozen=True)
class DoorRules:
    """How often anybody may ask, how many screens may be open, how slowly a request may arrive."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    presses: int = 1200
    looks: int = 3000
    of_ticket: int = 240
    of_strangers: int = 12_000
    lookups: int = 300
    sign_ins: int = 120
    sockets: int = 30
    sockets_of_strangers: int = 4000
    connections_per_address: int = 2000
    request_seconds: float = 30.0
