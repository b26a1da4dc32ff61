"""The versioned HTTP API: takes, asks, answers. No rule of the queue, no SQL, no page."""

from __future__ import annotations

from api import (
    announcements,
    blocks,
    boards,
    catalogue,
    devices,
    document,
    doors,
    holders,
    identities,
    log,
    lookup,
    media,
    open_looks,
    presses,
    ratings,
    reading,
    returning,
    reviews,
    scores,
    session,
    staff,
    tickets,
    upkeep,
    watched,
)
from api.blueprint import blueprint

__all__ = [
    "announcements", "blocks", "blueprint", "boards", "catalogue", "devices", "document", "doors",
    "holders", "identities", "log", "lookup", "media", "open_looks", "presses", "ratings", "reading",
    "returning", "reviews", "scores", "session", "staff", "tickets", "upkeep", "watched",
]  # fmt: skip
