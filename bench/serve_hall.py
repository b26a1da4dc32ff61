"""The real hall, unchanged, that also writes down when each of its commits was done: FOLDER PORT."""

from __future__ import annotations

import sys
from pathlib import Path

import app as hall_app
from bench.servers import HALL, MORNING
from web import engines

FOLDER, PORT = Path(sys.argv[1]), sys.argv[2]


class Notes:
    """When the events of each commit were kept: noted in the thread that kept them."""

    def __init__(self) -> None:
        self._kept: dict[int, float] = {}
        self._file = (FOLDER / "commits").open("a", encoding="utf-8")

    def in_thread(self, plain):
        """The engine's own, that also looks at what the work comes back with."""

        def run(work, *args):
            return plain(self._noting(work), *args)

        return run

    def _noting(self, work):
        import time

        from queueing.records import Event

        def noted(*args):
            found = work(*args)
            if isinstance(found, list) and found and isinstance(found[0], Event):
                now = time.monotonic()
                self._kept |= {event.seq: now for event in found}
            return found

        return noted

    def told(self, hear):
        """What is pushed, written down afterwards."""
        import time

        def heard(push, events):
            now = time.monotonic()
            hear(push, events)
            kept = (f"{event.seq} {self._kept.pop(event.seq, now):.6f}\n" for event in events)
            self._file.writelines(kept)
            self._file.flush()

        return heard


def main() -> None:
    """Patches the engine first, as a normal start does, then serves."""
    options = hall_app.parser().parse_args(
        ["serve", "--hall", str(HALL), "--data", str(FOLDER / "data"), "--port", PORT,
         "--clock", f"{MORNING:%Y-%m-%dT%H:%M}"]
    )  # fmt: skip
    engine_of = engines.engine_of

    def engine_then_notes(path: Path) -> engines.Engine:
        engine, notes = engine_of(path), Notes()
        from web.push import Push

        engine.in_thread = notes.in_thread(engine.in_thread)
        Push.hear = notes.told(Push.hear)
        return engine

    engines.engine_of = engine_then_notes
    hall_app.serve(options)


if __name__ == "__main__":
    main()
