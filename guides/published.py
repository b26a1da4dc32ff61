"""What the hall publishes of the last month's ratings."""

from __future__ import annotations

from datetime import date

from flask import render_template
from flask_babel import format_date

from guides.blueprint import blueprint
from queueing.records import Json
from scoring.published import published
from web.context import here, the_hall
from web.words import language


@blueprint.get("/ratings")
def ratings() -> str:
    """Number, share positive, share of bad ones put right; of whole months only."""
    told: Json = here().store.look(lambda desk: published(the_hall(), desk))
    province = here().following.province
    return render_template(
        "guides/ratings.html",
        told=told,
        month=month_here(told["month"]),
        percent=percent,
        province=province,
        complaint_phone=here().house.hall.complaint_phone,
    )


def month_here(month: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    return str(format_date(first, "MMMM y" if language() == "en" else "y年M月"))


def percent(share: float | None) -> str:
    """With one decimal, never rounded up to a whole hundred."""
    if share is None:
        return "–"
    shown = int(share * 1000) / 10 if share < 1 else 100.0
    return f"{shown:g} %"
