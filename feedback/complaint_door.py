"""Where citizens complain, praise and suggest, by a ticket's link or without; no page needs a script."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, render_template, request

from feedback import complaint_words
from feedback.blueprint import blueprint
from feedback.moments import moment_words
from queueing.errors import HallError
from queueing.records import Json, Press
from scoring.complaint_keeping import LONGEST, LONGEST_CONTACT
from scoring.complaint_states import KINDS, Kind
from scoring.complaints import Said
from web import complaining
from web.asking import who
from web.context import here
from web.idempotency import a_strangers_press
from web.nul import NUL
from web.sentences import sentence
from web.tokens import ticket_of

SAMPLE = "ABCD-EFGH-JKMN-PQRS"


@dataclass
class Form:
    """What was filled in, so that a refusal takes nothing away."""

    kind: str = "complaint"
    words: str = ""
    contact: str = ""
    refused: str = ""
    code: str = ""
    key: str = ""

    @property
    def said(self) -> Said:
        return Said(cast(Kind, self.kind), self.words, self.contact)


@blueprint.get("/complain")
def complain() -> Response:
    """Anybody may; who has a code may ask how far it is."""
    return _page(Form(key=fresh_key()))


@blueprint.post("/complain")
def complain_now() -> Response:
    return _sent(complaining.say)


@blueprint.post("/complain/follow")
def follow() -> Response:
    """Codes are sent in the body: an address is kept by browsers and written into logs."""
    code = typed("code").strip()[:40]
    try:
        return _page(Form(key=fresh_key()), code=code, found=complaining.followed(code) if code else None)
    except HallError as refusal:
        told = sentence(refusal.code, refusal.detail)
        return _page(Form(key=fresh_key()), refusal.status, code=code, not_found=told)


@blueprint.get("/t/<token>/feedback")
def about_a_ticket(token: str) -> Response:
    """The same for the holder of a ticket, with what was said about it before."""
    return _of_ticket(token, Form(key=fresh_key()))


@blueprint.post("/t/<token>/feedback")
def about_a_ticket_now(token: str) -> Response:
    ticket = ticket_of(token)
    number_of(ticket)  # there must be such a ticket before anything is asked of the form
    return _sent(lambda said, by: complaining.say_by_ticket(said, ticket, by), token)


def _sent(say: Callable[[Said, Press], Json], token: str | None = None) -> Response:
    """The page again: with the code, or with what was refused and all that was written."""
    request.get_data()  # kept for the press's mark, before the form is read
    form, status = form_here(), 200
    try:
        by = a_strangers_press(form.key)
        form.code = say(form.said, by)["code"]
    except HallError as refusal:
        form.refused, status = sentence(refusal.code, refusal.detail), refusal.status
        form.key = fresh_key()
    return _of_ticket(token, form, status) if token else _page(form, status)


def form_here() -> Form:
    """No more than the hall takes: the fields themselves say how long they may be."""
    kind = typed("kind")
    return Form(
        kind if kind in KINDS else KINDS[0],
        typed("words").replace("\r\n", "\n")[:LONGEST],
        typed("contact")[:LONGEST_CONTACT],
        key=typed("key"),
    )


def typed(name: str) -> str:
    """A field of the form, without what no keyboard writes and no database has to keep."""
    return request.form.get(name, "").replace(NUL, "")


def fresh_key() -> str:
    """Of this form: sent twice it is one complaint."""
    return secrets.token_urlsafe(16)


def number_of(ticket: str) -> str:
    """Raises UnknownTicket."""
    return here().store.look(lambda desk: desk.ticket(ticket).number)


def _of_ticket(token: str, form: Form, status: int = 200) -> Response:
    """With what this browser said before; one of each kind is worked on at a time."""
    ticket = ticket_of(token)
    number = number_of(ticket)
    own = complaining.own_of(ticket) if who().staff is None else []
    busy = set() if form.refused else {each["kind"] for each in own if each["state"] != "closed"}
    if form.kind in busy:
        form.kind = next((kind for kind in KINDS if kind not in busy), form.kind)
    return _page(form, status, token=token, number=number, own=own, busy=busy)


def _page(form: Form, status: int = 200, **more: Any) -> Response:
    page = render_template(
        "feedback/complain.html",
        form=form,
        limits={"words": LONGEST, "contact": LONGEST_CONTACT},
        phone=here().house.hall.complaint_phone,
        rules=here().house.complaints,
        states=complaint_words.own_states(),
        kinds=complaint_words.kinds(),
        asides=complaint_words.asides(),
        moment=moment_words,
        sample=SAMPLE,
        **more,
    )
    return Response(page, status, {"Cache-Control": "private, no-store"}, mimetype="text/html")
