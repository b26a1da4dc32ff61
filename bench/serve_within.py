"""The real hall, whose commits empty the log of changes themselves: FOLDER PORT."""

from __future__ import annotations

from bench.serve_plain import main
from storage.store import SqliteStore

if __name__ == "__main__":
    SqliteStore.work_beside = lambda self, aside: None  # type: ignore[method-assign]
    main()
