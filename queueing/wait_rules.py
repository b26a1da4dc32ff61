"""What a hall's file says of how waits are foreseen; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class WaitRules:
    """Whether the hall is played forward, how often at once, and from how many past days it learns."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    forecast: bool = True
    plays: int = 100
    learn_days: int = 60
    ready_minutes: float = 2.0
