"""The pad on the desk: one page that asks. No rating is kept or judged here; scoring does that."""

from __future__ import annotations

from rating.pages import blueprint

__all__ = ["blueprint"]
