"""The kiosk's page: take a number, read what a service needs. No queueing rule, no storage, no other room."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.blueprints import BlueprintSetupState

from kiosk.catalogue import catalogue
from kiosk.words import kiosk_words
from web.context import EXTENSION
from web.words import language

blueprint = Blueprint("kiosk", __name__)

OFFERS = "kiosk-offers"


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """The catalogue in each of the hall's languages, worked out before the first visitor comes."""
    house = state.app.extensions[EXTENSION].house
    state.app.extensions[OFFERS] = {each: catalogue(house, each) for each in house.hall.languages}


@blueprint.get("/kiosk")
def kiosk() -> str:
    """The one page; its script walks through departments, services, confirmation and ticket."""
    offer = current_app.extensions[OFFERS][language()]
    return render_template("kiosk/kiosk.html", data=offer | {"words": kiosk_words()})
