"""What a hall's file says of spoken calls; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

STRICT: dict[str, Any] = {"extra": "forbid"}

Tongue = Literal["zh_Hans", "yue", "en"]
"""A spoken language: Mandarin, Cantonese, English. Traditional Chinese is a script, not a voice."""


@dataclass(frozen=True)
class Loudness:
    """How loud the announcers are from one time of day to another; 100 is as loud as the machine."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    starts: str
    ends: str
    percent: int


@dataclass(frozen=True)
class VoiceRules:
    """In which languages, how often, how fast and how loud calls are spoken."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    languages: tuple[Tongue, ...] = ("zh_Hans", "en")
    chime: bool = True
    repeats: int = 2
    drop_repeats_over: int = 1
    drop_languages_over: int = 3
    hurry_seconds: float = 15.0
    backlog_seconds: float = 30.0
    volume: tuple[Loudness, ...] = ()
    rate: int = 150
    pitch: int = 50

    def percent_at(self, clock: str) -> int:
        """How loud it is at that time of the hall's day, written HH:MM."""
        return next((each.percent for each in self.volume if each.starts <= clock < each.ends), 100)
