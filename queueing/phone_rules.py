"""What a hall's file lets the holder of a ticket do on the phone; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class PhoneRules:
    """How often, and for how long, somebody who waits may ask for more time."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    postpone_minutes: float = 10.0
    postpones: int = 2
