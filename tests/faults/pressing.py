"""Several windows of one client process, each pressing as fast as it can until nobody waits.

python -m tests.faults.pressing URL WINDOW=COOKIES …     prints what was called, and every refusal, as JSON
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.running import Person, Refused


def work(url: str, window: str, cookies: str) -> dict[str, Any]:
    """One clerk's day: next, serve, finish and next, … until nobody is left."""
    clerk = Person(url)
    clerk.session.headers["Cookie"] = cookies
    called: list[dict[str, str]] = []
    try:
        ticket = clerk.press("call_next", window)["ticket"]
        while ticket:
            called.append({"window": window, "ticket": ticket["ticket"], "number": ticket["number"]})
            clerk.press("serve", window, ticket=ticket["ticket"])
            ticket = clerk.press("finish_and_next", window, ticket=ticket["ticket"])["ticket"]
    except Refused as refusal:
        return {"called": called, "refused": [refusal.code]}
    finally:
        clerk.close()
    return {"called": called, "refused": []}


def main() -> None:
    url, seats = sys.argv[1], [seat.split("=", 1) for seat in sys.argv[2:]]
    with ThreadPoolExecutor(len(seats)) as pool:
        json.dump(list(pool.map(lambda seat: work(url, *seat), seats)), sys.stdout)


if __name__ == "__main__":
    main()
