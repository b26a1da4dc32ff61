"""The files that a hall's file names for everybody to see: sample forms and photographs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from queueing.house import House
from settings.findings import KeyPath

NAME = re.compile(r"(?:[\w-]+/)*[\w-]+(?:\.[\w-]+)+", re.ASCII)
"""Below the project's folder, and no hidden file."""

MOST_BYTES = 4 << 20
KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"%PDF-": "application/pdf",
}


def papers_of(house: House) -> Iterator[tuple[KeyPath, str]]:
    """Every named file, with the key that names it."""
    for at, service in enumerate(house.services):
        for n, material in enumerate(service.guide.materials):
            if material.sample:
                yield ("services", at, "guide", "materials", n, "sample"), material.sample
        for n, form in enumerate(service.guide.forms):
            yield ("services", at, "guide", "forms", n, "file"), form.file
    for at, person in enumerate(house.staff):
        if person.photo:
            yield ("staff", at, "photo"), person.photo


def kind_of(file: Path) -> str | None:
    """What the file is by its first bytes, whatever it is called; nothing that a browser would run."""
    with file.open("rb") as opened:
        head = opened.read(16)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in KINDS.items() if head.startswith(mark)), None)
