"""The lines of `web.access` about the twin: what would be if, and what to do now."""

from __future__ import annotations

from web.roles import REVIEWERS, Who

OF_OUTLOOK: dict[str, Who] = {
    "GET /office/outlook": REVIEWERS,
    "GET /office/outlook/answer": REVIEWERS,
    "GET /office/outlook/suggestion": REVIEWERS,
    "POST /api/v1/outlook/suggestions/<key>/take": REVIEWERS,
}
