"""Who may join which screen over a socket: a part of the table of `web.access`."""

from __future__ import annotations

from collections.abc import Mapping

from web.roles import (
    ANNOUNCER,
    ANYONE,
    BOARD,
    CLERKS,
    COMPOSERS,
    GUIDES,
    HOLDER,
    KIOSK,
    OFFICE,
    PAD,
    PANEL,
    Who,
)

OF_SOCKETS: Mapping[str, Who] = {
    # sockets: an event may be sent by anyone, a screen joined only by its own kind
    "socket:connect": ANYONE,
    "socket:disconnect": ANYONE,
    "socket:join": ANYONE,
    "socket:catch_up": ANYONE,
    "socket:speak": ANYONE,
    "screen:start": ANYONE,
    "screen:phone": HOLDER,
    "screen:kiosk": KIOSK,
    "screen:board": BOARD | COMPOSERS,
    "screen:panel": PANEL,
    "screen:pad": PAD,
    "screen:announcer": ANNOUNCER,
    "screen:terminal": CLERKS,
    "screen:guide": GUIDES,
    "screen:office": OFFICE,
}
