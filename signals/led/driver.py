"""What a driver must be able to do; `line.py` is one, `template.py` a beginning for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from queueing.signal_rules import LedController
from web.outside import InThread

Colour = Literal["red", "green", "amber"]


@dataclass(frozen=True)
class Shown:
    """What one strip shows."""

    colour: Colour
    text: str


class NoStrip(Exception):
    """The controller doesn't answer, or says something else than it should."""


class Driver(Protocol):
    """A connection to one controller. Each call returns when it was understood, or raises NoStrip."""

    def open(self) -> None:
        """Connects; called again after each failure."""

    def show(self, window: str, shown: Shown) -> None:
        """From now on the strip of that window shows this."""

    def alive(self) -> None:
        """Says that the hall is still there."""

    def close(self) -> None:
        """Hangs up; never raises."""


Makes = Callable[[LedController, InThread], Driver]


def drivers() -> Mapping[str, Makes]:
    """By the name that the hall's file uses."""
    from signals.led.line import LineDriver

    return {"line": LineDriver}
