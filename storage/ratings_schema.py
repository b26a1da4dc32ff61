"""The tables of ratings, in SQL that SQLite and PostgreSQL both take."""

RATING_TABLES: list[str] = [
    """CREATE TABLE ratings (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, "window" TEXT NOT NULL, clerk TEXT,
        service TEXT NOT NULL,
        day TEXT NOT NULL, level TEXT NOT NULL, reasons TEXT NOT NULL, channel TEXT NOT NULL,
        at TEXT NOT NULL,
        finished_at TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (hall, ticket))""",
    "CREATE INDEX ratings_by_day ON ratings (hall, day)",
    "CREATE INDEX ratings_by_clerk ON ratings (hall, clerk, seq)",
    """CREATE TABLE rating_comments (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, comment TEXT NOT NULL,
        salt TEXT NOT NULL, PRIMARY KEY (hall, ticket))""",
]

RATINGS_WATCHED: list[str] = [
    "ALTER TABLE ratings ADD COLUMN came_from TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX seats_and_notes ON events (hall, at) WHERE ticket IS NULL",
]
