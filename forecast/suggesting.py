"""The one change that helps most right now: candidates are played on the same draws, the best is named.

Candidates are every window that is closed or away and could open until the end of its hours, and every open
window helping with one more of the services with the longest waits that its clerk has served before. One is
named only when it saves more than the noise: at least `WORTH` minutes for all who still wait or come, and
more than nothing in nine plays of ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecast.changes import Change, Opens, Serves, clock
from forecast.changing import changed
from forecast.courses import Course
from forecast.expecting import expected
from forecast.history import History
from forecast.scenes import Flags
from forecast.twin import Played, saved

FIRST_PLAYS, PLAYS, FINALISTS = 30, 150, 3
WORTH = 0.5
LONGEST_LINES = 3
MOST_CANDIDATES = 60


@dataclass(frozen=True)
class Candidate:
    """A change, and how it is said to the twin."""

    change: Change
    words: str
    window: str
    services: tuple[str, ...]


def suggestion(history: History, spare: Iterable[str]) -> dict[str, Any] | None:
    """The best change from now on; None when nothing is worth it. `spare`: windows that could open."""
    course = expected(history, FIRST_PLAYS, seed=3)
    without = Played(course)
    found = candidates(history, without, spare)[:MOST_CANDIDATES]
    gains = [float(np.nanmean(without.means() - means_with(course, each, history))) for each in found]
    best = sorted(zip(gains, found, strict=True), key=lambda pair: -pair[0])[:FINALISTS]
    course = expected(history, PLAYS, seed=4)
    without = Played(course)
    told = [effect(course, without, each, history) for gain, each in best if gain > 0]
    worth = [each for each in told if each["saving"]["mean"] >= WORTH and each["saving"]["low"] > 0]
    return max(worth, key=lambda each: float(each["saving"]["mean"]), default=None)


def means_with(course: Course, candidate: Candidate, history: History) -> Any:
    return Played(changed(course, [candidate.change], history)).means()


def candidates(history: History, without: Played, spare: Iterable[str]) -> list[Candidate]:
    lines = longest(without)
    opening = [window for window in spare if window in history.usual and serves(history, window, lines)]
    found = [opens(history, window) for window in opening]
    return found + [helps(history, *each) for each in could_help(history, lines)]


def serves(history: History, window: str, lines: set[str]) -> bool:
    own = history.usual[window].services
    return not own or bool(lines & set(own))


def longest(without: Played) -> set[str]:
    """The services that people will wait for the longest, all together."""
    sums = {name: float(np.nansum(without.waits[:, own])) for name, own in without.services().items()}
    return set(sorted(sums, key=lambda name: -sums[name])[:LONGEST_LINES])


def opens(history: History, window: str) -> Candidate:
    now, usual = history.situation.now, history.usual[window]
    words = f"window {window} opens {clock(now)}"
    return Candidate(Opens(window, float(int(now)), None), words, window, usual.services)


def helps(history: History, window: str, service: str) -> Candidate:
    return Candidate(Serves(window, "", service), f"window {window} serves {service} too", window, (service,))


def could_help(history: History, lines: set[str]) -> list[tuple[str, str]]:
    """Open windows and services that their clerks have served, but these windows don't."""
    served: dict[str, set[str]] = {}
    for visit in history.pool:
        served.setdefault(visit.clerk, set()).add(visit.service)
    here = [o for o in history.situation.openings if o.opens <= history.situation.now < o.closes]
    return [
        (o.window, service)
        for o in here
        if o.window not in history.situation.away
        for service in sorted(lines & served.get(o.clerk, set()) - set(o.takes))
    ]


def effect(course: Course, without: Played, candidate: Candidate, history: History) -> dict[str, Any]:
    """What it would do, for everybody and for those whom it is for."""
    played = Played(changed(course, [candidate.change], history))
    own = [name for name in candidate.services if name in without.services()] or list(without.services())
    return {
        "change": candidate.words,
        "window": candidate.window,
        "kind": "opens" if isinstance(candidate.change, Opens) else "helps",
        "services": helped_most(without, played, own),
        "before": median(without, own),
        "after": median(played, own),
        "saving": saved(without.means(), played.means()),
    }


def helped_most(without: Played, played: Played, services: Sequence[str]) -> list[str]:
    """The services that it takes the most waiting from, at most three."""

    def gain(name: str) -> float:
        before, after = without.services()[name], played.services()[name]
        return float(np.nansum(without.waits[:, before]) - np.nansum(played.waits[:, after]))

    return sorted(services, key=lambda name: -gain(name))[:3]


def median(played: Played, services: Sequence[str]) -> float | None:
    """The median wait of these services' people."""
    groups: list[Flags] = [played.services()[name] for name in services if name in played.services()]
    own = np.logical_or.reduce(groups) if groups else np.zeros(played.waits.shape[1], dtype=bool)
    waits = played.waits[:, own]
    return round(float(np.nanmedian(waits)), 1) if waits.size and not np.isnan(waits).all() else None
