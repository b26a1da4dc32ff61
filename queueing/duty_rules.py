"""What a hall's file says of promises and of the hours that windows keep; part of `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class DutyRules:
    """From how many minutes on something counts as a fact of an assessment; 0: it never does."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    late_minutes: float = 10.0
    unattended_minutes: float = 10.0
    promised_wait_minutes: float = 0.0
