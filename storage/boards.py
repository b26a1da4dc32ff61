"""What boards show, and the pictures and videos that they may show, as rows of one hall."""

from __future__ import annotations

import json
from dataclasses import asdict

from queueing.boards import Composition, Media, composition_of
from storage.db import Db

BOARD_TABLES = [
    """CREATE TABLE boards (
        hall TEXT NOT NULL, board TEXT NOT NULL, composition TEXT, seq BIGINT NOT NULL,
        PRIMARY KEY (hall, board))""",
    """CREATE TABLE media (
        hall TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, suffix TEXT NOT NULL, bytes BIGINT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (hall, id))""",
]


class BoardDesk:
    """Reads and keeps the boards of one hall."""

    db: Db
    hall: str

    def compositions(self) -> dict[str, Composition]:
        rows = self.db.all(
            "SELECT board, composition FROM boards WHERE hall = :hall AND composition IS NOT NULL",
            hall=self.hall,
        )
        return {row["board"]: composition_of(json.loads(row["composition"])) for row in rows}

    def composed(self) -> int:
        """Lists of honour are on boards, too."""
        row = self.db.one(
            """SELECT max(seq) AS seq FROM (SELECT seq FROM boards WHERE hall = :hall
                UNION ALL SELECT seq FROM honours WHERE hall = :hall
                UNION ALL SELECT seq FROM honours_taken_back WHERE hall = :hall) AS shown""",
            hall=self.hall,
        )
        return int(row["seq"] or 0) if row else 0

    def composed_each(self) -> dict[str, int]:
        rows = self.db.all("SELECT board, seq FROM boards WHERE hall = :hall", hall=self.hall)
        return {row["board"]: int(row["seq"]) for row in rows}

    def compose(self, board: str, composition: Composition | None, seq: int) -> None:
        """Nothing chosen any more is kept as nothing, so that the change shows."""
        kept = json.dumps(composition.plain(), ensure_ascii=False) if composition else None
        self.db.run(
            """INSERT INTO boards (hall, board, composition, seq) VALUES (:hall, :board, :kept, :seq)
                ON CONFLICT (hall, board) DO UPDATE SET composition = :kept, seq = :seq""",
            hall=self.hall, board=board, kept=kept, seq=seq,
        )  # fmt: skip

    def all_media(self) -> list[Media]:
        rows = self.db.all(
            """SELECT id, kind, suffix, bytes, width, height, added_at FROM media WHERE hall = :hall
                ORDER BY added_at, id""",
            hall=self.hall,
        )
        return [Media(**row) for row in rows]

    def add_media(self, media: Media) -> None:
        self.db.run(
            """INSERT INTO media (hall, id, kind, suffix, bytes, width, height, added_at)
                VALUES (:hall, :id, :kind, :suffix, :bytes, :width, :height, :added_at)""",
            hall=self.hall, **asdict(media),
        )  # fmt: skip

    def drop_media(self, media: str) -> None:
        self.db.run("DELETE FROM media WHERE hall = :hall AND id = :media", hall=self.hall, media=media)
