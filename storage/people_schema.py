"""The tables of staff accounts, sessions, wrong tries, pairing codes, devices and the doors' switches."""

PEOPLE_TABLES: list[str] = [
    """
    CREATE TABLE accounts (
        hall TEXT NOT NULL,
        staff TEXT NOT NULL,
        password_hash TEXT,
        one_time INTEGER NOT NULL DEFAULT 0 CHECK (one_time IN (0, 1)),
        changed_at TEXT,
        PRIMARY KEY (hall, staff)
    )
    """,
    """
    CREATE TABLE sessions (
        hall TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        staff TEXT NOT NULL,
        began_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        PRIMARY KEY (hall, token_hash),
        FOREIGN KEY (hall, staff) REFERENCES accounts (hall, staff)
    )
    """,
    "CREATE INDEX sessions_by_staff ON sessions (hall, staff)",
    """
    CREATE TABLE wrong_tries (
        hall TEXT NOT NULL,
        door TEXT NOT NULL CHECK (door IN ('password', 'code')),
        who TEXT NOT NULL,
        wrong INTEGER NOT NULL,
        blocked_until TEXT NOT NULL,
        tried_at TEXT NOT NULL,
        PRIMARY KEY (hall, door, who)
    )
    """,
    """
    CREATE TABLE pairing_codes (
        hall TEXT NOT NULL,
        code_hash TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT,
        language TEXT,
        expires_at TEXT NOT NULL,
        PRIMARY KEY (hall, code_hash)
    )
    """,
    """
    CREATE TABLE devices (
        hall TEXT NOT NULL,
        device TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT,
        language TEXT,
        paired_at TEXT NOT NULL,
        paired_from TEXT NOT NULL,
        revoked_at TEXT,
        PRIMARY KEY (hall, device),
        UNIQUE (hall, token_hash)
    )
    """,
]

DOOR_TABLES: list[str] = [
    """
    CREATE TABLE door_switches (
        hall TEXT NOT NULL,
        door TEXT NOT NULL,
        is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
        changed_at TEXT NOT NULL,
        PRIMARY KEY (hall, door)
    )
    """,
]
