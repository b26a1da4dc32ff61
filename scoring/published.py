"""What a hall publishes of its ratings: whole months only, and nothing that would tell a single person."""

from __future__ import annotations

from datetime import date, timedelta

from queueing.hall import Hall
from queueing.records import Json
from queueing.store import Desk
from scoring.following_up import remedies
from scoring.remedy_store import MonthsRatings
from scoring.scores import month_days

FEWEST, FEWEST_CLERKS = 5, 2
"""Of fewer ratings, or of one clerk's alone, nothing is published: it would say who said what of whom."""


def published(hall: Hall, desk: Desk) -> Json:
    """The last full month: ratings, share positive (好评率), share of bad ones put right (整改率)."""
    month = last_month(hall.day(hall.now()))
    counts = remedies(desk).months_ratings(*month_days(month))
    if not hall.house.remedy.publish or counts.ratings < FEWEST or counts.clerks < FEWEST_CLERKS:
        return {"month": month, "told": False} | dict.fromkeys(
            ("ratings", "positive", "negative", "put_right")
        )
    return {"month": month, "told": True} | figures(counts)


def figures(counts: MonthsRatings) -> Json:
    """Ratings that were set aside count in neither share; those found untrue needn't be put right.

    The number of both is told beside the shares, so that nothing is made to look better.
    """
    counted, owed = counts.good + counts.owed, counts.owed - counts.untrue
    return {
        "ratings": counts.ratings,
        "positive": counts.good / counted if counted else None,
        "negative": counts.negative,
        "set_aside": counts.set_aside,
        "untrue": counts.untrue,
        "put_right": counts.put_right / owed if owed else None,
    }


def last_month(today: str) -> str:
    """The last one that is over."""
    first = date.fromisoformat(today).replace(day=1)
    return (first - timedelta(days=1)).isoformat()[:7]
