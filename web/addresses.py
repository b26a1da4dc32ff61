"""Under which address other devices find this hall."""

from __future__ import annotations

import socket

from queueing.house import House

HTTP_PORT = 80
NOWHERE = ("192.0.2.1", 9)
"""An address for documentation: choosing a route towards it sends nothing."""


def own_address() -> str:
    """The machine's own network address, or loopback when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return _by_name()


def _by_name() -> str:
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return "127.0.0.1"


def public_url(house: House, port: int) -> str:
    """What every QR code holds: the configured address, else the machine's own."""
    if house.server.public_url:
        return house.server.public_url.rstrip("/")
    if house.server.host_names:
        return f"http://{house.server.host_names[0]}" + (f":{port}" if port != HTTP_PORT else "")
    host = house.server.host
    return f"http://{own_address() if host in ('', '0.0.0.0', '::') else host}:{port}"
