"""Word to services and devices that are no pages: webhooks and LED strips. No rule, no storage."""

from __future__ import annotations

from signals import pagers, subscribing, views
from signals.room import blueprint

__all__ = ["blueprint", "pagers", "subscribing", "views"]
