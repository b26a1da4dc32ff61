"""WebM by its own structure (EBML, RFC 8794): a head that names the kind, then a segment with tracks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from queueing.boards import MediaRefused

HEAD, KIND, SEGMENT, TRACKS = 0x1A45DFA3, 0x4282, 0x18538067, 0x1654AE6B
LONGEST_HEAD, LONGEST_KIND, LONGEST_NAME, LONGEST_LENGTH = 4096, 16, 4, 8
MOST_ELEMENTS = 1000


@dataclass(frozen=True)
class Element:
    """What stands between two places of the file; `ends` None: its writer didn't know yet."""

    name: int
    begins: int
    ends: int | None


def is_webm(opened: BinaryIO, size: int) -> bool:
    """False: something else. A head like WebM's before what isn't whole raises MediaRefused."""
    opened.seek(0)
    if opened.read(4) != HEAD.to_bytes(4, "big"):
        return False
    head = element(opened, 0, size)
    if head.ends is None or head.ends > LONGEST_HEAD or kind_in(opened, head.begins, head.ends) != b"webm":
        return False
    segment = element(opened, head.ends, size)
    within = elements(opened, segment.begins, segment.ends or size)
    if segment.name != SEGMENT or not any(each.name == TRACKS for each in within):
        raise MediaRefused(why="broken")
    return True


def kind_in(opened: BinaryIO, begins: int, ends: int) -> bytes:
    """What the head says that the file is."""
    for each in elements(opened, begins, ends):
        if each.name == KIND:
            opened.seek(each.begins)
            return opened.read(min((each.ends or ends) - each.begins, LONGEST_KIND)).rstrip(b"\0")
    return b""


def elements(opened: BinaryIO, at: int, end: int) -> Iterator[Element]:
    """One after the other, up to the end or to one whose own end isn't known."""
    for _count in range(MOST_ELEMENTS):
        if at >= end:
            return
        found = element(opened, at, end)
        yield found
        if found.ends is None:
            return
        at = found.ends


def element(opened: BinaryIO, at: int, end: int) -> Element:
    """What stands there, which must end in time."""
    opened.seek(at)
    name, _ = number(opened, LONGEST_NAME)
    wide, bits = number(opened, LONGEST_LENGTH)
    begins, length = opened.tell(), wide - (1 << bits)
    ends = None if length == (1 << bits) - 1 else begins + length
    if begins > end or (ends or begins) > end:
        raise MediaRefused(why="broken")
    return Element(name, begins, ends)


def number(opened: BinaryIO, longest: int) -> tuple[int, int]:
    """A number whose first bit, which is left in, tells its length; how many bits follow that one."""
    first = opened.read(1)
    more = 8 - first[0].bit_length() if first else longest
    rest = opened.read(more) if more < longest else b""
    if more >= longest or len(rest) < more:
        raise MediaRefused(why="broken")
    return int.from_bytes(first + rest, "big"), 7 * (more + 1)
