"""The lines of `web.access` about classes that a guide gives, and rules by time and line."""

from __future__ import annotations

from web.roles import GUIDES, OFFICE, REVIEWERS, Who

OF_RULES: dict[str, Who] = {
    "POST /api/v1/tickets/<key>/class": GUIDES,
    # who is responsible for the hall's day switches a rule off
    "GET /office/rules": OFFICE,
    "GET /api/v1/rules": OFFICE,
    "GET /api/v1/rules/dry_run": OFFICE,
    "POST /api/v1/rules/<rule>/off": REVIEWERS,
    "POST /api/v1/rules/<rule>/on": REVIEWERS,
}
