"""Indices that keep a look's cost the same however long a hall has been open."""

FEWER: list[str] = ["DROP INDEX old_answers"]
"""Every press wrote a page of it; the night reads two days' answers once without it."""

HISTORY: list[str] = [
    "DROP INDEX ratings_by_clerk",
    "CREATE INDEX ratings_of_clerks ON ratings (hall, clerk, day)",
    "DROP INDEX open_complaints",
    "CREATE INDEX complaints_by_state ON complaints (hall, state, closed_at)",
]
