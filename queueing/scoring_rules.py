"""What a hall's file says of scores; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True)
class ScoringRules:
    """Which scheme the windows are scored by, and how long a clerk may appeal."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    scheme: str = "schemes/county-window.toml"
    clerk_scheme: str = "schemes/county-clerk.toml"
    appeal_days: float = 7.0
