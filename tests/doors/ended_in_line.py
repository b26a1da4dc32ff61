"""Ten wait to look, and two of them are ended while they do; who went through, in which order, as JSON."""

from __future__ import annotations

import json
import sys

from web.engines import Eventlet

ENDED = (1, 4)


def main(engine) -> None:
    import eventlet

    from web.turnstile import Turnstile

    turnstile = Turnstile(lambda: eventlet.sleep(0.3))
    ended: list[int] = []
    through: list[int] = []

    def look(n: int) -> None:
        try:
            with eventlet.Timeout(0.05 if n in ENDED else None):
                turnstile.pass_through()
            through.append(n)
        except eventlet.Timeout:
            ended.append(n)

    for each in [eventlet.spawn(look, n) for n in range(10)]:
        each.wait()
    sys.stdout.write(json.dumps({"ended": ended, "through": through}))


if __name__ == "__main__":
    main(Eventlet())
