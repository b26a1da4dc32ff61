"""Signs where the log stood when a day ended, with a key that never lies in the database."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from queueing.change import Change
from queueing.clock import Instant, instant
from queueing.hall import ITSELF, Hall
from queueing.house import House
from queueing.records import Json
from storage.desk import SqlDesk
from storage.events import canonical
from storage.signatures import Signature
from web.secret import made_once

KEY_FILE = "log.key"
HEADING = "# day seq head signed-at key signature: where the log of {hall} stood at the end of each day\n"


def key_file(house: House, folder: Path) -> Path:
    return folder / (house.log.key_file or KEY_FILE)


def key_of(house: House, folder: Path) -> bytes:
    """Made at the first start, readable by its owner alone."""
    return made_once(key_file(house, folder))


def name_of(key: bytes) -> str:
    """Tells keys apart, and nothing about them."""
    return hashlib.sha256(b"log key" + key).hexdigest()[:8]


def mark(key: bytes, hall: str, day: str, seq: int, head: str, at: Instant) -> str:
    """HMAC-SHA256 over the hall, the day, its last event with that event's hash, and when it was signed."""
    said = canonical({"hall": hall, "day": day, "seq": seq, "head": head, "at": at})
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def fits(key: bytes, hall: str, given: Signature) -> bool:
    made = mark(key, hall, given.day, given.seq, given.head, given.at)
    return hmac.compare_digest(made, given.signature)


def sign_until(hall: Hall, key: bytes, today: str) -> Json:
    """Signs the last day before today in which something happened; nothing when that is done already."""

    def work(change: Change) -> Json:
        desk = cast(SqlDesk, change.desk)
        ended = desk.end_of_log(_midnight(today, hall.house.hall.timezone))
        newest = next(iter(desk.signatures(1)), None)
        if ended is None or (newest and newest.seq >= ended[0]):
            return {"signed": False}
        seq, at, head = ended
        day, name = hall.day(at), hall.house.hall.id
        made = mark(key, name, day, seq, head, change.at)
        desk.add_signature(Signature(day, seq, head, change.at, name_of(key), made))
        return {"signed": True}

    return hall.change(ITSELF, work)


def _midnight(day: str, timezone: str) -> Instant:
    return instant(datetime.combine(date.fromisoformat(day), time(), ZoneInfo(timezone)))


def list_of(folder: Path, hall: str) -> Path:
    """The list of signatures beside the backups: it tells when the database was written anew as a whole."""
    return folder / f"{hall}-signatures.txt"


def export(file: Path, hall: str, signatures: Iterable[Signature]) -> None:
    """Adds what the list lacks; what stands there is never taken away."""
    known = set(listed(file))
    lacking = sorted((each for each in signatures if each not in known), key=lambda each: each.at)
    if not lacking:
        return
    text = "" if file.exists() else HEADING.format(hall=hall)
    text += "".join(f"{_line(each)}\n" for each in lacking)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def listed(file: Path) -> list[Signature]:
    """The signatures of the list; lines of another shape are none."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    parts = [line.split() for line in lines if not line.startswith("#")]
    return [Signature(p[0], int(p[1]), *p[2:]) for p in parts if len(p) == 6 and p[1].isdigit()]


def _line(each: Signature) -> str:
    return f"{each.day} {each.seq} {each.head} {each.at} {each.key} {each.signature}"
