"""The links that a ticket carries: its page, the page's public address, the picture of it."""

from __future__ import annotations

from datetime import date

from queueing.clock import business_day
from queueing.records import Json
from web.context import here
from web.tokens import digits_for, token_for


def with_link(issued: Json) -> Json:
    """The answer to a taken number with the ticket's links."""
    ticket = issued["ticket"]
    more = {"service": ticket["service"], "digits": digits_for(ticket["ticket"])}
    return issued | more | links(ticket["ticket"], issued["joined_at"])


def links(ticket: str, joined_at: str) -> Json:
    """The same for one ticket whenever it is asked."""
    page = f"/t/{token_for(ticket, _day(joined_at))}"
    return {"link": page, "url": here().public_url + page, "qr": f"{page}/qr.svg"}


def _day(at: str) -> date:
    return business_day(at, here().house.hall.timezone)
