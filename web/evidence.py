"""Photos as evidence: known by their content, painted anew without place and camera, handed on as bytes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from queueing.boards import MediaRefused
from scoring.entering import Photo
from scoring.fact_errors import PhotoRefused
from web.context import here
from web.pictures import is_picture, repainted
from web.uploads import uploads_here

LARGEST_PHOTO = 12 * 1024**2
LONGEST_SIDE = 1600
FOLDER = "evidence"


def photo_of(content: bytes) -> Photo:
    """The photo as it is kept. Raises PhotoRefused, PictureTooLarge. Not to be called within `in_thread`."""
    with uploads_here().painting, tempfile.TemporaryDirectory(dir=cleared()) as name:
        sent, kept = Path(name, "sent"), Path(name, "kept.jpg")
        try:
            if not here().in_thread(lambda: sent.write_bytes(content) and is_picture(sent)):
                raise PhotoRefused(why="no_photo")
            found = repainted(sent, kept, LONGEST_SIDE)
        except MediaRefused as refusal:
            raise PhotoRefused(why=refusal.detail["why"]) from None
        return Photo(here().in_thread(kept.read_bytes), found.width, found.height)


def cleared() -> Path:
    """Where a photo lies while it is painted, one at a time; what a crash left there goes first."""
    found = here().data / FOLDER
    here().in_thread(lambda: shutil.rmtree(found, ignore_errors=True))
    found.mkdir(mode=0o700)
    return found
