"""The holder's page asks to be told while it is closed; and the script that then wakes up in the browser."""

from __future__ import annotations

from typing import Annotated

from flask import Response, send_from_directory
from pydantic import Field

from queueing.errors import BadRequest, HallError
from queueing.subscriptions import Subscription, subscribe, subscribe_booking, unsubscribe
from signals.mailboxes import is_key, is_known
from signals.room import blueprint
from web.booking_links import booking_of
from web.context import here, the_hall
from web.idempotency import the_holders_press, the_press_as
from web.routes import Answer, Answered, Body, endpoint
from web.tokens import ticket_of
from web.words import language

LONGEST = 1000


class PushNotOffered(HallError):
    code = "push_not_offered"
    status = 422
    sentence = "This hall tells no phone whose page is closed, or not through this browser."


class PushKeys(Body):
    """What messages to the mailbox are sealed with."""

    p256dh: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{87}=?$")]
    auth: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}={0,2}$")]


class Mailbox(Body):
    """The address of a mailbox at the maker of the browser."""

    endpoint: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class PushWish(Mailbox):
    """As the browser gives it out."""

    keys: PushKeys


class PushAnswer(Answer):
    """Whether this mailbox is told."""

    told: bool


@endpoint(
    blueprint, "POST", "/api/v1/t/<token>/push", takes=PushWish, gives=PushAnswer,
    refuses=("unknown_ticket", "push_not_offered", "push_too_late"),
)  # fmt: skip
def tell_me(token: str, body: PushWish) -> Answered:
    """Tell this browser when it is nearly the turn, and when it is."""
    ticket = ticket_of(token)
    wanted = mailbox_of(ticket, body)
    return the_hall().change(the_holders_press(ticket), lambda change: subscribe(change, wanted))


def mailbox_of(key: str, body: PushWish) -> Subscription:
    """A mailbox that the hall may write to, for a ticket or an appointment; PushNotOffered, BadRequest."""
    rules, keys = here().house.signals, body.keys
    if not rules.push or not is_known(body.endpoint, rules.push_services):
        raise PushNotOffered
    if not is_key(keys.p256dh):
        raise BadRequest(message="The key isn't one.")
    return Subscription(key, body.endpoint, keys.p256dh, keys.auth, language(), the_hall().now())


@endpoint(
    blueprint, "POST", "/api/v1/b/<visit>/push", takes=PushWish, gives=PushAnswer,
    refuses=("unknown_booking", "push_not_offered", "push_too_late"),
)  # fmt: skip
def remind_me(visit: str, body: PushWish) -> Answered:
    """Remind this browser of the appointment, and tell it of the turn once checked in."""
    key = booking_of(visit)
    wanted = mailbox_of(key, body)
    by = the_press_as(f"booking:{key}")
    return the_hall().change(by, lambda change: subscribe_booking(change, wanted))


@endpoint(
    blueprint, "POST", "/api/v1/b/<visit>/push/end", takes=Mailbox, gives=PushAnswer,
    refuses=("unknown_booking",),
)  # fmt: skip
def remind_me_no_more(visit: str, body: Mailbox) -> Answered:
    """This browser isn't reminded any more."""
    key = booking_of(visit)
    by = the_press_as(f"booking:{key}")
    return the_hall().change(by, lambda change: unsubscribe(change, key, body.endpoint))


@endpoint(
    blueprint, "POST", "/api/v1/t/<token>/push/end", takes=Mailbox, gives=PushAnswer,
    refuses=("unknown_ticket",),
)  # fmt: skip
def tell_me_no_more(token: str, body: Mailbox) -> Answered:
    """This browser isn't told any more."""
    ticket = ticket_of(token)
    return the_hall().change(
        the_holders_press(ticket), lambda change: unsubscribe(change, ticket, body.endpoint)
    )


@blueprint.get("/t/worker.js")
@blueprint.get("/b/worker.js", endpoint="booking_worker")
def worker() -> Response:
    """Beside the pages of tickets and appointments, since it may only act for what lies there or below."""
    return send_from_directory("static/phone", "worker.js", max_age=0, mimetype="text/javascript")
