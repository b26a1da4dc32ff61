"""The way in: what there is to follow up."""

from __future__ import annotations

from flask import render_template

from feedback.blueprint import blueprint


@blueprint.get("/office/feedback")
def landing() -> str:
    """What citizens said, by kind."""
    return render_template("feedback/landing.html")
