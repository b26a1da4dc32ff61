"""What a hall's file says of backups, the log and what is kept; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True)
class BackupRules:
    """When copies of the data are made, where they lie and how many stay."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    folder: str = ""
    every_hours: float = 2.0
    keep_hourly: int = 4
    keep_daily: int = 7
    keep_monthly: int = 3


@dataclass(frozen=True)
class LogRules:
    """The key that signs the log at the end of each day; it never lies in the database."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    key_file: str = ""


@dataclass(frozen=True)
class KeepRules:
    """For how many days personal data stay; each night takes what is older."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    comment_days: float = 365.0
    device_days: float = 365.0
    aside_days: float = 30.0
    announcement_days: float = 30.0
    evidence_days: float = 730.0
    fact_note_days: float = 730.0
