"""Photos beside an appeal: the clerk's own evidence, kept where that of facts is kept."""

from __future__ import annotations

import secrets
from typing import cast

from queueing.change import Change
from queueing.hall import Hall
from queueing.records import Json, Press
from queueing.store import Desk
from scoring.appeals import Appeal, AppealStore, UnknownAppeal, open_appeal
from scoring.entering import MOST_BYTES, MOST_PHOTOS, Photo
from scoring.fact_errors import NoRoomForPhotos, TooManyPhotos
from scoring.fact_store import Evidence, fact_rows


def appeal_rows(desk: Desk) -> AppealStore:
    """The desk, seen as the keeper of appeals."""
    return cast(AppealStore, desk)


def own_appeal(desk: Desk, appeal: str, clerk: str | None) -> Appeal:
    """An open one of one's own; others' aren't known to anybody but the office."""
    found = open_appeal(appeal_rows(desk), appeal)
    if found.clerk != clerk:
        raise UnknownAppeal(appeal=appeal)
    return found


def add_photo(hall: Hall, appeal: str, photo: Photo, *, by: Press) -> Json:
    """Raises UnknownAppeal, AppealDecided, TooManyPhotos, NoRoomForPhotos."""

    def work(change: Change) -> Json:
        found, rows = own_appeal(change.desk, appeal, by.clerk), fact_rows(change.desk)
        if len(rows.evidence(found.id)) >= MOST_PHOTOS:
            raise TooManyPhotos(most=MOST_PHOTOS)
        if rows.evidence_bytes() > MOST_BYTES:
            raise NoRoomForPhotos(most=MOST_BYTES // 1024**2)
        size, name = len(photo.picture), secrets.token_hex(8)
        made = Evidence(name, found.id, size, photo.width, photo.height, change.at, found.clerk)
        rows.add_evidence(made, photo.picture)
        change.note("appeal_evidence_added", {"appeal": found.id, "evidence": name, "bytes": size})
        return {"evidence": vars(made)}

    return hall.change(by, work)
