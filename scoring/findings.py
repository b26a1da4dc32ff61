"""Figures that can't be right: pointed out with the visits that they rest on, and left in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, product
from typing import Literal

from queueing.clock import minutes_between
from queueing.records import Json
from queueing.report_rules import ReportRules
from scoring.figure_store import FigureStore, Odd, Stretch
from scoring.figures import By, Values

Kind = Literal[
    "pile", "one_as_many", "many_as_one", "seconds", "hours", "unattended", "left_open", "jump",
]  # fmt: skip
"""Entered late in a pile; one case entered as many; one entry for many cases; services of seconds, of hours,
while nobody was there, never closed; a number ten times that of the period before, or a tenth of it."""

LEAST_LONG_SECONDS = 1800.0
"""A service of less than half an hour hardly stands for many, however short it usually is."""

JUMPING = ("received", "finished", "done", "at_once", "no_shows", "abandoned", "transferred", "ratings")


@dataclass(frozen=True)
class Finding:
    """Something that can hardly be right at a window, or in a row of a view; `visits` are the evidence."""

    kind: Kind
    n: int
    window: str | None = None
    clerk: str | None = None
    visits: tuple[Odd, ...] = ()
    more: Json = field(default_factory=dict)


def found_in(
    store: FigureStore, stretch: Stretch, rules: ReportRules, usual: Mapping[str, float]
) -> list[Finding]:
    """From single visits, those with most of them first; `usual`: each service's median in seconds."""
    return sorted(
        [
            *_piles(store, stretch, rules),
            *_short(store, stretch, rules),
            *_long(store, stretch, rules, usual),
            *_unattended(store, stretch, rules),
        ],
        key=lambda finding: (-finding.n, finding.kind, finding.window or ""),
    )


# -- entered late, or entered as many ------------------------------------------------------------


def _piles(store: FigureStore, stretch: Stretch, rules: ReportRules) -> Iterator[Finding]:
    """Runs of visits that ended one right after the other."""
    if not rules.pile_visits and not rules.together_visits:
        return
    for run in runs(store.close_finishes(stretch, rules.pile_seconds), rules.pile_seconds):
        kind = kind_of(run, rules)
        if kind is not None:
            yield Finding(kind, len(run), run[0].window, run[0].clerk, tuple(run), _about(run, rules))


def runs(visits: Iterable[Odd], seconds: float) -> Iterator[list[Odd]]:
    """Visits in the order of their windows and ends, cut wherever a longer time passed."""
    run: list[Odd] = []
    for visit in visits:
        if run and (visit.seconds is None or visit.seconds > seconds):
            yield run
            run = []
        run.append(visit)
    if run:
        yield run


def kind_of(run: Sequence[Odd], rules: ReportRules) -> Kind | None:
    """Tickets of one service taken together are one case entered as many; else many make a pile."""
    if 0 < rules.together_visits <= len(run) and is_one_case(run, rules.together_seconds):
        return "one_as_many"
    return "pile" if 0 < rules.pile_visits <= len(run) else None


def is_one_case(run: Sequence[Odd], seconds: float) -> bool:
    taken = sorted(visit.joined_at for visit in run)
    near = all(60.0 * minutes_between(one, next_) <= seconds for one, next_ in pairwise(taken))
    return near and len({visit.service for visit in run}) == 1


def _about(run: Sequence[Odd], rules: ReportRules) -> Json:
    """How long nothing had been entered before, when that was long."""
    quiet = run[0].seconds
    lasted = round(60.0 * minutes_between(run[0].finished_at, run[-1].finished_at))
    told: Json = {"seconds": lasted}
    if quiet is not None and quiet >= 60.0 * rules.quiet_minutes:
        told["quiet_minutes"] = round(quiet / 60.0)
    return told


# -- services that were too short or too long ----------------------------------------------------


def _short(store: FigureStore, stretch: Stretch, rules: ReportRules) -> Iterator[Finding]:
    if rules.short_seconds:
        found = store.services_under(stretch, rules.short_seconds)
        yield from _at_windows("seconds", found, limit=rules.short_seconds)


def _long(
    store: FigureStore, stretch: Stretch, rules: ReportRules, usual: Mapping[str, float]
) -> Iterator[Finding]:
    """Hours are pointed out as such; below that, many times what is usual for the service."""
    most = 60.0 * rules.long_minutes or float("inf")
    over = store.services_over(stretch, min(most, LEAST_LONG_SECONDS))
    limits = {name: rules.many_times * median for name, median in usual.items()} if rules.many_times else {}
    hours = [visit for visit in over if took(visit) >= most]
    many = [visit for visit in over if limits.get(visit.service, most) <= took(visit) < most]
    yield from _at_windows("hours", hours, limit=rules.long_minutes)
    yield from _at_windows("many_as_one", many, limit=rules.many_times)


def _unattended(store: FigureStore, stretch: Stretch, rules: ReportRules) -> Iterator[Finding]:
    """What was under way when the sign was put up may be finished behind it, but not for long."""
    if rules.behind_sign_minutes:
        found = store.finishes_without_anybody(stretch, 60.0 * rules.behind_sign_minutes)
        yield from _at_windows("unattended", found, limit=rules.behind_sign_minutes)


def took(visit: Odd) -> float:
    return visit.seconds or 0.0


def _at_windows(kind: Kind, visits: Iterable[Odd], **more: float) -> Iterator[Finding]:
    """One finding for each window and clerk."""
    ordered = sorted(visits, key=lambda visit: (visit.window, visit.clerk or "", visit.finished_at))
    for (window, clerk), group in groupby(ordered, lambda visit: (visit.window, visit.clerk)):
        found = tuple(group)
        yield Finding(kind, len(found), window, clerk, found, dict(more))


# -- rows of a view ------------------------------------------------------------------------------


def left_open(windows: Mapping[str, Values]) -> Iterator[Finding]:
    """Services that nobody ended: the end of the day did."""
    for window, values in windows.items():
        if values["unclosed"]:
            yield Finding("left_open", int(values["unclosed"]), window or None)


def jumps(
    by: By, now: Mapping[str, Values], then: Mapping[str, Values], rules: ReportRules, *, over: bool
) -> Iterator[Finding]:
    """Numbers many times those of the period before or, once this one is over, a fraction of them."""
    if not rules.jump_times or not then:
        return
    names = sorted({*now, *then} - ({""} if by != "hall" else set()))
    for name, code in product(names, JUMPING):
        new, old = _number(now, name, code), _number(then, name, code)
        grown = new >= rules.jump_times * old and new >= rules.jump_least
        shrunk = over and old >= rules.jump_times * new and old >= rules.jump_least
        if grown or shrunk:
            more = {"by": by, "figure": code, "was": old}
            yield Finding("jump", new, name if by == "window" else None, more=more)


def _number(rows: Mapping[str, Values], name: str, code: str) -> int:
    return int(rows[name][code] or 0) if name in rows else 0
