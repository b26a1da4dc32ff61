"""What a hall's file says of webhooks and LED strips; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from queueing.text import STRICT

SignalEvent = Literal[
    "called", "almost", "postponed", "missed", "waiting", "finished", "left", "rating", "rating.negative",
    "booking.made", "booking.moved", "booking.cancelled", "booking.reminder", "booking.missed",
]  # fmt: skip
ALL_EVENTS: tuple[SignalEvent, ...] = (
    *("called", "almost", "postponed", "missed"), *("waiting", "finished", "left"),
)  # fmt: skip
"""What becomes of tickets; of ratings and appointments only a hook is told that asks for it by name."""


TO_FILE = "file:"

PUSH_SERVICES = (
    *("fcm.googleapis.com", "updates.push.services.mozilla.com"),
    *("*.notify.windows.com", "*.push.apple.com"),
)
"""Of Chrome, Firefox, Edge and Safari."""


@dataclass(frozen=True)
class Hook:
    """One address that is told what happens to tickets."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    url: str
    secret_file: str
    events: tuple[SignalEvent, ...] = ALL_EVENTS
    pagers_only: bool = False
    timeout_seconds: float = 5.0
    give_up_minutes: float = 10.0

    @property
    def is_file(self) -> bool:
        """Whether messages are written to a file of the data folder, for trying."""
        return self.url.startswith(TO_FILE)

    @property
    def file(self) -> str:
        return self.url.removeprefix(TO_FILE)


@dataclass(frozen=True)
class Signals:
    """Who is told, and when somebody's turn is near."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    ahead: int = 2
    hooks: tuple[Hook, ...] = ()
    push: bool = False
    push_contact: str = ""
    push_services: tuple[str, ...] = PUSH_SERVICES


@dataclass(frozen=True)
class LedController:
    """One controller and the windows whose strips it lights, in the order of its own lines."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    host: str
    windows: tuple[str, ...]
    port: int = 5200
    driver: Literal["line"] = "line"
    encoding: Literal["gb18030", "utf-8"] = "gb18030"
    characters: int = 16
