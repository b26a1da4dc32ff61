"""Plays a hall forward under its real turn rule: the one engine of estimates, replays and what-ifs.

A play goes from event to event: somebody comes, or a window is free. A free window calls the head with the
largest claim among the lines it takes; a ticket that comes while windows are free goes to the least
reluctant of them, then to the one that has been free the longest. The claim is
`queueing.turns.claim_minutes`, compiled. Nothing here is random: what may turn out one way or another is
drawn beforehand, one row for each play.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from forecast.compiling import compiled
from forecast.scenes import NEVER, Calls, Floats, Ints, Scene, Staffing, Tickets, laid_out
from queueing.turns import CLAIM_DIGITS, claim_minutes

NOBODY = -1
TOO_EARLY = 1e9
ALIKE = 0.5 * 10.0**-CLAIM_DIGITS
claim_of = compiled(claim_minutes)


class Board(NamedTuple):
    """One play as it stands: who waits in which line, which window does what."""

    head: Ints  # (L) the first ticket of each line
    tail: Ints  # (L)
    behind: Ints  # (N) who stands behind each ticket
    ready: Floats  # (W) when the window can call next; NEVER: it is idle or done for the day
    idle_since: Floats  # (W) NEVER: not idle
    stretch: Ints  # (W) the stretch it is in, or waits for
    until: Ints  # (W) where its stretches end
    free_at: Floats  # (W)


def play(scene: Scene) -> Calls:
    """Plays all P rows; the same scene gives the same calls."""
    scene = laid_out(scene)
    tickets = scene.tickets
    check(scene.staffing)
    shape = tickets.appears.shape
    calls = Calls(np.full(shape, NEVER), np.full(shape, NOBODY, dtype=np.int64))
    order = np.argsort(tickets.appears, axis=1, kind="stable")
    play_all(scene, order, calls)
    return calls


def check(staffing: Staffing) -> None:
    """Raises ValueError unless each window's stretches stand together, in the order of time."""
    window, opens = staffing.window, staffing.opens
    if len(window) > 1:
        later = (window[1:] > window[:-1]) | ((window[1:] == window[:-1]) & (opens[:, 1:] >= opens[:, :-1]))
        if not later.all():
            raise ValueError("Stretches must be ordered by window, then by time.")


@compiled
def play_all(scene: Scene, order: Ints, calls: Calls) -> None:
    for p in range(order.shape[0]):
        play_one(p, scene, order[p], calls, empty_board(p, scene))


@compiled
def empty_board(p: int, scene: Scene) -> Board:
    staffing = scene.staffing
    lines, windows, n = len(scene.figures.rate), staffing.busy_until.shape[1], len(scene.tickets.line)
    nobody, first = np.full(lines, NOBODY), np.searchsorted(staffing.window, np.arange(windows + 1))
    free_at = staffing.busy_until[p].copy()
    board = Board(
        nobody, nobody.copy(), np.full(n, NOBODY), np.full(windows, NEVER), np.full(windows, NEVER),
        first[:-1].copy(), first[1:].copy(), free_at,
    )  # fmt: skip
    for w in range(windows):
        get_ready(p, w, scene.now, staffing, board)
    return board


@compiled
def play_one(p: int, scene: Scene, order: Ints, calls: Calls, board: Board) -> None:
    watched, appears = scene.tickets.watched, scene.tickets.appears[p]
    left, coming, at = (watched & (appears < NEVER)).sum(), 0, scene.now
    while left > 0:
        w = int(np.argmin(board.ready))
        comes = appears[order[coming]] if coming < len(order) else NEVER
        if board.ready[w] == NEVER and comes == NEVER:
            return
        if comes <= board.ready[w]:
            at = max(at, comes)
            called = join(p, order[coming], at, scene, calls, board)
            coming += 1
        else:
            at = max(at, board.ready[w])
            called = call_next(p, w, at, scene, calls, board)
        if called != NOBODY and watched[called]:
            left -= 1


@compiled
def get_ready(p: int, w: int, at: float, staffing: Staffing, board: Board) -> None:
    """Finds when the window can call next, in this stretch or a later one."""
    board.idle_since[w] = NEVER
    while board.stretch[w] < board.until[w]:
        k = board.stretch[w]
        ready = max(at, board.free_at[w], staffing.opens[p, k])
        if ready < staffing.closes[p, k]:
            board.ready[w] = ready
            return
        board.stretch[w] += 1
    board.ready[w] = NEVER


@compiled
def join(p: int, i: int, at: float, scene: Scene, calls: Calls, board: Board) -> int:
    """Takes its place in the line; a window that is free calls it at once. Says who was called."""
    w = idle_window(p, scene.tickets.line[i], at, scene.staffing, board)
    if w == NOBODY or scene.tickets.leaves[p, i] <= at:
        stand(p, i, scene.tickets, board)
        return NOBODY
    serve(p, w, i, at, scene, calls, board)
    return i


@compiled
def idle_window(p: int, line: int, at: float, staffing: Staffing, board: Board) -> int:
    """The least reluctant idle window for the line, then the one that has been idle longest."""
    since, stretch, closes, takes = board.idle_since, board.stretch, staffing.closes[p], staffing.takes
    best, least = NOBODY, NEVER
    for w in range(len(since)):
        if since[w] == NEVER:
            continue
        if closes[stretch[w]] <= at and not still_idle(p, w, at, staffing, board):
            continue
        reluctance = takes[stretch[w], line]
        if reluctance < least or (reluctance == least and best != NOBODY and since[w] < since[best]):
            best, least = w, reluctance
    return best


@compiled
def still_idle(p: int, w: int, at: float, staffing: Staffing, board: Board) -> bool:
    """Whether a window whose stretch has ended is idle in a later one already."""
    while board.stretch[w] < board.until[w] and staffing.closes[p, board.stretch[w]] <= at:
        board.stretch[w] += 1
    get_ready(p, w, -NEVER, staffing, board)
    if board.ready[w] > at:
        return False
    board.idle_since[w], board.ready[w] = board.ready[w], NEVER
    return True


@compiled
def stand(p: int, i: int, tickets: Tickets, board: Board) -> None:
    """Puts a ticket into its line, in the order of `line_at` and `tie`."""
    line = tickets.line[i]
    if board.head[line] == NOBODY:
        board.head[line] = board.tail[line] = i
    elif not stands_before(p, i, board.tail[line], tickets):
        board.behind[board.tail[line]] = i
        board.tail[line] = i
    else:
        squeeze_in(p, i, tickets, board)


@compiled
def squeeze_in(p: int, i: int, tickets: Tickets, board: Board) -> None:
    line = tickets.line[i]
    before, other = NOBODY, board.head[line]
    while not stands_before(p, i, other, tickets):
        before, other = other, board.behind[other]
    board.behind[i] = other
    if before == NOBODY:
        board.head[line] = i
    else:
        board.behind[before] = i


@compiled
def stands_before(p: int, one: int, other: int, tickets: Tickets) -> bool:
    mine, theirs = tickets.line_at[p, one], tickets.line_at[p, other]
    return bool(mine < theirs or (mine == theirs and tickets.tie[one] < tickets.tie[other]))


@compiled
def call_next(p: int, w: int, at: float, scene: Scene, calls: Calls, board: Board) -> int:
    """The window that is ready calls whose turn it is, or is idle from now on. Says who was called."""
    k = board.stretch[w]
    if scene.staffing.closes[p, k] <= at:
        get_ready(p, w, at, scene.staffing, board)
        return NOBODY
    line = next_line(p, k, at, scene, board)
    if line == NOBODY:
        board.idle_since[w], board.ready[w] = board.ready[w], NEVER
        return NOBODY
    i = int(board.head[line])
    leave_line(line, board)
    serve(p, w, i, at, scene, calls, board)
    return i


@compiled
def next_line(p: int, k: int, at: float, scene: Scene, board: Board) -> int:
    """The line whose head has the largest claim on this stretch's window.

    A head whose time hasn't come yet stands behind all others, the earliest of them first.
    """
    tickets, figures = scene.tickets, scene.figures
    head, behind, leaves, line_at = board.head, board.behind, tickets.leaves[p], tickets.line_at[p]
    takes, starts, rates, ties = scene.staffing.takes[k], figures.head_start, figures.rate, tickets.tie
    best, most = NOBODY, -NEVER
    for line in range(len(head)):
        if takes[line] == NEVER or head[line] == NOBODY:
            continue
        i = head[line] = first_there(head[line], at, behind, leaves)
        if i == NOBODY:
            continue
        minutes = at - line_at[i]
        claim = (
            claim_of(starts[line], rates[line], minutes, takes[line]) if minutes >= 0 else minutes - TOO_EARLY
        )
        if claim > most + ALIKE or (claim >= most - ALIKE and ties[i] < ties[head[best]]):
            best, most = line, claim
    return best


@compiled
def first_there(i: int, at: float, behind: Ints, leaves: Floats) -> int:
    """The first of a line who hasn't given up."""
    while i != NOBODY and leaves[i] <= at:
        i = behind[i]
    return i


@compiled
def leave_line(line: int, board: Board) -> None:
    """The head of the line leaves it."""
    i = board.head[line]
    board.head[line] = board.behind[i]
    if board.head[line] == NOBODY:
        board.tail[line] = NOBODY


@compiled
def serve(p: int, w: int, i: int, at: float, scene: Scene, calls: Calls, board: Board) -> None:
    """The window has called the ticket and is busy with it, but not with a phantom."""
    tickets, staffing, figures = scene.tickets, scene.staffing, scene.figures
    k = board.stretch[w]
    calls.called_at[p, i], calls.stretch[p, i] = at, k
    if tickets.phantom[i]:
        return
    minutes = tickets.walk[p, i] + tickets.work[p, i] * staffing.slowness[p, k]
    if tickets.absent[p, i]:
        minutes = figures.absent_minutes
    board.free_at[w] = at + minutes + figures.gap_minutes
    get_ready(p, w, at, staffing, board)
