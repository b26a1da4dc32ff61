"""Facts entered, scores with their lines, appeals, releases, honours. No rule, no storage, no other room."""

from __future__ import annotations

from assessment import mine, pages
from assessment.blueprint import blueprint

__all__ = ["blueprint", "mine", "pages"]
