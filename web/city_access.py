"""Who may do what at the city's own office: a part of the table of `web.access`, and all that it opens."""

from __future__ import annotations

from collections.abc import Mapping

from web.roles import ANYONE, OFFICE, REVIEWERS, Who

OF_CITY: Mapping[str, Who] = {
    # the city's office; that people see their own halls only is the city's rule
    "GET /api/v1/halls": ANYONE,
    "GET /api/v1/city": OFFICE,
    "POST /api/v1/city/halls/<hall>/open": REVIEWERS,
}

DOORS_OF_THE_CITY = frozenset(
    {
        *OF_CITY,
        "GET /",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
        "GET /static/<path:filename>",
        "GET /static/@<release>/<path:filename>",
        "GET /login",
        "GET /password",
        "GET /office",
        "GET /api/v1/openapi.json",
        "GET /api/v1/session",
        "POST /api/v1/session",
        "POST /api/v1/session/end",
        "POST /api/v1/session/password",
        "GET /api/v1/staff",
        "POST /api/v1/staff/<staff>/one_time_password",
        "POST /api/v1/staff/<staff>/sessions/end",
        "POST /api/v1/sessions/end",
        "socket:connect",
        "socket:disconnect",
    }
)
"""Every other door of a hall isn't there: nobody presses in a hall from the city's office."""
