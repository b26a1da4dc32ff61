"""The hall's screens: boards, window panels, announcers. No queueing rule, no storage, no other room."""

from __future__ import annotations

from display.blueprint import blueprint
from display.boards import board, board_preview, media_file, shown
from display.screens import announcer, panel

__all__ = ["announcer", "blueprint", "board", "board_preview", "media_file", "panel", "shown"]
