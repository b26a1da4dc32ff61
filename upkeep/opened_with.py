"""With which of a city's files a hall's data were opened the last time: a copied file takes none over."""

from __future__ import annotations

import logging
from pathlib import Path

LOG = logging.getLogger(__name__)

MARK = "hall.file"
"""In the hall's folder."""


def is_known(folder: Path, file: Path) -> bool:
    """Whether the data in the folder were opened with this file the last time."""
    try:
        return (folder / MARK).read_text("utf-8") == file.name
    except (OSError, ValueError):  # none yet, or nothing that can be read
        return False


def remember(folder: Path, file: Path) -> None:
    """Only of use where another file names the same hall, so the hall opens without it, too."""
    part = folder / f"{MARK}.part"
    try:
        part.unlink(missing_ok=True)
        part.write_text(file.name, "utf-8")
        part.replace(folder / MARK)
    except OSError as error:
        LOG.warning("It couldn't be noted with which file the hall in %s was opened: %s", folder, error)
