"""The ticket holder's page and the picture of its link. No list of tickets, nothing about anybody else's."""

from __future__ import annotations

from phone import follow_up
from phone.pages import blueprint

__all__ = ["blueprint", "follow_up"]
