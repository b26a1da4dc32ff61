"""The page behind a ticket's link, and the QR code that leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, Response, current_app, render_template, request
from markupsafe import escape

from phone.drawings import drawings
from phone.made_once import MARKS, Alike, MadeOnce
from phone.words import page_data
from queueing.errors import UnknownTicket
from queueing.persons import Identity, is_asked
from queueing.records import Ticket
from web.coming_back import come_back_limits
from web.context import here, the_hall
from web.qr import qr_picture
from web.refusals import LinkExpired
from web.tokens import digits_for, is_of_today, ticket_of
from web.wait_words import kept_sentence
from web.where import where_to_go
from web.words import language, long_date

blueprint = Blueprint("phone", __name__)

MADE_ONCE = "phone-pages"


@blueprint.get("/t/<token>")
def ticket_page(token: str) -> Response:
    """The holder's page; a link that has run out gets a kind word instead of an error."""
    try:
        ticket, identity = _ticket(token)
    except UnknownTicket:
        return private(render_template("phone/coming.html")) if is_of_today(token) else _no_more()
    except LinkExpired:
        return _no_more()
    return private(_page(token, ticket, identity))


@blueprint.get("/t/<token>/qr.svg")
def code(token: str) -> Response:
    """The page's public address as a picture; no code is made for a link that isn't ours."""
    ticket_of(token)
    return qr_picture(f"{here().public_url}/t/{token}")


def _ticket(token: str) -> tuple[Ticket, Identity | None]:
    key = ticket_of(token)
    return here().store.look(lambda desk: (desk.ticket(key), desk.identity_of(key)))


def _page(token: str, ticket: Ticket, identity: Identity | None) -> str:
    """Made for this ticket alone where it says more of it than its number."""
    digits = spaced(digits_for(ticket.key))
    if identity is not None or set(request.args) - {"lang"}:
        return _drawn(token, ticket, digits, identity)
    words = {"number": str(escape(ticket.number)), "digits": digits, "token": token}
    blank = replace(ticket, number=MARKS["number"])
    return _made_once().page(
        _alike(ticket), words, lambda: _drawn(MARKS["token"], blank, MARKS["digits"], None)
    )


def _made_once() -> MadeOnce:
    kept: MadeOnce = current_app.extensions.setdefault(MADE_ONCE, MadeOnce())
    return kept


def _alike(ticket: Ticket) -> Alike:
    return Alike(
        language(),
        ticket.service,
        ticket.direct_window,
        ticket.ticket_class,
        ticket.state == "finished",
        str(_last_day(ticket)),
        kept_sentence(here().hall.outlook.kept.of_ten),
    )


def _drawn(token: str, ticket: Ticket, digits: str, identity: Identity | None) -> str:
    house, service = here().house, the_hall().plan.service(ticket.service)
    return render_template(
        "phone/ticket.html",
        ticket=ticket,
        where=where_to_go(the_hall().plan, ticket),
        limits=house.limits,
        come_back=come_back_limits(),
        digits=digits,
        reasons=house.rating.reasons,
        last_day=long_date(_last_day(ticket)),
        stored=_stored(identity),
        asked=is_asked(house, service),
        bring=service.materials,
        drawings=drawings(),
        kept=kept_sentence(here().hall.outlook.kept.of_ten),
        comment_days=int(house.keep.comment_days),
        data=page_data(token, ticket),
    )


def spaced(digits: str) -> str:
    """As one reads six digits out: "482 193"."""
    return f"{digits[:3]} {digits[3:]}"


def _no_more() -> Response:
    house = here().house
    page = render_template(
        "phone/gone.html",
        phone_days=int(house.rating.phone_days),
        complaint_phone=house.hall.complaint_phone,
    )
    return private(page, 404)


def _stored(identity: Identity | None) -> dict[str, str] | None:
    """What is kept of the holder's document, as long as it is."""
    if identity is None:
        return None
    return {
        "masked": "…" + identity.masked.lstrip("*"),
        "until": long_date(date.fromisoformat(identity.kept_until)),
    }


def _last_day(ticket: Ticket) -> date:
    """The day up to which `web.tokens` lets the link in."""
    return date.fromisoformat(ticket.day) + timedelta(days=here().house.rating.phone_days + 1)


def private(page: str, status: int = 200) -> Response:
    """Nobody between the hall and the phone keeps a copy."""
    return Response(page, status, {"Cache-Control": "private, no-store"}, mimetype="text/html")
