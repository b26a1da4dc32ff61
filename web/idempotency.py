"""From a request to a press: who asks, and the key under which asking twice is asking once."""

from __future__ import annotations

from queueing.records import Press
from web.asked import asked
from web.asking import who
from web.context import here
from web.nul import NUL
from web.refusals import KeyMissing
from web.secret import sealed

HEADER = "Idempotency-Key"
IN_ENVIRONMENT = "IDEMPOTENCY_KEY"
LONGEST = 100


def require_key() -> str:
    """The request's key; refused when it is missing, empty or too long."""
    present = asked()
    if not present.key:
        key = (present.header(IN_ENVIRONMENT) or "").strip()
        if not is_key(key):
            raise KeyMissing
        present.key = key
    return present.key


def is_key(word: str) -> bool:
    return 0 < len(word) <= LONGEST and NUL not in word


def the_press() -> Press:
    """What the hall needs to know about the present request."""
    asker = who()
    return _press(asker.id, asker.role, asker.staff, asker.source)


def the_holders_press(ticket: str) -> Press:
    """The same for somebody who came in by a ticket's link; staff stay staff even there."""
    return the_press_as(f"ticket:{ticket}")


def the_press_as(actor: str) -> Press:
    """Of whoever holds a signed link, by what the link is for."""
    return _press(actor, "holder", who().staff)


def a_strangers_press(key: str | None = None) -> Press:
    """Of somebody whom the log isn't to name, whoever it is; a plain form brings its key in a field."""
    if key is not None and not is_key(key):
        raise KeyMissing
    return _press("visitor", "visitor", None, key=key)


def _press(actor: str, role: str, clerk: str | None, source: str = "", key: str | None = None) -> Press:
    present = asked()
    route = f"{present.method} {present.path}"
    return Press(actor, role, key or require_key(), route, _mark(present.body()), clerk, source)


def _mark(body: bytes) -> str:
    """Tells one body from another, and nobody without the hall's secret what was in it.

    A plain hash of a body that holds an identity number would be found by trying all numbers.
    """
    return sealed(here().secret, b"idempotency:" + body).hex()
