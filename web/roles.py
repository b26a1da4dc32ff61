"""Who people and screens are, as the table in `web.access` names them."""

from __future__ import annotations

Who = frozenset[str]

ANYONE: Who = frozenset({"anyone"})
HOLDER = ANYONE
"""Holders of a ticket's link: the link itself is checked by the page that it opens."""

ROLES: Who = frozenset({"clerk", "guide", "supervisor", "inspector", "administrator"})
STAFF = ROLES | {"newcomer"}
"""Newcomers have signed in with a one-time password that they must replace first."""

CLERKS: Who = frozenset({"clerk", "supervisor", "administrator"})
GUIDES: Who = frozenset({"guide", "supervisor", "administrator"})
OFFICE: Who = frozenset({"supervisor", "inspector", "administrator"})
ADMINISTRATOR: Who = frozenset({"administrator"})
REVIEWERS: Who = frozenset({"supervisor", "administrator"})
"""Those who may set a rating aside, unless it is about themselves: that is the hall's rule."""
COMPOSERS: Who = frozenset({"supervisor", "administrator"})
"""Those who decide what boards show; they see a board as it would be."""

INSPECTORS: Who = frozenset({"inspector", "supervisor"})
"""Those who enter facts; who withdraws them is another pair of eyes."""

KIOSK: Who = frozenset({"kiosk"})
BOARD: Who = frozenset({"board"})
PANEL: Who = frozenset({"panel"})
PAD: Who = frozenset({"pad"})
ANNOUNCER: Who = frozenset({"announcer", "board"})
