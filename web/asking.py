"""Who asks: staff by their session, a screen by its pairing or by standing on the hall's own machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from flask import g, request

from queueing.people import Device, SignedIn
from web.context import here
from web.devices import device_here
from web.sessions import signed_in

SCREENS = frozenset({"kiosk", "board", "panel", "pad", "announcer"})
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDING = frozenset({"via", "x-real-ip"})
FORWARDED_FOR = ("client-ip", "client-address", "connecting-ip")
"""How the headers end in which proxies tell whom they speak for."""


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
        return request.remote_addr or "" if self.session or self.device else ""

    @property
    def may_be(self) -> frozenset[str]:
        """The words of the access table that fit; screens on loopback fit all kinds."""
        screens = SCREENS if self.loopback else {self.device.kind} if self.device else set()
        return frozenset({"anyone", self.role} | screens) - {"loopback", "visitor"}


def who() -> Asker:
    """Who sent the present request; found out once."""
    if "asker" not in g:
        g.asker = Asker(_present_session(), device_here(), from_loopback())
    asker: Asker = g.asker
    return asker


def from_loopback() -> bool:
    """Whether the request comes from the hall's own machine, with nothing in between."""
    return (
        here().house.server.trusted_proxies == 0
        and not _was_forwarded()
        and _named_locally(request.headers.get("Host", ""))
        and _from_this_machine(request.remote_addr or "")
    )


def _was_forwarded() -> bool:
    """Proxies leave headers; those that leave none speak HTTP/1.0, which no browser does.

    A server that keeps names with an underscore out of the environment hands the raw ones on beside it.
    """
    sent = [*request.headers, *request.environ.get("headers_raw", ())]
    marked = any(_is_a_proxys(name.lower().replace("_", "-")) for name, _ in sent)
    return marked or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"


def _is_a_proxys(header: str) -> bool:
    return header in FORWARDING or "forwarded" in header or header.endswith(FORWARDED_FOR)


def _named_locally(host: str) -> bool:
    """A page of another site that points its own name at this machine has the wrong Host."""
    try:
        return urlsplit(f"//{host}").hostname in LOCAL_NAMES
    except ValueError:
        return False


def _from_this_machine(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _present_session() -> SignedIn | None:
    """A session counts as long as its person works here."""
    session = signed_in()
    return session if session and _role_of(session.staff) else None


def _role_of(staff: str) -> str:
    """The role that the hall's file gives, so that a change of role needs no new sign-in."""
    return next((each.role for each in here().house.staff if each.id == staff), "")
