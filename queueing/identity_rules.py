"""What a hall's file says of real-name services; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class IdentityRules:
    """What real-name services ask, how long it is kept, and who takes no number for a while."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    asked: bool = True
    other_documents: bool = True
    open_per_service: int = 1
    open_in_hall: int = 3
    no_shows: int = 2
    no_show_days: int = 14
    blocked_days: int = 7
    keep_days: int = 30

    @property
    def needed_days(self) -> int:
        """How long a no-show can matter: it is counted for a while, and the block runs from the last one."""
        return self.no_show_days + self.blocked_days if self.no_shows else 0
