"""Scripts, styles, fonts and drawings under addresses that change with them: browsers keep them for good.

`/static/@<release>/shared/hall.css` never becomes another file: another release has another address. Without
a release, or with that of another one, the same file is sent for this once, so that a page loaded before an
upgrade goes on, and nothing of the new release is kept under an old one's name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response

FOR_GOOD = "public, max-age=31536000, immutable"
FONTS_KEPT = "public, max-age=86400"
"""A page asks for dozens of pieces of a font: not every time whether they are still the same."""

RELEASED = "/static/@<release>/<path:filename>"
BYTES = 8


@dataclass(frozen=True)
class Release:
    """All files as they were at the start: one name for all of them, and how each would show a change."""

    name: str
    stamps: dict[str, tuple[int, int]]

    def holds(self, filename: str, folder: Path) -> bool:
        """Whether the file is the one of this release: not one that was copied over it since the start."""
        try:
            return self.stamps.get(filename) == stamp(folder / filename)
        except OSError:
            return False


def install(app: Flask) -> None:
    """From now on `url_for("static", …)` names the release."""
    folder = Path(str(app.static_folder))
    release = released(folder)

    def sent(filename: str, **asked: str) -> Response:
        answer = app.send_static_file(filename)
        if asked.get("release") == release.name and release.holds(filename, folder):
            answer.headers["Cache-Control"] = FOR_GOOD
        elif filename.endswith(".woff2"):
            answer.headers["Cache-Control"] = FONTS_KEPT
        return answer

    app.view_functions["static"] = sent
    app.add_url_rule(RELEASED, "static", sent)
    app.url_defaults(lambda endpoint, values: name_release(release, endpoint, values))


def name_release(release: Release, endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values.setdefault("release", release.name)


@lru_cache
def released(folder: Path) -> Release:
    """Read once in a process, however many halls it serves; the same wherever the same files are."""
    digest, stamps = hashlib.blake2b(digest_size=BYTES), {}
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = file.relative_to(folder).as_posix()
        stamps[name] = stamp(file)
        digest.update(f"{name}\0{hashlib.blake2b(file.read_bytes()).hexdigest()}\n".encode())
    return Release(digest.hexdigest(), stamps)


def stamp(file: Path) -> tuple[int, int]:
    """Its time in nanoseconds and its size in bytes."""
    told = file.stat()
    return told.st_mtime_ns, told.st_size
