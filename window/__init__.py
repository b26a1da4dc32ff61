"""The clerk's terminal: one page that presses and shows. No queueing rule, no storage, no other room."""

from __future__ import annotations

from window.pages import blueprint

__all__ = ["blueprint"]
