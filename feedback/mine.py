"""A clerk's own ratings, as far as they are released, and the appeal against the bad ones among them."""

from __future__ import annotations

from flask import render_template

from feedback.blueprint import blueprint
from queueing.records import Json
from scoring.published import last_month
from scoring.rating_appeals import RatingAppeals
from web.asking import who
from web.context import here, the_hall
from web.words import _


@blueprint.get("/me/ratings")
def own_ratings() -> str:
    """This month's and the last one's; whole batches, never a single rating."""
    built, clerk, today = here(), who().staff or "", the_hall().day(the_hall().now())
    appeals = RatingAppeals(built.following)

    def of(period: str) -> Json:
        return built.store.look(
            lambda desk: appeals.own(desk, clerk, period) | built.scores.own(desk, clerk, period)
        )

    told = _("The hall did not answer. Please look whether it was done before you press again.")
    return render_template(
        "feedback/mine.html",
        months=[of(period) for period in (today[:7], last_month(today))],
        member=next((each for each in built.house.staff if each.id == clerk), None),
        data={"words": {"no_answer": told}},
    )

