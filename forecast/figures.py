"""The turn rule's figures for the lines of a scene, and what a call costs."""

from __future__ import annotations

import numpy as np

from forecast.courses import Names
from forecast.learning import Learned
from forecast.presence import REST
from forecast.rosters import Roster
from forecast.scenes import NEVER, Figures, Floats, Staffing
from forecast.situations import Situation, TurnFigures


def planned(roster: Roster) -> tuple[Floats, Floats]:
    """When each row of its staffing was to begin and end; a row for each part of an opening."""
    times = np.array([[each.opens, each.closes] for each in roster.openings]).reshape(-1, 2)
    return np.repeat(times[:, 0], 2), np.repeat(times[:, 1], 2)


def home_in_time(staffing: Staffing, planned_opens: Floats, planned_closes: Floats) -> Staffing:
    """Whoever goes on after the end goes home at the latest when others begin again after the long break.

    The plans are those of the staffing's rows; without it a window that isn't planned for the afternoon would
    stay through it, only because nobody ever left while people waited at noon.
    """
    later = planned_opens[None, :] > planned_closes[:, None] + REST
    begins = np.where(later, planned_opens[None, :], NEVER).min(axis=1, initial=NEVER)
    closes = np.minimum(staffing.closes, begins)
    return staffing._replace(opens=np.minimum(staffing.opens, closes), closes=closes)


def figures_of(names: Names, situation: Situation, learned: Learned) -> Figures:
    """The turn rule's figures for each line; a class that isn't known has no advantage."""
    own = [situation.classes.get(ticket_class, TurnFigures()) for _, ticket_class, _ in names.lines]
    return Figures(
        np.array([each.head_start for each in own]), np.array([each.rate for each in own]),
        learned.absent_minutes.value, learned.gap.value,
    )  # fmt: skip
