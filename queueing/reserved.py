"""What a reserved number is: its spelling, its key, its block, and how many a kiosk may have."""

from __future__ import annotations

import base64
import hashlib
import re

from queueing.change import Change
from queueing.fallback_errors import EnoughReserved, NotReserved, ReservedEarlier
from queueing.records import Block

NUMBER = re.compile(r"([A-Z]{1,3})0*([1-9][0-9]{0,4})")
LAST_NUMBER, LAST_SLIP = 99_999, 9_999
"""The greatest number that can be entered, and the greatest that a printed slip bears."""
MOST_OPEN_BLOCKS = 10
"""A kiosk needs two at a time; the others are for one that loses its memory, whose numbers may be out."""


def spelled(prefix: str, place: int) -> str:
    return f"{prefix}{place:03d}"


def parts_of(number: str) -> tuple[str, int]:
    """("ZY", 7) of "ZY007"; raises NotReserved for what is no number."""
    found = NUMBER.fullmatch(number)
    if found is None:
        raise NotReserved(number=number)
    return found[1], int(found[2])


def key_in(block: Block, number: str) -> str:
    """The key that a number's ticket will have; only who knows the block's can work it out."""
    digest = hashlib.sha256(f"{block.key}:{number}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()


def own_block(change: Change, key: str, number: str) -> Block:
    """The block that the kiosk knows the key of, if the number lies in it and is of today."""
    block = change.desk.block(key)
    prefix, place = parts_of(number)
    if block is None or block.prefix != prefix or not block.first <= place <= block.last:
        raise NotReserved(number=number)
    if block.day != change.day:
        raise ReservedEarlier(number=number)
    return block


def must_need_more(change: Change, count: int) -> None:
    """Raises EnoughReserved while the holder has as many numbers that aren't entered as it may have."""
    desk, entered = change.desk, change.desk.entered_numbers(change.day)
    open_ones = sum(
        spelled(block.prefix, place) not in entered
        for block in desk.blocks_of(change.day, change.by.actor)
        for place in range(block.first, block.last + 1)
    )
    if open_ones + count > MOST_OPEN_BLOCKS * count:
        raise EnoughReserved()
