"""What a hall's file says of lines that would end after closing; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class ClosingRules:
    """When a line gives no more numbers because the last of it would be served after closing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    stop: bool = True
    grace_minutes: float = 15.0
    slack_minutes: float = 10.0
    ahead_minutes: float = 240.0
