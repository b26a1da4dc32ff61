"""What a hall's file says of numbers without the server; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fallback:
    """The letters and the supply of numbers that a cut-off kiosk, or the guide on paper, hands out."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    prefix: str = "ZY"
    numbers: int = 20
    paper_prefix: str = "ZP"
