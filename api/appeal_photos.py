"""Photos that a clerk puts beside an appeal, for the clerk and for those who decide."""

from __future__ import annotations

from flask import Response, request

from api.blueprint import blueprint
from api.facts import EvidenceAnswer
from queueing.store import Desk
from scoring.appeal_photos import add_photo, appeal_rows, own_appeal
from scoring.appeals import Appeal, UnknownAppeal
from scoring.fact_errors import UnknownPhoto
from scoring.fact_store import fact_rows
from web.access import OFFICE
from web.asking import who
from web.context import here, the_hall
from web.evidence import LARGEST_PHOTO, photo_of
from web.idempotency import the_press
from web.routes import Answered, Picture, endpoint


@endpoint(
    blueprint, "POST", "/me/appeals/<appeal>/evidence", gives=EvidenceAnswer, status=201,
    refuses=(
        "unknown_appeal", "appeal_decided", "photo_refused", "picture_too_large", "too_many_photos",
        "no_room_for_photos",
    ),
)  # fmt: skip
def add_appeal_photo(appeal: str) -> Answered:
    """Add a photo (JPEG, PNG, WebP) as plain bytes; only the picture is kept, without place and camera."""
    request.max_content_length = LARGEST_PHOTO
    by = the_press()
    here().store.look(lambda desk: own_appeal(desk, appeal, by.clerk))
    return add_photo(the_hall(), appeal, photo_of(request.get_data()), by=by)


@endpoint(
    blueprint, "GET", "/appeals/<appeal>/evidence/<photo>", gives=Picture,
    refuses=("unknown_appeal", "unknown_photo"),
)  # fmt: skip
def appeal_photo(appeal: str, photo: str) -> Answered:
    """A photo, for the office and for the clerk who appeals."""

    def look(desk: Desk) -> tuple[Appeal | None, bytes | None]:
        return appeal_rows(desk).appeal(appeal), fact_rows(desk).evidence_picture(appeal, photo)

    found, picture = here().store.look(look)
    if found is None or (who().role not in OFFICE and found.clerk != who().staff):
        raise UnknownAppeal(appeal=appeal)
    if picture is None:
        raise UnknownPhoto()
    return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "private, no-store"})
