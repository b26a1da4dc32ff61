"""Keeps the log of what was said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from queueing.announced import Announced
from storage.db import Db

TABLES = [
    """CREATE TABLE announcements (
        hall TEXT NOT NULL, n BIGINT NOT NULL, call BIGINT NOT NULL, called_at TEXT NOT NULL,
        area TEXT NOT NULL, number TEXT NOT NULL, "window" TEXT NOT NULL, again INTEGER NOT NULL,
        language TEXT NOT NULL, turn INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT,
        machine TEXT NOT NULL, "by" TEXT NOT NULL, began_at TEXT, ended_at TEXT, began_real TEXT,
        ended_real TEXT, logged_at TEXT NOT NULL, PRIMARY KEY (hall, n))""",
    "CREATE INDEX announcements_of_areas ON announcements (hall, area, n)",
]
NAMES = tuple(each.name for each in fields(Announced))
COLUMNS = ", ".join(f'"{name}"' for name in NAMES)
INSERT = f"""INSERT INTO announcements (hall, n, {COLUMNS}) VALUES
    (:hall, (SELECT coalesce(max(n), 0) + 1 FROM announcements WHERE hall = :hall),
    {", ".join(f":{name}" for name in NAMES)})"""


class AnnouncedDesk:
    """Reads and writes the log of one hall."""

    db: Db
    hall: str

    def log_announcements(self, lines: Sequence[Announced]) -> None:
        for line in lines:
            self.db.run(INSERT, hall=self.hall, **(asdict(line) | {"again": int(line.again)}))

    def announcements(self, area: str | None, limit: int) -> list[Announced]:
        of_area = "" if area is None else "AND area = :area"
        rows = self.db.all(
            f"""SELECT {COLUMNS} FROM announcements WHERE hall = :hall {of_area}
                ORDER BY n DESC LIMIT :limit""",
            hall=self.hall, area=area, limit=limit,
        )  # fmt: skip
        return [Announced(**row | {"again": bool(row["again"])}) for row in reversed(rows)]
