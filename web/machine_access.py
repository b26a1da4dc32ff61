"""Who may ask for files and for signs of life; a part of the table in `web.access`."""

from __future__ import annotations

from web.roles import ANYONE, Who

OF_THE_MACHINE: dict[str, Who] = {
    "GET /healthz": ANYONE,
    "GET /readyz": ANYONE,
    "GET /metrics": ANYONE,  # from where is the hall's file's
    "GET /static/<path:filename>": ANYONE,
    "GET /static/@<release>/<path:filename>": ANYONE,
}

SIGNS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Answered whoever asks, without looking anybody up: they are asked most when nothing can be read."""
