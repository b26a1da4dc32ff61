"""Indices that keep a look's cost the same however long a hall has been open."""

HISTORY: list[str] = [
    "DROP INDEX ratings_by_clerk",
    "CREATE INDEX ratings_of_clerks ON ratings (hall, clerk, day)",
    "DROP INDEX open_complaints",
    "CREATE INDEX complaints_by_state ON complaints (hall, state, closed_at)",
]
