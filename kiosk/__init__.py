"""The kiosk's page: take a number, read what a service needs. No queueing rule, no storage, no other room."""

from __future__ import annotations

from flask import Blueprint, render_template

from kiosk.catalogue import catalogue
from kiosk.words import kiosk_words
from web.context import here
from web.words import language

blueprint = Blueprint("kiosk", __name__)


@blueprint.get("/kiosk")
def kiosk() -> str:
    """The one page; its script walks through departments, services, confirmation and ticket."""
    house = here().house
    return render_template("kiosk/kiosk.html", data=catalogue(house, language()) | {"words": kiosk_words()})
