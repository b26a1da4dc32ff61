"""The page behind a ticket's link, and the QR code that leads to it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from flask import Blueprint, Response, current_app, render_template, request
from jinja2.utils import htmlsafe_json_dumps

from phone.drawings import drawings
from phone.made_once import Alike, MadeOnce, Own
from phone.words import own_data, shared_data
from queueing.errors import UnknownTicket
from queueing.persons import Identity, is_asked
from queueing.records import Ticket
from web.coming_back import come_back_limits
from web.context import here, the_hall
from web.qr import qr_picture
from web.refusals import LinkExpired
from web.tokens import digits_for, is_of_today, ticket_of
from web.wait_words import kept_sentence
from web.words import language, long_date, said_here

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
    """Made for this ticket alone where it says more of it than all pages say of theirs."""
    own, alike = _own(token, ticket), _alike(ticket)
    if identity is not None or set(request.args) - {"lang"}:
        return _drawn(alike, own, _stored(identity))
    return _made_once().page(alike, own, _drawn)


def _made_once() -> MadeOnce:
    kept: MadeOnce | None = current_app.extensions.get(MADE_ONCE)
    if kept is None:
        dumped = partial(htmlsafe_json_dumps, dumps=current_app.json.dumps)
        kept = current_app.extensions[MADE_ONCE] = MadeOnce(dumped)
    return kept


def _own(token: str, ticket: Ticket) -> Own:
    service, data = the_hall().plan.service(ticket.service), own_data(token, ticket)
    return Own(
        number=ticket.number,
        digits=spaced(digits_for(ticket.key)),
        token=token,
        service_id=service.id,
        service=data["service"]["name"],
        bring=tuple(said_here(material) for material in service.materials),
        data=data,
    )


def _alike(ticket: Ticket) -> Alike:
    house, service = here().house, the_hall().plan.service(ticket.service)
    return Alike(
        language=language(),
        is_finished=ticket.state == "finished",
        last_day=long_date(_last_day(ticket)),
        kept=kept_sentence(here().hall.outlook.kept.of_ten),
        asked=is_asked(house, service),
        brings=bool(service.materials),
    )


def _drawn(alike: Alike, own: Own, stored: dict[str, str] | None = None) -> str:
    house, shared = here().house, shared_data()
    return render_template(
        "phone/ticket.html",
        **vars(own) | vars(alike) | {"data": {**own.data, **shared}},
        limits=house.limits,
        come_back=come_back_limits(),
        reasons=house.rating.reasons,
        stored=stored,
        drawings=drawings(),
        comment_days=int(house.keep.comment_days),
        push=shared["push"],
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
