"""Who asks: staff by their session, a screen by its pairing or by standing on the hall's own machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from queueing.people import Device, SignedIn
from web.asked import asked
from web.context import here
from web.devices import device_here
from web.loopback import from_loopback
from web.sessions import signed_in

SCREENS = frozenset({"kiosk", "board", "panel", "pad", "announcer"})


@dataclass(frozen=True)
class Asker:
    """One request's or socket's other side; a session, a device and loopback may go together."""

    session: SignedIn | None
    device: Device | None
    loopback: bool

    @property
    def staff(self) -> str | None:
        """The id of who is signed in."""
        return self.session.staff if self.session else None

    @cached_property
    def role(self) -> str:
        """The one word that a press carries."""
        if self.session is not None:
            return "newcomer" if self.session.must_change_password else _role_of(self.session.staff)
        if self.device is not None:
            return self.device.kind
        return "loopback" if self.loopback else "visitor"

    @property
    def id(self) -> str:
        """Whose Idempotency-Keys these are, and who is named in the log; visitors stay nameless."""
        if self.session is not None:
            return f"staff:{self.session.staff}"
        return f"device:{self.device.id}" if self.device else self.role

    @property
    def source(self) -> str:
        """From where, for the log: the address of staff and devices; visitors leave none."""
        return asked().address if self.session or self.device else ""

    @property
    def by_loopback_alone(self) -> bool:
        """Nothing but standing at the hall's own machine lets this asker open a screen."""
        return self.loopback and self.session is None and self.device is None

    @cached_property
    def may_be(self) -> frozenset[str]:
        """The words of the access table that fit; screens on loopback fit all kinds."""
        screens = SCREENS if self.loopback else {self.device.kind} if self.device else set()
        return frozenset({"anyone", self.role} | screens) - {"loopback", "visitor"}


NOBODY = {loopback: Asker(None, None, loopback) for loopback in (False, True)}
"""Whoever keeps nothing of ours is like all others there."""


def who() -> Asker:
    """Who sent the present request; found out once."""
    present = asked()
    if present.asker is None:
        keeps = "HTTP_COOKIE" in present.environ
        session, device = (_present_session(), device_here()) if keeps else (None, None)
        loopback = from_loopback()
        named = session is not None or device is not None
        present.asker = Asker(session, device, loopback) if named else NOBODY[loopback]
    return present.asker


def _present_session() -> SignedIn | None:
    """A session counts as long as its person works here."""
    session = signed_in()
    return session if session and _role_of(session.staff) else None


def _role_of(staff: str) -> str:
    """The role that the hall's file gives, so that a change of role needs no new sign-in."""
    return next((each.role for each in here().house.staff if each.id == staff), "")
