"""The start page: what is running here, every screen of the hall, and codes to open them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, render_template

from office.blueprint import blueprint
from office.words import start_words
from queueing.clock import instant, local
from queueing.house import House
from web.asking import who
from web.context import Built, here
from web.qr import qr_picture
from web.trial import is_open, trial_command
from web.words import language, said_here

SCREENS = {
    "kiosk": "/kiosk",
    "board": "/board",
    "terminal": "/terminal",
    "office": "/office",
    "guide": "/guide",
    "pair": "/pair",
    "services": "/services",
}
"""The screens that have a code on the start page, by the page that they open."""


@dataclass(frozen=True)
class Opening:
    """Whether anybody is served now, and if not, when next and the command that starts a trial."""

    open: bool
    next_at: str | None
    trial: str | None


@blueprint.get("/")
def start_page() -> str:
    """Tells what is running and leads to every screen."""
    built = here()
    house = built.house
    opening = opening_now(built)
    data = {"windows": [{"window": w.id, "name": said_here(w.name)} for w in house.windows]}
    return render_template(
        "office/start.html",
        house=house,
        opening=opening,
        base=built.public_url,
        guessed=not house.server.public_url,
        may_set_address=who().role == "administrator",
        screens=SCREENS,
        data=data | {"next_at": opening.next_at, "zone": house.hall.timezone, "words": start_words()},
        lang=language(),
        sizes=sizes_of(house),
    )


@blueprint.get("/qr/<screen>.svg")
def code_of_screen(screen: str) -> Response:
    """The address of one screen as a QR code."""
    if screen not in SCREENS:
        abort(404)
    return qr_picture(f"{here().public_url}{SCREENS[screen]}")


def sizes_of(house: House) -> dict[str, int]:
    return {
        "windows": len(house.windows),
        "departments": len(house.departments),
        "services": len(house.services),
    }


def opening_now(built: Built) -> Opening:
    """From the windows' timetables, at the hall's own time."""
    hall = built.hall
    if is_open(hall):
        return Opening(True, None, None)
    wall = local(hall.now(), built.house.hall.timezone)
    openings = [at for window in built.house.windows if (at := hall.hours.next_opening(window, wall))]
    if not openings:
        return Opening(False, None, None)
    return Opening(False, instant(min(openings)), f"{trial_command(hall, built.file)} SPEED=1")
