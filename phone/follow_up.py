"""The page of whoever rated: what becomes of the rating, a way to be reached, a second rating."""

from __future__ import annotations

from flask import Response, render_template

from phone.pages import blueprint, private
from queueing.records import Json
from queueing.store import Desk
from scoring.second_ratings import Citizens
from web.context import here, the_hall
from web.qr import qr_picture
from web.refusals import LinkExpired
from web.tokens import rated_with
from web.words import _


@blueprint.get("/f/<link>")
def follow_up(link: str) -> Response:
    """Opened with the link that the answer to the rating gave; a link that has run out gets a kind word."""
    try:
        ticket = rated_with(link)
    except LinkExpired:
        return private(render_template("phone/follow_up_gone.html"), 404)
    return private(_page(link, ticket))


@blueprint.get("/f/<link>/qr.svg")
def follow_up_code(link: str) -> Response:
    """The page's public address as a picture, for the pad; none is made for a link that isn't ours."""
    rated_with(link)
    return qr_picture(f"{here().public_url}/f/{link}")


def _page(link: str, ticket: str) -> str:
    house, at = here().house, the_hall().now()
    mine = Citizens(here().following, here().ratings)

    def look(desk: Desk) -> tuple[Json, str]:
        return mine.seen(desk, ticket, at), desk.ticket(ticket).number

    seen, number = here().store.look(look)
    return render_template(
        "phone/follow_up.html",
        seen=seen,
        number=number,
        standing=standing_words()[seen["state"]],
        reasons=house.rating.reasons,
        keep_days=int(house.remedy.contact_keep_days),
        complaint_phone=house.hall.complaint_phone,
        data={"link": link, "words": _words()},
    )


def standing_words() -> dict[str, str]:
    """How it stands, as a citizen would say it."""
    looking = _("The hall is looking into it.")
    return {
        "none": _("Your rating has been received and counts. Thank you."),
        "open": _("Your rating has been received. The hall will look into it."),
        "contacted": looking,
        "appealed": looking,
        "upheld": _("The hall has looked into it: you are right. It is being put right."),
        "unfounded": _("The hall has looked into it and couldn't confirm it."),
        "put_right": _("It has been put right."),
        "closed": _("The matter is closed."),
        "set_aside": _("A reviewer has set your rating aside. It is kept, but doesn't count."),
    }


def _words() -> dict[str, str]:
    return {
        "no_answer": _("The hall did not answer. Please try once more."),
        "waits_for_hall": _("Waiting for the hall … Your answer is kept and counts once."),
        "not_sent": _("This could not be sent. Please try once more."),
    }
