"""The versioned HTTP API: takes, asks, answers. No rule of the queue, no SQL, no page."""

from __future__ import annotations

from api import (
    catalogue,
    devices,
    document,
    holders,
    identities,
    presses,
    ratings,
    scores,
    session,
    staff,
    tickets,
)
from api.blueprint import blueprint

__all__ = [
    "blueprint", "catalogue", "devices", "document", "holders", "identities", "presses", "ratings", "scores",
    "session", "staff", "tickets",
]  # fmt: skip
