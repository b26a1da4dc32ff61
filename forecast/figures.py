"""The turn rule's figures for the lines of a scene, and what a call costs."""

from __future__ import annotations

import numpy as np

from forecast.courses import Names
from forecast.learning import Learned
from forecast.scenes import Figures
from forecast.situations import Situation, TurnFigures


def figures_of(names: Names, situation: Situation, learned: Learned) -> Figures:
    """The turn rule's figures for each line; a class that isn't known has no advantage."""
    own = [situation.classes.get(ticket_class, TurnFigures()) for _, ticket_class, _ in names.lines]
    return Figures(
        np.array([each.head_start for each in own]), np.array([each.rate for each in own]),
        learned.absent_minutes.value, learned.gap.value,
    )  # fmt: skip
