"""What a press that another process took means for the screens of this one, as far as the log tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from queueing.records import Event

if TYPE_CHECKING:
    from web.push import Push

BOARDS = "boards"
EVERYBODY = "all"


def echo(push: Push, event: Event) -> None:
    """Closes screens of who may see no more, and tells boards that they are composed otherwise."""
    act = ECHOES.get(event.action)
    if act is not None:
        act(push, event)


def device_gone(push: Push, event: Event) -> None:
    push.close_screens_of(device=event.after["device"])


def staff_out(push: Push, event: Event) -> None:
    """One person's, or everybody's but those of who asked for it."""
    gone = event.after["staff"]
    if gone != EVERYBODY:
        push.close_screens_of(staff=gone)
        return
    for staff in push.staff_with_screens() - {event.actor.removeprefix("staff:")}:
        push.close_screens_of(staff=staff)


def signed_in(push: Push, event: Event) -> None:
    """In the place of somebody else, whose session in that browser has ended."""
    if event.after.get("instead_of"):
        push.close_screens_of(staff=event.after["instead_of"])


def door_moved(push: Push, event: Event) -> None:
    if not event.after["open"]:
        push.close_loopback_screens()


def board_composed(push: Push, event: Event) -> None:
    push.emit("board", {"composed": event.seq}, BOARDS)


ECHOES: Mapping[str, Callable[[Push, Event], None]] = {
    "revoke": device_gone,
    "sign_out": staff_out,
    "sessions_ended": staff_out,
    "one_time_password": staff_out,
    "password_changed": staff_out,
    "sign_in": signed_in,
    "loopback": door_moved,
    "board": board_composed,
    "honour": board_composed,
    "honour_taken_back": board_composed,
}
