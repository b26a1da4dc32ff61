"""Who sits at which window of one hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

from queueing.records import WindowState
from storage.db import Db
from storage.standing import Standing

NAMES = ", ".join(f'"{field.name}"' for field in fields(WindowState))
SET = ", ".join(f'"{f.name}" = excluded."{f.name}"' for f in fields(WindowState) if f.name != "window")


class WindowDesk:
    """Reads and sets the windows of one hall; a window never touched is closed."""

    db: Db
    hall: str
    standing: Standing | None

    def windows(self) -> Mapping[str, WindowState]:
        return self.standing.part("windows", self._read) if self.standing else self._read()

    def _read(self) -> dict[str, WindowState]:
        rows = self.db.all(f"SELECT {NAMES} FROM windows WHERE hall = :hall", hall=self.hall)
        return {row["window"]: WindowState(**row) for row in rows}

    def window(self, window: str) -> WindowState:
        row = self.db.one(
            f'SELECT {NAMES} FROM windows WHERE hall = :hall AND "window" = :window',
            hall=self.hall,
            window=window,
        )
        return WindowState(**row) if row else WindowState(window)

    def set_window(self, state: WindowState) -> None:
        marks = ", ".join(f":{field.name}" for field in fields(WindowState))
        self.db.run(
            f"""INSERT INTO windows (hall, {NAMES}) VALUES (:hall, {marks})
                ON CONFLICT (hall, "window") DO UPDATE SET {SET}""",
            hall=self.hall, **asdict(state),
        )  # fmt: skip
        if self.standing:
            self.standing.seated(state)

    def window_of(self, clerk: str) -> str | None:
        row = self.db.one(
            'SELECT "window" FROM windows WHERE hall = :hall AND clerk = :clerk', hall=self.hall, clerk=clerk
        )
        return row["window"] if row else None
