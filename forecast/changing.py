"""Puts changes into a course: everything that a change doesn't touch keeps its draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from forecast.changes import (
    DAY,
    Bookings,
    Change,
    ChangeError,
    Closes,
    Demand,
    Opens,
    Rule,
    Serves,
    Until,
)  # fmt: skip
from forecast.courses import Course
from forecast.history import History
from forecast.logs import Stretch
from forecast.presence import REST
from forecast.rosters import Roster
from forecast.scenes import NEVER, Flags, Floats, Ints, Staffing
from forecast.situations import Opening

PARTS = 2
"""Rows of staffing for each stretch: until a closure that nobody planned, and after it."""
CLOSE = 5.0
"""Minutes: whoever closes so near to when the hall does closes with it."""


def changed(course: Course, changes: Sequence[Change], history: History) -> Course:
    """The same day with all of the changes; ChangeError when one doesn't fit it."""
    for change in changes:
        course = APPLY[type(change)](course, change, history)
    return course


def most_of(changes: Sequence[Change]) -> float:
    """So many times the people must be drawn."""
    return max([1.0, *(change.factor for change in changes if isinstance(change, Demand))])


def with_staffing(course: Course, staffing: Staffing, **others: object) -> Course:
    return replace(course, scene=course.scene._replace(staffing=staffing), **others)  # type: ignore[arg-type]


def checked(kind: str, name: str, known: Sequence[str]) -> str:
    """The name as the hall writes it; ChangeError lists what there is."""
    found = next((each for each in known if each.lower() == name.lower()), None)
    if found is None:
        there = ", ".join(known[:40])
        raise ChangeError(
            f"change_no_{kind}", f"There is no {kind} {name} on that day. There are: {there}.",
            name=name, known=there,
        )  # fmt: skip
    return found


def open_window(course: Course, change: Opens, history: History) -> Course:
    """New stretches where the plan has none; the window's clerk is the one it mostly has."""
    usual = history.usual.get(change.window)
    if usual is None and not change.services:
        checked("window", change.window, sorted(history.usual, key=lambda name: (name.rjust(6), name)))
    services = [checked("service", each, course.names.services) for each in change.services]
    clerk = change.clerk or (usual.clerk if usual else "") or change.window
    wanted = Stretch(
        course.day, change.window, clerk, tuple(services) or (usual.services if usual else ()),
        max(change.opens, course.scene.now),
        next_end(history, change.opens) if change.closes is None else change.closes,
    )  # fmt: skip
    own = sorted((s for s in course.plan if s.window == change.window), key=lambda each: each.opens)
    for gap in gaps(wanted, own):
        course = add_stretch(course, gap, history)
    return course


def next_end(history: History, opens: float) -> float:
    """When the hall, most of its windows at least, closes next."""
    usual = 0.3 * max(history.ends.values(), default=0)
    return float(
        min((end for end, many in history.ends.items() if end > opens and many >= usual), default=DAY)
    )


def gaps(wanted: Stretch, own: Sequence[Stretch]) -> list[Stretch]:
    """The parts of a wanted stretch in which the window isn't planned to be open anyway."""
    found, at = [], wanted.opens
    for stretch in own:
        if stretch.opens > at:
            found.append(replace(wanted, opens=at, closes=min(stretch.opens, wanted.closes)))
        at = max(at, stretch.closes)
    found.append(replace(wanted, opens=at))
    return [each for each in found if each.closes - each.opens > 0.01]


def add_stretch(course: Course, stretch: Stretch, history: History) -> Course:
    """Draws when the window will be there, as for any other stretch of the day."""
    course = with_window(course, stretch.window)
    new = drawn_alone(course, stretch, history)
    order, window = merged_rows(course, course.names.windows.index(stretch.window), stretch.opens)
    old = course.scene.staffing

    def put(one: Floats, other: Floats) -> Floats:
        return np.concatenate([one, other], axis=1)[:, order]

    opens, closes = until_next(window, put(old.opens, new.opens), put(old.closes, new.closes))
    made = Staffing(
        window, opens, closes,
        put(old.slowness, slowness(course, stretch.clerk, new)),
        np.concatenate([old.takes, new.takes])[order], old.busy_until,
    )  # fmt: skip
    clerks = [*course.clerks, *[stretch.clerk] * PARTS]
    planned = np.concatenate([course.planned, np.full(PARTS, stretch.opens)])
    return with_staffing(
        course, made, clerks=tuple(clerks[i] for i in order), planned=planned[order],
        plan=(*course.plan, stretch),
    )  # fmt: skip


def drawn_alone(course: Course, stretch: Stretch, history: History) -> Staffing:
    """The staffing of that stretch alone; it goes on after its end only where the hall closes."""
    own = [s.opens for s in course.plan if s.window == stretch.window and s.opens >= stretch.closes - 1]
    others = [s.opens for s in course.plan if s.opens > stretch.closes + REST]
    at_the_end = any(abs(end - stretch.closes) < CLOSE for end in history.ends)
    takes = history.takes(stretch) if history.takes else {}
    opening = Opening(stretch.window, stretch.clerk, takes, stretch.opens, stretch.closes)
    situation = replace(history.situation, openings=(opening,), running=(), away={}, silent=frozenset())
    rng = np.random.default_rng([course.seed, crc32(stretch.window.encode()), round(stretch.opens)])
    roster = Roster(situation, history.learned, course.plays, rng)
    roster.today = course.pace
    drawn = roster.staffing(course.names.lines)
    latest = min([*own, *others], default=NEVER) if at_the_end else stretch.closes
    return drawn._replace(opens=np.minimum(drawn.opens, latest), closes=np.minimum(drawn.closes, latest))


def slowness(course: Course, clerk: str, drawn: Staffing) -> Floats:
    """(P, PARTS) as elsewhere on this day, if the clerk sits somewhere; else as drawn."""
    if clerk in course.clerks:
        own = course.scene.staffing.slowness[:, [course.clerks.index(clerk)]]
        return np.repeat(own, PARTS, axis=1)
    return drawn.slowness


def with_window(course: Course, window: str) -> Course:
    """A window that the day didn't have yet stands behind the others."""
    if window in course.names.windows:
        return course
    names = replace(course.names, windows=(*course.names.windows, window))
    busy = course.scene.staffing.busy_until
    free = np.concatenate([busy, np.zeros((len(busy), 1))], axis=1)
    return with_staffing(course, course.scene.staffing._replace(busy_until=free), names=names)


def merged_rows(course: Course, window: int, opens: float) -> tuple[Ints, Ints]:
    """The order of all rows with new ones of a window put among its others, and their windows."""
    windows = np.concatenate([course.scene.staffing.window, np.full(PARTS, window)])
    planned = np.concatenate([course.planned, np.full(PARTS, opens)])
    order = np.lexsort((np.arange(len(windows)), planned, windows))
    return order, windows[order]


def until_next(window: Ints, opens: Floats, closes: Floats) -> tuple[Floats, Floats]:
    """No part goes on, or begins, after the next of its window has begun."""
    for k in range(len(window) - 2, -1, -1):
        if window[k] == window[k + 1]:
            opens[:, k] = np.minimum(opens[:, k], opens[:, k + 1])
            closes[:, k] = np.minimum(closes[:, k], opens[:, k + 1])
    return opens, np.maximum(opens, closes)


def close_window(course: Course, change: Closes, history: History) -> Course:
    """Cuts the time out of the window's stretches; what falls apart becomes two."""
    rows = rows_of(course, change.window, change.clerk)
    staffing, k = course.scene.staffing, np.arange(len(course.clerks))
    first = np.where(rows, np.minimum(staffing.closes, max(change.opens, 0.0)), staffing.closes)
    second = np.maximum(staffing.opens, change.closes)
    second = np.where(rows & (second < staffing.closes), second, staffing.closes)
    order = np.argsort(np.concatenate([k, k[rows]]), kind="stable")
    opens = np.concatenate([staffing.opens, second[:, rows]], axis=1)[:, order]
    closes = np.concatenate([np.maximum(first, staffing.opens), staffing.closes[:, rows]], axis=1)[:, order]
    of = np.concatenate([k, k[rows]])[order]
    made = staffing._replace(
        window=staffing.window[of], opens=opens, closes=np.maximum(opens, closes),
        slowness=staffing.slowness[:, of], takes=staffing.takes[of],
    )  # fmt: skip
    return with_staffing(course, made, clerks=tuple(course.clerks[i] for i in of), planned=course.planned[of])


def rows_of(course: Course, window: str, clerk: str) -> Flags:
    """The stretches of a window, or those where a clerk sits."""
    if window:
        open_today = [course.names.windows[w] for w in dict.fromkeys(course.scene.staffing.window.tolist())]
        w = course.names.windows.index(checked("window", window, open_today))
        return np.asarray(course.scene.staffing.window == w)
    found = checked("clerk", clerk, sorted(set(course.clerks)))
    return np.array([each == found for each in course.clerks])


def serve_too(course: Course, change: Serves, history: History) -> Course:
    """One more service at no more than that reluctance; or one less."""
    rows = rows_of(course, change.window, change.clerk)
    lines = course.names.lines_of(checked("service", change.service, course.names.services))
    takes, cells = course.scene.staffing.takes.copy(), np.ix_(np.flatnonzero(rows), np.array(lines))
    takes[cells] = NEVER if change.reluctance is None else np.minimum(takes[cells], change.reluctance)
    return with_staffing(course, course.scene.staffing._replace(takes=takes))


def stop_tickets(course: Course, change: Until, history: History) -> Course:
    """Whoever would take a number later doesn't; who has an appointment comes."""
    lines = course.names.lines_of(checked("service", change.service, course.names.services))
    own = [line for line in lines if course.names.lines[line][1] != "appointment"]
    tickets = course.scene.tickets
    late = np.isin(tickets.line, own) & (tickets.appears > max(change.until, course.scene.now))
    return replace(course, mark=np.where(late, NEVER, course.mark))


def more_people(course: Course, change: Demand, history: History) -> Course:
    """Those of a mark below the factor come, as far as they haven't come yet."""
    lines = lines_named(course, change.service)
    touched = np.isin(course.scene.tickets.line, lines) & (course.scene.tickets.appears > course.scene.now)
    factor = max(change.factor, 1e-9)
    return replace(course, mark=np.where(touched, course.mark / factor, course.mark))


def lines_named(course: Course, service: str) -> list[int]:
    return course.names.lines_of(checked("service", service, course.names.services) if service else "")


def book_more(course: Course, change: Bookings, history: History) -> Course:
    """Moves people between the walk-ins' lines and the appointments' until the share is met."""
    from forecast.booking_changes import booked

    return booked(course, lines_named(course, change.service), change)


def change_rule(course: Course, change: Rule, history: History) -> Course:
    names, figures = course.names, course.scene.figures
    ticket_class = checked("class", change.ticket_class, names.classes)
    own = np.array([each == ticket_class for _, each, _ in names.lines])
    now = figures.head_start if change.figure == "head_start" else figures.rate
    made = np.where(own, change.value, now)
    figures = (
        figures._replace(head_start=made) if change.figure == "head_start" else figures._replace(rate=made)
    )
    return replace(course, scene=course.scene._replace(figures=figures))


APPLY: dict[type, Callable[..., Course]] = {
    Opens: open_window, Closes: close_window, Serves: serve_too, Until: stop_tickets, Demand: more_people,
    Bookings: book_more, Rule: change_rule,
}  # fmt: skip
