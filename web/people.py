"""Passwords: signing in, choosing one's own, and the one-time passwords that an administrator hands out."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TypeVar

from flask import request
from werkzeug.security import check_password_hash, generate_password_hash

from queueing.change import Change
from queueing.clock import Clock, instant
from queueing.hall import Hall
from queueing.house import House, StaffMember
from queueing.people import (
    Account,
    PasswordWrong,
    UnknownStaff,
    as_typed,
    check_new_password,
    fingerprint,
    give_out_once,
    in_readable_groups,
    staff_called,
)
from queueing.records import Json, Press
from queueing.store import Desk, Store
from queueing.tries import SOFT, STRICT, Patience, guesser_at, network_of, take_try
from web.context import here, the_hall
from web.noting import note_refusal, of_the_door
from web.sessions import (
    STAFF_COOKIE,
    by_the_door,
    known_here,
    new_session,
    real_now,
    remember,
    rows,
    send_cookie,
    session_mark,
    signed_in,
)

Hashed = TypeVar("Hashed", str, bool)
Guards = tuple[tuple[str, Patience], ...]

DOOR = "password"
METHOD = "scrypt"
"""How passwords are hashed; tests turn its cost down."""

AT_ONCE = threading.Semaphore(2)
"""Each hash takes 32 MB for a moment: when everyone signs in at eight, the others wait their turn."""


def first_start(house: House, store: Store, clock: Clock) -> str | None:
    """Open an account for everyone; the administrator's one-time password, the first time only."""
    staff = tuple(each.id for each in house.staff)
    administrators = [each.id for each in house.staff if each.role == "administrator"]
    one_time = in_readable_groups(8)
    kept, at = generate_password_hash(as_typed(one_time), METHOD), instant(clock.now())

    def open_accounts(desk: Desk) -> Json:
        rows(desk).open_accounts(staff)
        accounts = {each.staff: each for each in rows(desk).accounts()}
        if not administrators or any(accounts[each].password_hash for each in administrators):
            return {"first": False}
        rows(desk).keep_password(administrators[0], kept, one_time=True, at=at)
        return {"first": True}

    return one_time if store.change(open_accounts, by_the_door("start"))["first"] else None


def fresh_password(staff: str, house: House, store: Store, clock: Clock) -> str:
    """A new one-time password while no server runs; the old one and every session of theirs end."""
    if staff not in {each.id for each in house.staff}:
        raise UnknownStaff(staff=staff)
    first_start(house, store, clock)
    one_time = in_readable_groups(8)
    kept, by = generate_password_hash(as_typed(one_time), METHOD), Press(actor="operator", role="door")
    Hall(house, store, clock).change(by, lambda change: _replaced(change, staff, kept, one_time=True, but=""))
    return one_time


def sign_in(name: str, password: str) -> StaffMember:
    """Check the password and give the browser a session; refused the same way for any wrong part."""
    member = staff_called(here().house, name)
    _check(member.id if member else None, _stranger(name), password)
    if member is None:
        raise PasswordWrong
    _let_in(member.id)
    return member


def needs_new_password(staff: str) -> bool:
    """Whether what let this person in was a one-time password."""
    account = here().store.look(lambda desk: rows(desk).account(staff))
    return account is not None and account.one_time


def change_password(staff: str, old: str, new: str) -> None:
    """A new password for who is signed in; their other sessions end."""
    check_new_password(new, as_typed(old) if needs_new_password(staff) else old, staff)
    _check(staff, staff, old)
    _keep(staff, new, one_time=False, but=session_mark() or "")
    here().push.close_screens_of(staff=staff)


def issue_one_time_password(staff: str, *, by: Press) -> str:
    """A password that must be replaced at the first sign-in; every session of theirs ends.

    It is shown once: the same press again gets no second one.
    """
    if staff not in {each.id for each in here().house.staff}:
        raise UnknownStaff(staff=staff)
    one_time = in_readable_groups(8)
    _keep(staff, as_typed(one_time), one_time=True, but="", by=by)
    here().push.close_screens_of(staff=staff)
    return one_time


def accounts() -> dict[str, Account]:
    """Every account by staff id."""
    kept = here().store.look(lambda desk: rows(desk).accounts())
    return {each.staff: each for each in kept}


def _check(staff: str | None, stranger: str, password: str) -> None:
    """Refuse a wrong password; the try counts as wrong until it is known to be right."""
    guards, at = _guards(staff or stranger), real_now()
    _change(lambda desk: _tried(desk, guards, at), staff or stranger)
    account = here().store.look(lambda desk: rows(desk).account(staff)) if staff else None
    if not _slowly(lambda: _fits(account, password)):
        note_refusal("sign_in_refused", staff)
        raise PasswordWrong


def _guards(account: str) -> Guards:
    """Under which names a try is counted: a known browser stands by itself, where no stranger reaches it."""
    mark = known_here(account)
    if mark is not None:
        return ((guesser_at(account, mark), STRICT),)
    return ((guesser_at(account, network_of(request.remote_addr or "")), STRICT), (account, SOFT))


def _stranger(name: str) -> str:
    """Under which tries for an unknown name are counted: many share one, so no flood of rows."""
    return "?" + hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:3]


def _fits(account: Account | None, password: str) -> bool:
    """Takes as long for a name that nobody has as for one that exists."""
    if account is None or account.password_hash is None:
        check_password_hash(_nobodys_hash(), password)
        return False
    typed = as_typed(password) if account.one_time else password
    return check_password_hash(account.password_hash, typed)


def _slowly(work: Callable[[], Hashed]) -> Hashed:
    """Beside the event loop, so that nobody else waits for a hash."""
    with AT_ONCE:
        done: Hashed = here().in_thread(work)
    return done


@cache
def _nobodys_hash() -> str:
    return generate_password_hash("nobody", METHOD)


def _change(work: Callable[[Desk], Json], actor: str) -> Json:
    """The work runs in another thread: it takes plain values along and asks nothing of Flask."""
    return here().store.change(work, by_the_door(actor))


def _tried(desk: Desk, guards: Guards, at: datetime) -> Json:
    for who, patience in guards:
        take_try(rows(desk), DOOR, who, at, patience)
    return {}


def _let_in(staff: str) -> None:
    """Forgive the browser's wrong tries, and begin a session on it in place of the one it had."""
    token, at, ends_at = new_session()
    guards, before, mark = _guards(staff), signed_in(), session_mark() or ""

    def begin(change: Change) -> Json:
        for who, _ in guards:
            rows(change.desk).forget_tries(DOOR, who)
        rows(change.desk).end_session(mark)
        rows(change.desk).start_session(fingerprint(token), staff, at=at, ends_at=ends_at)
        change.note("sign_in", {"staff": staff} | gone)
        return {}

    gone = {"instead_of": before.staff} if before is not None and before.staff != staff else {}
    the_hall().change(of_the_door(f"staff:{staff}"), begin)
    send_cookie(STAFF_COOKIE, token)
    remember(staff)
    if before is not None:
        here().push.close_screens_of(staff=before.staff)


def _keep(staff: str, password: str, *, one_time: bool, but: str, by: Press | None = None) -> None:
    """Replace the password, forgive wrong tries and end every session but one; for one press once."""
    kept = _slowly(lambda: generate_password_hash(password, METHOD))

    def replace(change: Change) -> Json:
        if by is not None:
            give_out_once(rows(change.desk), by, change.at)
        return _replaced(change, staff, kept, one_time=one_time, but=but)

    the_hall().change(of_the_door(by.actor if by else f"staff:{staff}"), replace)


def _replaced(change: Change, staff: str, kept: str, *, one_time: bool, but: str) -> Json:
    rows(change.desk).keep_password(staff, kept, one_time=one_time, at=change.at)
    rows(change.desk).forget_all_tries(DOOR, staff)
    rows(change.desk).end_sessions_of(staff, but=but)
    change.note("one_time_password" if one_time else "password_changed", {"staff": staff})
    return {}
