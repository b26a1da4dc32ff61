"""The address of a hall's database: whether it can be read, how it is shown, what the hall adds to it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

PATIENCE: dict[str, Any] = {
    "application_name": "service-hall",
    "client_encoding": "UTF8",
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Where the address says nothing else: a server that fell silent is given up in seconds."""

UNREADABLE = (
    "The address of the hall's database can't be read{why}. In a name or a password a sign such as "
    "@ : / ? # % or a space is written as %40 %3A %2F %3F %23 %25 %20; a password stands better in ~/.pgpass."
)
UNKNOWN = re.compile(r'invalid URI query parameter: "(\w+)"')
PORTS = re.compile(r"[0-9,]*")
SECRET = frozenset({"password", "sslpassword"})


class Unfit(psycopg.OperationalError):
    """No hall can be kept there; told in whole sentences."""


def unreadable(why: str = "") -> Unfit:
    """Nothing of the address is repeated: it may hold a password."""
    return Unfit(UNREADABLE.format(why=why))


def parts_of(address: str) -> dict[str, Any]:
    """What it says, by PostgreSQL's names; raises Unfit."""
    try:
        parts = dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError as error:
        unknown = UNKNOWN.search(str(error))
        raise unreadable(f": PostgreSQL knows no {unknown[1]}" if unknown else "") from None
    if "@" in str(parts.get("host", "")) or not PORTS.fullmatch(str(parts.get("port", ""))):
        raise unreadable()
    return parts


def address_of(address: str) -> str:
    """The address with the hall's patience where it says none of its own."""
    return make_conninfo("", **(PATIENCE | parts_of(address)))


def without_password(address: str) -> str:
    """As it may be shown."""
    return make_conninfo("", **{k: v for k, v in parts_of(address).items() if k != "password"})


def shown(address: str) -> str:
    """As it may be printed and typed again: without passwords, and an address whatever it was before."""
    parts = {name: str(part) for name, part in parts_of(address).items()}
    user, base = quote(parts.pop("user", "")), quote(parts.pop("dbname", ""))
    of_sockets = parts.get("host", "").startswith(("/", "@"))
    hosts = "" if of_sockets else _hosts(parts.pop("host", ""), parts.pop("port", ""))
    more = urlencode({name: part for name, part in parts.items() if name not in SECRET}, safe="/@,")
    return f"postgresql://{user}{'@' * bool(user)}{hosts}/{base}{'?' * bool(more)}{more}"


def _hosts(hosts: str, ports: str) -> str:
    fill = "" if "," in ports else ports
    pairs = zip_longest(hosts.split(","), ports.split(","), fillvalue=fill)
    return ",".join(
        f"{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}" for host, port in pairs
    )


def name_of(hall: str) -> str:
    """What a hall's connections call themselves, so that its own database can say whether it is open."""
    return f"service-hall {hall}"[:63]


def named(address: str, hall: str) -> str:
    """The address as the hall itself goes there."""
    return make_conninfo("", **(parts_of(address) | {"application_name": name_of(hall)}))
