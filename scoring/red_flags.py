"""Red-flag windows (流动红旗): the best of the month by the scheme, told so that no single rating shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from queueing.hall import Hall
from queueing.records import Json
from queueing.store import Desk
from queueing.views import spoken
from scoring.scheme import Scheme
from scoring.scores import score_row
from scoring.store import RatingStore

MOST = 3
"""So many flags; windows that are exactly as good as the last of them have one, too."""


def stretch(today: str) -> tuple[str, str]:
    """The month up to yesterday; on its first day the whole month before."""
    last = date.fromisoformat(today) - timedelta(days=1)
    return last.replace(day=1).isoformat(), last.isoformat()


def red_flags(hall: Hall, scheme: Scheme, desk: Desk, today: str) -> Json:
    """From the facts until yesterday: a board that moved with each rating would tell whose it was."""
    first, last = stretch(today)
    store = cast(RatingStore, desk)
    counts = store.level_counts("window", first, last)
    finished = store.finished_counts("window", first, last)
    rows = {key: score_row(scheme, counts[key], finished.get(key, 0)) for key in counts}
    names = {window.id: spoken(window.name) for window in hall.house.windows}
    best = [window for window in names if window in flagged(scheme, rows)]
    return {"from": first, "until": last, "windows": [{"window": w, "name": names[w]} for w in best]}


def flagged(scheme: Scheme, rows: Mapping[str, Json]) -> set[str]:
    """Those with the best verdict, for which there must be enough ratings, and the most points among them.

    A scheme without verdicts names nobody from ratings alone.
    """
    if scheme.rating is None:
        return set()
    top = max(scheme.rating.verdicts, key=lambda verdict: verdict.at_least).code
    good = {window: merit(row) for window, row in rows.items() if row["verdict"] == top}
    ranked = sorted(good.values(), reverse=True)
    if not ranked:
        return set()
    last = ranked[min(MOST, len(ranked)) - 1]
    return {window for window, worth in good.items() if worth >= last}


def merit(row: Json) -> tuple[float, float, float]:
    """The score first; among equals those whose visitors were the most content."""
    return row["score"], row["positive"], round(row["mean_level"], 2)
