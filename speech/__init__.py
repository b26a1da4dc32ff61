"""What the hall says aloud: sentences per language, voices, recorded clips. No other room, no storage."""

from __future__ import annotations

from speech import pages, playing, recording
from speech.blueprint import blueprint

__all__ = ["blueprint", "pages", "playing", "recording"]
