"""ENGINE FILE: real threads and the engine's loop write the same log, as fast as they can."""

from __future__ import annotations

import sys
from pathlib import Path

from web.engines import Eventlet, Gevent

ENGINES = {"eventlet": Eventlet, "gevent": Gevent}
LINES, TALKERS = 40, 6


def main(name: str, file: str) -> None:
    engine = ENGINES[name]()
    import logging
    import os
    import threading

    class Synced(logging.FileHandler):
        """While a line goes onto the disk it is others' turn: real threads'."""

        def flush(self) -> None:
            super().flush()
            if self.stream:
                os.fsync(self.stream.fileno())

    log = logging.getLogger("hall")
    handler = Synced(file)
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(message)s")

    def talk(who: str) -> None:
        for n in range(LINES):
            log.info("%s %s", who, n)

    def talk_and_give_way(who: str) -> None:
        for n in range(LINES):
            log.info("%s %s", who, n)
            engine.give_way()

    beside = [
        threading.Thread(target=engine.in_thread, args=(talk, f"thread{n}"), daemon=True)
        for n in range(TALKERS)
    ]
    on_the_loop = [threading.Thread(target=talk_and_give_way, args=(f"loop{n}",)) for n in range(TALKERS)]
    for each in (*beside, *on_the_loop):
        each.start()
    for each in (*beside, *on_the_loop):
        each.join(20)
    logging.shutdown()


if __name__ == "__main__":
    main(sys.argv[1], str(Path(sys.argv[2])))
    sys.stdout.flush()
