"""What a hall's file says of customer classes: their place in the turn rule, and who grants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from queueing.text import STRICT, Text

Grantor = Literal["kiosk", "guide", "age"]
"""The citizen's own choice at the kiosk, a guide who sees the person, the age on an identity card."""

WALK_IN = "walk_in"
NAMES = {
    WALK_IN: Text("普通", "Walk-in"),
    "priority": Text("优先", "Priority"),
    "appointment": Text("预约", "Appointment"),
}
"""What the known classes are called, unless the hall's file says it; others bring their names."""


@dataclass(frozen=True)
class TicketClass:
    """A customer class and its place in the turn rule; grounds are what a citizen may choose."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    head_start: float = 0.0
    rate: float = 1.0
    grounds: tuple[Text, ...] = ()
    name: Text | None = None
    granted_by: tuple[Grantor, ...] | None = None
    confirm: bool = False
    age: int = 0
    walk_minutes: float = 0.0

    @property
    def grantors(self) -> frozenset[Grantor]:
        """Who may give the class; unless the file says it, kiosk and guide give what has grounds."""
        if self.granted_by is not None:
            return frozenset(self.granted_by)
        return frozenset({"kiosk", "guide"}) if self.grounds else frozenset()


def name_of(name: str, rule: TicketClass | None) -> Text:
    """What the class is called; one that the file has no longer by its id."""
    return rule.name if rule and rule.name else NAMES.get(name) or Text(name, name)
