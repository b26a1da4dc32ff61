"""The people who work here, as the administrator sees them."""

from __future__ import annotations

from api.blueprint import blueprint
from api.session import Role
from api.shapes import Words
from queueing.house import StaffMember
from queueing.people import Account, UnknownStaff
from queueing.records import Json
from web.context import here
from web.idempotency import the_press
from web.people import accounts, issue_one_time_password
from web.routes import Answer, Answered, Nothing, endpoint
from web.sessions import end_all_sessions, end_sessions, open_sessions
from web.words import spoken


class Person(Answer):
    """A staff member; `has_password` is false until a one-time password was given out."""

    id: str
    name: Words
    post: Words
    role: Role
    windows: list[str]
    has_password: bool
    must_change_password: bool
    sessions: int


class People(Answer):
    """Everyone in the hall's file, in its order."""

    staff: list[Person]


class OneTimePassword(Answer):
    """Shown once, stored nowhere; it must be replaced at the next sign-in."""

    one_time_password: str


@endpoint(blueprint, "GET", "/staff", gives=People)
def staff() -> Answered:
    """Everyone who works here."""
    return _people()


@endpoint(
    blueprint, "POST", "/staff/<staff>/one_time_password", takes=Nothing, gives=OneTimePassword,
    refuses=("unknown_staff", "already_given_out"),
)  # fmt: skip
def one_time_password(staff: str, body: Nothing) -> Answered:
    """Give someone a one-time password; their sessions end."""
    return {"one_time_password": issue_one_time_password(staff, by=the_press())}


@endpoint(
    blueprint, "POST", "/staff/<staff>/sessions/end", takes=Nothing, gives=People, refuses=("unknown_staff",)
)
def end_theirs(staff: str, body: Nothing) -> Answered:
    """Sign a person out on every machine."""
    if staff not in {each.id for each in here().house.staff}:
        raise UnknownStaff(staff=staff)
    end_sessions(staff, by=the_press())
    return _people()


@endpoint(blueprint, "POST", "/sessions/end", takes=Nothing, gives=People)
def end_all(body: Nothing) -> Answered:
    """Sign everybody out but oneself."""
    end_all_sessions(by=the_press())
    return _people()


def _people() -> Json:
    kept, sessions = accounts(), open_sessions()
    people = [_person(each, kept.get(each.id), sessions.get(each.id, 0)) for each in here().house.staff]
    return {"staff": people}


def _person(member: StaffMember, account: Account | None, sessions: int) -> Json:
    return {
        "id": member.id,
        "name": spoken(member.name),
        "post": spoken(member.post),
        "role": member.role,
        "windows": list(member.windows),
        "has_password": account is not None and account.password_hash is not None,
        "must_change_password": account is not None and account.one_time,
        "sessions": sessions,
    }
