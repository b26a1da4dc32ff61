"""Signing in and out, and choosing a password of one's own."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Words
from queueing.house import StaffMember
from queueing.people import NotSignedIn
from queueing.records import Json
from web.asking import who
from web.context import here
from web.people import change_password, needs_new_password, sign_in
from web.routes import Answer, Answered, Body, Nothing, endpoint
from web.sessions import sign_out
from web.words import spoken

Role = Literal["clerk", "guide", "supervisor", "inspector", "administrator"]


class SignIn(Body):
    """A staff id, or the person's name as long as no colleague has the same."""

    name: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


class NewPassword(Body):
    """The password that let the person in, and the one that shall from now on."""

    old: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class Staff(Answer):
    """Who is signed in, and the window where they sit."""

    id: str
    name: Words
    role: Role
    must_change_password: bool
    window: str | None


class SessionAnswer(Answer):
    """The browser's session; null when nobody is signed in."""

    staff: Staff | None


@endpoint(blueprint, "GET", "/session", gives=SessionAnswer)
def session() -> Answered:
    """Who is signed in on this browser."""
    present = who().session
    if present is None:
        return {"staff": None}
    return {"staff": _as_seen(_member(present.staff), present.must_change_password)}


@endpoint(
    blueprint, "POST", "/session", takes=SignIn, gives=SessionAnswer, refuses=("password_wrong", "throttled")
)
def begin(body: SignIn) -> Answered:
    """Sign in; the session is a cookie that ends with the day."""
    member = sign_in(body.name, body.password)
    return {"staff": _as_seen(member, needs_new_password(member.id))}


@endpoint(
    blueprint, "POST", "/session/password", takes=NewPassword, gives=SessionAnswer,
    refuses=(
        *("not_signed_in", "password_wrong", "throttled"),
        *("password_too_short", "password_too_plain", "password_not_new"),
    ),
)  # fmt: skip
def new_password(body: NewPassword) -> Answered:
    """Replace one's own password; sessions on other machines end."""
    staff = who().staff
    if staff is None:
        raise NotSignedIn
    change_password(staff, body.old, body.new)
    return {"staff": _as_seen(_member(staff), False)}


@endpoint(blueprint, "POST", "/session/end", takes=Nothing, gives=SessionAnswer)
def end(body: Nothing) -> Answered:
    """Sign out."""
    sign_out(who().staff)
    return {"staff": None}


def _member(staff: str) -> StaffMember:
    return next(each for each in here().house.staff if each.id == staff)


def _as_seen(member: StaffMember, must_change_password: bool) -> Json:
    return {
        "id": member.id,
        "name": spoken(member.name),
        "role": member.role,
        "must_change_password": must_change_password,
        "window": here().store.look(lambda desk: desk.window_of(member.id)),
    }
