"""Indices that keep a look's cost the same however long a hall has been open."""

from __future__ import annotations

from queueing.undoing import UNDOABLE

PRESSES = ", ".join(f"'{action}'" for action in (*UNDOABLE, "undo"))
NEWEST = f"""(SELECT seq FROM events WHERE events.hall = windows.hall AND events."window" = windows."window"
    AND events.ticket IS NOT NULL AND events.action IN ({PRESSES}) ORDER BY seq DESC LIMIT 1)"""
LAST_PRESSES: list[str] = [
    """CREATE TABLE last_presses (hall TEXT NOT NULL, "window" TEXT NOT NULL, first_seq BIGINT NOT NULL,
        last_seq BIGINT NOT NULL, PRIMARY KEY (hall, "window"))""",
    f"""INSERT INTO last_presses SELECT newest.hall, newest."window", min(e.seq), max(e.seq)
        FROM (SELECT hall, "window", {NEWEST} AS seq FROM windows) AS newest
        JOIN events AS named ON named.hall = newest.hall AND named.seq = newest.seq
        JOIN events AS e ON e.hall = newest.hall AND e."window" = newest."window" AND e.ticket IS NOT NULL
        AND e.seq >= newest.seq - 100 AND e.seq <= newest.seq + 100 AND e.press = named.press
        GROUP BY newest.hall, newest."window" """,
    "DROP INDEX presses_at_windows",
]
"""The newest press at each window, from its first event of a ticket to its last, is found without an index of
all presses ever: every number given out was written into that. A press's events stand side by side."""

FEWER: list[str] = ["DROP INDEX old_answers"]
"""Every press wrote a page of it; the night reads two days' answers once without it."""

HISTORY: list[str] = [
    "DROP INDEX ratings_by_clerk",
    "CREATE INDEX ratings_of_clerks ON ratings (hall, clerk, day)",
    "DROP INDEX open_complaints",
    "CREATE INDEX complaints_by_state ON complaints (hall, state, closed_at)",
]
