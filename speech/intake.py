"""Looks through what somebody uploads, in a process of its own: a bomb or a crash here leaves the hall alone.

python -m speech.intake LANGUAGE [CLIP]     the upload on standard input: a ZIP of clips, or the clip's WAV

Writes a line of JSON, what was taken and what wasn't and why, then a ZIP of the clips as the hall plays them.
A name out of the upload is looked up in the list of clips and never becomes the name of a file.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from speech.cleaning import LARGEST, Unfit, cleaned
from speech.packs import packed
from speech.sentences import SPEECH, clips_of
from speech.sound import as_wav

MEMORY, SECONDS, POLITE = 1 << 30, 60, 10
MOST_FILES = 200
MOST_BYTES = 96 << 20
"""Of everything in a ZIP, unpacked."""

Found = tuple[str, str | None, bytes]
"""How the upload calls it, which clip it is, and what it holds."""


class NoUpload(Exception):
    """Why nothing of it can be used: not_sound, unreadable, too_many, too_large."""


def found_in(upload: bytes, clip: str, known: dict[str, str]) -> Iterator[Found]:
    """Each recording of the upload."""
    if upload[:4] == b"RIFF":
        yield clip, clip if clip in known else None, upload
    elif upload[:4] == b"PK\x03\x04":
        yield from _unpacked(upload, {name.lower(): name for name in known})
    else:
        raise NoUpload("not_sound")


def _unpacked(upload: bytes, known: dict[str, str]) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(io.BytesIO(upload)) as archive:
            members = [
                each for each in archive.infolist() if not each.is_dir() and not _is_litter(each.filename)
            ]
            if len(members) > MOST_FILES:
                raise NoUpload("too_many")
            left = MOST_BYTES
            for member in members:
                content = _read(archive, member, min(LARGEST + 1, left))
                left -= len(content)
                if left <= 0:
                    raise NoUpload("too_large")
                yield member.filename, known.get(_clip_in(member.filename)), content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as reason:
        raise NoUpload("unreadable") from reason


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """No more than may be, whatever the member says of its own size."""
    with archive.open(member) as opened:
        return opened.read(most)


def _is_litter(name: str) -> bool:
    """What macOS puts beside every file."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name == ".DS_Store"


def _clip_in(name: str) -> str:
    """A folder before the name is fine; a way out of it isn't."""
    path = PurePosixPath(name)
    return "" if path.is_absolute() or ".." in path.parts or "\\" in name else _stem(path.name.lower())


def _stem(name: str) -> str:
    return name.removesuffix(".wav") if name.endswith(".wav") else ""


def looked_through(upload: bytes, language: str, clip: str) -> tuple[dict[str, object], bytes]:
    """The report, and a ZIP of what is fit."""
    known = clips_of(next(each for each in SPEECH if each == language))
    taken: dict[str, bytes] = {}
    refused: list[dict[str, str]] = []
    for name, which, content in found_in(upload, clip, known):
        why = "unknown" if which is None else "twice" if which in taken else _taken(taken, which, content)
        if why:
            refused.append({"name": name[-80:], "why": why})
    return {"taken": sorted(taken), "refused": refused}, packed(taken)


def _taken(taken: dict[str, bytes], clip: str, content: bytes) -> str:
    try:
        taken[clip] = as_wav(cleaned(content))
    except Unfit as reason:
        return reason.why
    return ""


def main() -> None:
    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    language, clip = sys.argv[1], (sys.argv[2:] or [""])[0]
    try:
        report, archive = looked_through(sys.stdin.buffer.read(), language, clip)
    except NoUpload as reason:
        report, archive = {"unusable": str(reason)}, b""
    sys.stdout.buffer.write(json.dumps(report).encode() + b"\n" + archive)


if __name__ == "__main__":
    main()
