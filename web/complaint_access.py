"""The lines of `web.access` about complaints and call-backs."""

from __future__ import annotations

from web.roles import ANYONE, GUIDES, HOLDER, OFFICE, REVIEWERS, Who

SENIOR_STEPS = ("pass_on", "reopen", "close", "set_aside", "decide", "take_back")
"""Of a complaint; whom it is about does none of them."""

OF_COMPLAINTS: dict[str, Who] = {
    # complaints, praise, suggestions; who handles and who decides is the domain's rule
    "GET /complain": ANYONE,
    "POST /complain": ANYONE,
    "POST /complain/follow": ANYONE,
    "GET /t/<token>/feedback": HOLDER,
    "POST /t/<token>/feedback": HOLDER,
    "POST /api/v1/t/<token>/complaints": HOLDER,
    "GET /api/v1/t/<token>/complaints": HOLDER,
    "POST /api/v1/complaints": ANYONE,
    "POST /api/v1/complaints/look": ANYONE,
    "GET /guide/complaint": GUIDES | OFFICE,
    "POST /api/v1/complaints/taken": GUIDES | OFFICE,
    "GET /office/feedback/complaints": OFFICE,
    "GET /office/feedback/complaints/<complaint>": OFFICE,
    "GET /api/v1/complaints": OFFICE,
    "GET /api/v1/complaints/<complaint>": OFFICE,
    "POST /api/v1/complaints/<complaint>/solve": OFFICE,
    "POST /api/v1/complaints/<complaint>/ask_after": OFFICE,
    **{f"POST /api/v1/complaints/<complaint>/{step}": REVIEWERS for step in SENIOR_STEPS},
    # call-backs
    "GET /office/feedback/callbacks": OFFICE,
    "GET /office/feedback/callbacks.csv": OFFICE,
    "GET /api/v1/callbacks": OFFICE,
    "GET /api/v1/callbacks/report": OFFICE,
    "GET /api/v1/callbacks/<week>": OFFICE,
    "GET /api/v1/callbacks/<week>/check": OFFICE,
    "POST /api/v1/callbacks/<week>/<place>/call": OFFICE,
    "POST /api/v1/callbacks/<week>/<place>/replace": REVIEWERS,
    "POST /api/v1/callbacks/<week>/<place>/decide": REVIEWERS,
    "POST /api/v1/callbacks/<week>/<place>/take_back": REVIEWERS,
}
