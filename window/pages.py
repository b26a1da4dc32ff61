"""The terminal's one page; who may open it stands in the access table, which sends strangers to sign in."""

from __future__ import annotations

from flask import Blueprint, render_template

from queueing.house import House, StaffMember
from web.asking import who
from web.context import here
from web.words import language
from window.catalogue import Facts, catalogue, say
from window.words import terminal_words

blueprint = Blueprint("window", __name__)


@blueprint.get("/terminal")
def terminal() -> str:
    """Choosing a window and working at it are two faces of the same page; its script turns it."""
    house = here().house
    me = clerk(house, who().staff)
    return render_template("window/terminal.html", me=me, data=page_data(house, me))


def clerk(house: House, staff: str | None) -> Facts:
    """The person who is signed in, as the page greets them."""
    member = next(each for each in house.staff if each.id == staff)
    return {"id": member.id, "role": member.role, "windows": list(member.windows)} | spoken_of(member)


def seat(clerk_id: str) -> str | None:
    """The window where the clerk sits already, on whatever terminal."""
    return here().store.look(lambda desk: desk.window_of(clerk_id))


def spoken_of(member: StaffMember) -> dict[str, str]:
    return {"name": say(member.name, language()), "post": say(member.post, language())}


def page_data(house: House, me: Facts) -> Facts:
    """What the script needs to know before it hears from the hall."""
    limits = {
        "undo_seconds": house.limits.undo_seconds,
        "calls_before_no_show": house.limits.calls_before_no_show,
        "batch": house.rating.clerk_batch,
    }
    own = {"me": me, "window": seat(me["id"]), "limits": limits, "words": terminal_words()}
    return catalogue(house, language()) | own
