"""What a hall's file says of ticket printers and of the slip; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from queueing.text import STRICT, Text

DOTS = {58: 384, 80: 576}
"""How many dots a printer of this paper usually sets side by side: eight to a millimetre."""


@dataclass(frozen=True)
class Printer:
    """One printer that speaks ESC/POS, and whose slips come out of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    kind: Literal["network", "usb", "file"]
    host: str = ""
    port: int = 9100
    device: str = ""
    file: str = ""
    paper: Literal[58, 80] = 80
    dots: Literal[0, 384, 512, 576, 640] = 0
    cut: bool = True
    tells: bool = True
    areas: tuple[str, ...] = ()
    kiosks: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    fallback: str = ""

    @property
    def for_all(self) -> bool:
        """Whether it prints for every kiosk that no other printer names."""
        return not (self.kiosks or self.areas or self.windows)

    @property
    def across(self) -> int:
        """How many dots a line has."""
        return self.dots or DOTS[self.paper]


@dataclass(frozen=True)
class SlipRules:
    """What stands on a slip, and until when it is worth printing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    logo: str = ""
    materials: int = 8
    again_seconds: float = 60.0
    late_minutes: float = 10.0
    look_seconds: float = 5.0
