"""What a province asks of the follow-up of bad ratings (差评); a file in `schemes/provinces/` says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from queueing.house import STRICT, Text
from queueing.remedy_rules import RemedyRules


@dataclass(frozen=True)
class Province:
    """Limits in working days, counted from the working day after the rating.

    `named_called_back`: whoever left a way to be reached is spoken to, not just written to.
    `second_days`: how many days after it was put right the citizen may rate once more.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Text
    source: str
    contact_days: int
    put_right_days: int
    named_called_back: bool = True
    second_days: int = 30


EXAMPLE = Province(
    id="example",
    name=Text(zh="示例省份", en="example province"),
    source="",
    contact_days=1,
    put_right_days=15,
)
"""For a hall that was built without a file, such as a test's."""


def in_force(province: Province, rules: RemedyRules) -> Province:
    """The province's limits with those that the hall sets itself."""
    own = {
        name: getattr(rules, name) for name in ("contact_days", "put_right_days") if getattr(rules, name) > 0
    }
    return replace(province, **own)
