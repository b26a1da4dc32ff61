"""What a hall's file says of following up bad ratings (差评整改); part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class RemedyRules:
    """Whose limits hold; 0 for those that the hall doesn't set itself; what is kept how long."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    province: str = "schemes/provinces/example.toml"
    contact_days: int = 0
    put_right_days: int = 0
    warn_days: int = 3
    link_days: int = 60
    contact_keep_days: float = 60.0
    publish: bool = True
