"""The real hall, but for its backups, which would fill a shared disk; takes the words of app.py."""

from __future__ import annotations

import sys
from pathlib import Path

import app as hall_app
from web import engines


def without_backups() -> None:
    """From outside; the product knows nothing of it."""
    from upkeep.care import Care

    def nothing(care: Care, why: str) -> None:
        return None

    Care.back_up = nothing


def main() -> None:
    """Patches the engine first, as a normal start does, then serves."""
    engine_of = engines.engine_of

    def engine_then_patch(path: Path) -> engines.Engine:
        engine = engine_of(path)
        without_backups()
        return engine

    engines.engine_of = engine_then_patch
    sys.exit(hall_app.main())


if __name__ == "__main__":
    main()
