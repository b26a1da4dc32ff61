"""From a document's number in a request to what may be kept of it; the number goes no further than here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from queueing.errors import IdentityNotAsked
from queueing.grants import entitled_by_age
from queueing.identity import LONGEST_TYPED, Person, age_on, person_of, read
from queueing.persons import Identity, is_asked
from queueing.records import Json
from web.context import here, the_hall
from web.routes import Body


class Shown(Body):
    """A document as it was typed, or as a reader types it."""

    document: Literal["resident", "other"] = "resident"
    number: str = Field(max_length=LONGEST_TYPED, repr=False)


def person_for(service: str, shown: Shown | None) -> Person | None:
    """Who a number of this service is for; raises IdentityNotAsked where nobody is asked."""
    if shown is None:
        return None
    if not is_asked(here().house, the_hall().plan.service(service)):
        raise IdentityNotAsked()
    return person_by(shown)


def person_by(shown: Shown) -> Person:
    """The person behind what was shown; raises NotADocumentNumber, DocumentNotTaken."""
    built = here()
    today = date.fromisoformat(the_hall().day(the_hall().now()))
    document = read(shown.document, shown.number, today, built.house.identity.other_documents)
    entitled = entitled_by_age(built.house.classes, age_on(document, today))
    return replace(person_of(document, built.identity_key), entitled=entitled)


def stored(person: Person | None, joined_at: str) -> Json:
    """What the ticket says of its holder's document. Not part of the answer that is kept for repeats."""
    if person is None:
        return {"document": None, "masked": None, "until": None}
    day = date.fromisoformat(the_hall().day(joined_at))
    until = day + timedelta(days=here().house.identity.keep_days)
    return {"document": person.document, "masked": person.masked, "until": until.isoformat()}


def kept(identity: Identity | None) -> Json:
    """The same of a ticket that was taken before."""
    if identity is None:
        return {"document": None, "masked": None, "until": None}
    return {"document": identity.document, "masked": identity.masked, "until": identity.kept_until}
