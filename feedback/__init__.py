"""What citizens say and what becomes of it: bad ratings, complaints, call-backs. No rule, no storage."""

from __future__ import annotations

from feedback import attention, bad_pages, callback_pages, complaint_door, complaint_pages, mine, pages
from feedback.blueprint import blueprint

__all__ = [
    "attention",
    "bad_pages",
    "blueprint",
    "callback_pages",
    "complaint_door",
    "complaint_pages",
    "mine",
    "pages",
]
