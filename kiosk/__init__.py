"""The kiosk's page: take a number, read what a service needs. No queueing rule, no storage, no other room."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template
from flask.blueprints import BlueprintSetupState

from kiosk.catalogue import catalogue
from kiosk.words import kiosk_words
from web.admission import line_of
from web.context import EXTENSION, here, the_hall
from web.qr import qr_picture
from web.words import language

blueprint = Blueprint("kiosk", __name__)

OFFERS = "kiosk-offers"
BOOKS = "GET /book"
"""The pages on which anybody makes an appointment, where the hall has them."""


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """The catalogue in each of the hall's languages, worked out before the first visitor comes."""
    house = state.app.extensions[EXTENSION].house
    state.app.extensions[OFFERS] = {each: catalogue(house, each) for each in house.hall.languages}


@blueprint.get("/kiosk")
def kiosk() -> str:
    """The one page; its script walks through departments, services, confirmation and ticket."""
    offer = current_app.extensions[OFFERS][language()]
    told = {"words": kiosk_words(), "books": line_of(BOOKS) is not None}
    return render_template("kiosk/kiosk.html", data=offer | told)


@blueprint.get("/kiosk/book/<service>.svg")
def booking_code(service: str) -> Response:
    """The way to an appointment for a service, for a visitor's own phone."""
    return qr_picture(f"{here().public_url}/book?service={the_hall().plan.service(service).id}")
