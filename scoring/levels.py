"""The five national levels (好差评) and what counts as positive."""

from __future__ import annotations

from typing import Literal, get_args

Level = Literal["very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied"]

LEVELS: tuple[Level, ...] = get_args(Level)
POINTS: dict[str, int] = {level: 5 - index for index, level in enumerate(LEVELS)}
"""5 for the best, 1 for the worst."""
NEGATIVE: frozenset[str] = frozenset({"dissatisfied", "very_dissatisfied"})
"""差评: asks for a reason."""
