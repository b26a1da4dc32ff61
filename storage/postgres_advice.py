"""What to do about an error of PostgreSQL's, for whoever looks after the hall.

Before a server has let anybody in it says why in its own language, and no code comes with it: its words are
looked for in English and in Chinese.
"""

from __future__ import annotations

import re

import psycopg

from storage.postgres_address import Unfit

NONE_LEFT = re.compile(
    r"too many clients|too many connections|connection slots are reserved|no more connections allowed"
    r"|query_wait_timeout|answered nothing on a new connection"
    r"|太多的客户|连接太多|的连接太多|已保留的连接位置"
)
"""Nobody else is let in, by the server or by a pooler before it."""

READ_ONLY = (
    "It only reads: name the server that may be written to (of several: target_session_attrs=read-write), or "
    "end what keeps it so, such as default_transaction_read_only or a recovery."
)
BY_CODE = {
    "25006": READ_ONLY,
    "42501": "Make the hall's role the owner of its database and of all that is in it: "
    "ALTER DATABASE … OWNER TO …; REASSIGN OWNED BY … TO …",
    "53100": "The disk of the database is full: make room there.",
}

BY_WORDS = {
    NONE_LEFT.pattern: "Raise max_connections there, or a pooler's size (PgBouncer: default_pool_size): "
    "docs/postgresql.md counts how many connections the hall takes.",
    r"password authentication failed|no password supplied|认证失败": "Put the right password into ~/.pgpass "
    "or PGPASSWORD of the user that runs the hall.",
    r'role ".*" does not exist|角色 ?".*" ?不存在': "Make the role there: CREATE ROLE … LOGIN",
    r"not permitted to log in|进行登录": "Let the role in: ALTER ROLE … LOGIN",
    r'database ".*" does not exist|数据库 ?".*" ?不存在': "Make it: CREATE DATABASE … OWNER … "
    "TEMPLATE template0 ENCODING 'UTF8', or correct its name in the address.",
    r"permission denied for database|访问数据库.*权限不够": "Let the role connect: "
    "GRANT CONNECT ON DATABASE … TO …, or make it the owner.",
    r"pg_hba\.conf": "Let this machine and role in: a line in the server's pg_hba.conf, then reload it.",
    r"invalid sslmode": "Write sslmode=disable, prefer, require, verify-ca or verify-full in the address.",
    r"does not support SSL": "Switch ssl on at the server or, in a network of one's own, take sslmode out "
    "of the address.",
    r"certificate": "Name the certificates of whoever signed the server's in the address "
    "(sslrootcert=FILE), and the server as its certificate does.",
    r"resolve host|translate host name": "Correct the server's name in the address.",
    r"port number": "Correct the port in the address.",
    r"starting up|shutting down|recovery mode|not yet accepting"
    r"|启动中|停止中|恢复模式中": "Wait until it is up.",
    r"standby|read-only": READ_ONLY,
    r"Connection refused|No such file or directory": "Start it, or correct its name and port in the address.",
    r"it is there, but let nobody in": "The server or this machine has too much to do: look at the load of "
    "both. The hall goes on by itself.",
    r"timeout expired|timed out|No route to host|unreachable|doesn't answer any more": "Look at the network "
    "between, at a firewall or a pooler there, and at the name in the address.",
}
"""The first that is found counts."""


def advice_on(error: Exception) -> str:
    """What to do, in one sentence; nothing where only the error itself can tell."""
    code = getattr(error, "sqlstate", None)
    if isinstance(error, Unfit):
        return ""
    if code in BY_CODE:
        return BY_CODE[code]
    return next((advice for words, advice in BY_WORDS.items() if re.search(words, str(error))), "")


def in_words(error: psycopg.Error) -> str:
    """What the server or its library says, in one line, and what to do about it."""
    said = " ".join(str(error).strip().partition("\n")[0].split())
    return f"{said.rstrip('.')}. {advice_on(error)}".strip()
