"""The hall's own machine: who counts as standing there, and the administrator's switch that ends it."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from queueing.change import Change
from queueing.clock import Clock
from queueing.hall import Hall
from queueing.house import House
from queueing.records import Json, Press
from queueing.store import Store
from web.asked import Environ, asked
from web.context import Known, here, the_hall
from web.glance import NAMES
from web.peers import may_be_a_person
from web.sessions import rows

DOOR = "loopback"
LOCAL_NAME = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
PEERS_KEPT = 512
FORWARDING = frozenset({"via", "x-real-ip"})
FORWARDED_FOR = ("client-ip", "client-address", "connecting-ip")
"""How the headers end in which proxies tell whom they speak for."""


def from_loopback() -> bool:
    """Whether the request comes from the hall's own machine, with nothing in between."""
    present = asked()
    return (
        here().house.server.trusted_proxies == 0
        and (address := _loopback_of(present.address)) is not None
        and not was_forwarded()
        and _named_locally(present.header("HOST") or "")
        and _is_a_persons(address, present.environ)
        and is_open()
    )


def address_here() -> IPv4Address | IPv6Address | None:
    """The other side's, as far as it is believed; none: it can't be read."""
    return _address_of(asked().address)


def is_open() -> bool:
    """The administrator's switch; nobody has touched it: open.

    Remembered where this process alone can turn it; a look that began before a turn isn't.
    """
    built = here()
    known = built.loopback
    if known.open is not None and not built.together.many:
        return known.open
    found = built.store.look(lambda desk: rows(desk).switch(DOOR)) is not False
    known.open = found
    return found


def set_open(wanted: bool, *, by: Press) -> None:
    """Open or shut the door; the screens that came in by it alone are hung up when it is shut."""
    try:
        the_hall().change(by, lambda change: _switched(change, wanted))
    finally:
        here().loopback = Known()
    if not wanted:
        here().push.close_loopback_screens()


def set_open_at_the_machine(wanted: bool, house: House, store: Store, clock: Clock) -> None:
    """The same while no server runs: the way back for who shut the door behind themselves."""
    by = Press(actor="operator", role="door")
    Hall(house, store, clock).change(by, lambda change: _switched(change, wanted))


def _switched(change: Change, wanted: bool) -> Json:
    rows(change.desk).set_switch(DOOR, wanted, change.at)
    change.note("loopback", {"open": wanted})
    return {"open": wanted}


def was_forwarded() -> bool:
    """Proxies leave headers; those that leave none speak HTTP/1.0, which no browser does.

    A server that keeps names with an underscore out of the environment hands the raw ones on beside it.
    """
    environ = asked().environ
    names = environ.get(NAMES)
    if names is None:
        sent = [name[5:] for name in environ if name.startswith("HTTP_")]
        names = (*sent, *(name for name, _ in environ.get("headers_raw", ())))
    return _is_any_a_proxys(names) or environ.get("SERVER_PROTOCOL") == "HTTP/1.0"


@lru_cache(maxsize=PEERS_KEPT)
def _is_any_a_proxys(names: tuple[str, ...]) -> bool:
    """A browser sends the same headers again and again."""
    return any(_is_a_proxys(name.lower().replace("_", "-")) for name in names)


def _is_a_proxys(header: str) -> bool:
    return header in FORWARDING or "forwarded" in header or header.endswith(FORWARDED_FOR)


@lru_cache(maxsize=PEERS_KEPT)
def _named_locally(host: str) -> bool:
    """A page of another site that points its own name at this machine has the wrong Host."""
    return LOCAL_NAME.fullmatch(host) is not None


def _is_a_persons(address: IPv4Address | IPv6Address, environ: Environ) -> bool:
    """A proxy that leaves no trace in what it sends still runs as a service; see `web.peers`.

    A connection stays the same program's, so the kernel is asked once for all its requests.
    """
    port = environ.get("REMOTE_PORT")
    known: dict[str, bool] = environ.get("hall.connection", {})
    if port and "person" not in known:
        known["person"] = may_be_a_person(address, int(port), int(environ["SERVER_PORT"]))
    return not port or known["person"]


@lru_cache(maxsize=PEERS_KEPT)
def _loopback_of(text: str) -> IPv4Address | IPv6Address | None:
    """The address, if it is the machine's own."""
    address = _address_of(text)
    return address if address is not None and address.is_loopback else None


@lru_cache(maxsize=PEERS_KEPT)
def _address_of(text: str) -> IPv4Address | IPv6Address | None:
    """As the other side wrote it: an IPv4 address that came in by an IPv6 socket is one."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
