"""The real hall, unchanged, that also writes down when each of its commits was done: FOLDER PORT."""

from __future__ import annotations

import sys
from pathlib import Path

import app as hall_app
from bench.servers import HALL, MORNING

FOLDER, PORT = Path(sys.argv[1]), sys.argv[2]


def noting_commits() -> None:
    """Wraps what happens after a commit, from outside; the product knows nothing of it."""
    import time

    from storage.store import SqliteStore

    group = SqliteStore._run_group
    notes = (FOLDER / "commits").open("a", encoding="utf-8")

    def noted(store: SqliteStore, jobs: object) -> None:
        push = store.on_commit

        def first_note(events: list) -> None:
            now = time.monotonic()
            notes.writelines(f"{event.seq} {now:.6f}\n" for event in events)
            notes.flush()
            push(events)

        store.on_commit = first_note
        try:
            group(store, jobs)
        finally:
            store.on_commit = push

    SqliteStore._run_group = noted


def main() -> None:
    """Patches the engine first, as a normal start does, then serves."""
    serve = hall_app.serve
    options = hall_app.parser().parse_args(
        ["serve", "--hall", str(HALL), "--data", str(FOLDER / "data"), "--port", PORT,
         "--clock", f"{MORNING:%Y-%m-%dT%H:%M}"]
    )  # fmt: skip
    engine_of = hall_app.engine_of

    def engine_then_notes(path: Path) -> hall_app.Engine:
        engine = engine_of(path)
        noting_commits()
        return engine

    hall_app.engine_of = engine_then_notes
    serve(options)


if __name__ == "__main__":
    main()
