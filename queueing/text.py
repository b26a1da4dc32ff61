"""A text of the hall's file in its languages; what every record of `queueing.house` is named with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

STRICT: dict[str, Any] = {"extra": "forbid"}
"""Read by the loader: a key that no record knows stops the start."""


@dataclass(frozen=True)
class Text:
    """One name in the hall's languages; Traditional Chinese is derived when it isn't given."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    zh: str
    en: str
    zh_hant: str = ""
