"""Whose program is at the other end of a connection from this machine: the kernel knows its user."""

from __future__ import annotations

import logging
import os
import socket
import struct
from functools import cache
from ipaddress import IPv4Address, IPv6Address

LOG = logging.getLogger(__name__)

NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, NLMSG_ERROR = 4, 20, 1, 2
HEADER = struct.Struct("=IHHII")
"""Length, kind, flags, sequence, port: before every message to and from the kernel."""

ANY_STATE, NO_COOKIE = 0xFFFFFFFF, b"\xff" * 8
USER_AT = 64
"""Where the user's number stands in the kernel's answer (`struct inet_diag_msg`)."""

FIRST_PERSON = 1000
"""Debian's services have numbers below: www-data, caddy, haproxy. A browser is started by a person."""

Address = IPv4Address | IPv6Address


def may_be_a_person(address: Address, port: int, hall_port: int) -> bool:
    """False for a service such as a proxy, and for a connection that the kernel doesn't know (any more)."""
    try:
        user = user_of(address, port, hall_port)
    except OSError as reason:
        warn_once(str(reason))
        return True
    return user is not None and (user in (0, os.geteuid()) or user >= FIRST_PERSON)


@cache
def warn_once(reason: str) -> None:
    LOG.warning("The kernel says nothing of connections: a proxy here may pass for a browser (%s)", reason)


def user_of(address: Address, port: int, hall_port: int) -> int | None:
    """The user whose program holds the other end of a connection to this server; none when there is none."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as kernel:
        kernel.send(_question(address, port, hall_port))
        answer = kernel.recv(4096)
    _, kind, _, _, _ = HEADER.unpack_from(answer)
    if kind == NLMSG_ERROR:
        return None
    return int(struct.unpack_from("=I", answer, HEADER.size + USER_AT)[0])


def _question(address: Address, port: int, hall_port: int) -> bytes:
    """Exactly one connection: from that address and port to this server at the same address."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    ends = struct.pack(">HH", port, hall_port) + 2 * address.packed.ljust(16, b"\0")
    wanted = struct.pack("=BBBxI", family, socket.IPPROTO_TCP, 0, ANY_STATE)
    body = wanted + ends + struct.pack("=I", 0) + NO_COOKIE
    return HEADER.pack(HEADER.size + len(body), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 1, 0) + body
