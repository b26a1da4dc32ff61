"""Who a hall is, and where people find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from queueing.text import STRICT, Text


@dataclass(frozen=True)
class HallInfo:
    """Who the hall is and what it publishes on every screen; degrees of latitude and longitude are WGS 84."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    timezone: str = "Asia/Shanghai"
    languages: tuple[Literal["zh_Hans", "zh_Hant", "en"], ...] = ("zh_Hans", "zh_Hant", "en")
    complaint_phone: str = ""
    notices: tuple[Text, ...] = ()
    address: Text | None = None
    district: Text | None = None
    latitude: float | None = None
    longitude: float | None = None
