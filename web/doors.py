"""The doors' pages: sign in, choose a password, pair a screen. Every room sends its strangers here."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from queueing.house import StaffMember
from queueing.people import SHORTEST_PASSWORD
from web.asking import who
from web.context import here
from web.devices import home_of
from web.words import _

blueprint = Blueprint("doors", __name__)

START = {"clerk": "/terminal", "guide": "/guide"}
"""Where a role begins when nothing else was asked for; the others begin in the office."""


@blueprint.get("/login")
def login() -> str:
    """Name and password; who is signed in already is told so."""
    member = _signed_in()
    data = {"next": _next(), "start": START, "else": "/office", "words": _said_by_scripts()}
    return render_template("office/login.html", member=member, start=_start_of(member), data=data)


@blueprint.get("/password")
def password() -> str:
    """A password of one's own: asked for at the first sign-in, possible at any time."""
    member = _signed_in()
    asker = who()
    first = asker.session is not None and asker.session.must_change_password
    data = {
        "next": _next() or _start_of(member),
        "least": SHORTEST_PASSWORD,
        "words": _said_by_scripts() | _said_of_passwords(),
    }
    return render_template("office/password.html", member=member, first=first, data=data)


@blueprint.get("/pair")
def pair() -> str:
    """A stranger's screen: what it is, what to do, and where the code goes."""
    device = who().device
    data = {"next": _next(), "words": _said_by_scripts()}
    home = home_of(device) if device else None
    return render_template("office/pair.html", device=device, home=home, data=data)


def _signed_in() -> StaffMember | None:
    return next((each for each in here().house.staff if each.id == who().staff), None)


def _start_of(member: StaffMember | None) -> str:
    return START.get(member.role, "/office") if member else "/"


def _next() -> str:
    """Where the browser was going, as long as that is a page of ours."""
    wanted = request.args.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and wanted.isprintable() else ""


def _said_by_scripts() -> dict[str, str]:
    return {
        "no_answer": _("The hall doesn't answer. Check the network, then try again."),
        "wait": _("You can try again in {seconds} seconds."),
        "working": _("One moment …"),
    }


def _said_of_passwords() -> dict[str, str]:
    return {
        "differ": _("The two new passwords aren't the same. Please type them again."),
        "old_wrong": _("The password typed first isn't right. Please type it again."),
        "short": _("The new password needs at least {least} characters."),
    }
