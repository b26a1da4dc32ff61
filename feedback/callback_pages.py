"""The office's page of call-backs: a week's draw with its forms, and the monthly report, also as CSV."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.blueprints import BlueprintSetupState

from feedback import complaint_words
from feedback.blueprint import blueprint
from feedback.complaint_pages import for_the_office
from queueing.records import Json
from scoring.callbacks import ASKED, Callbacks
from scoring.complaint_keeping import LONGEST
from scoring.errors import UnknownPeriod
from scoring.levels import LEVELS
from web import calling_back
from web.access import REVIEWERS
from web.asking import who
from web.context import EXTENSION as HALL
from web.context import Built, here, the_hall
from web.words import said_here

MONTHS = 12


@blueprint.get("/office/feedback/callbacks")
def callbacks_page() -> str:
    """The newest draw, or the week that is asked for; below it the month's report."""
    drawn = calling_back.draws()
    asked = request.args.get("week", "")
    week = next((each["week"] for each in drawn if each["week"] == asked), drawn[0]["week"] if drawn else "")
    months = months_back(the_hall().day(the_hall().now())[:7])
    return render_template(
        "feedback/callbacks.html",
        draws=drawn,
        draw=calling_back.week_of(week) if week else None,
        check=calling_back.check_of(week) if week and "check" in request.args else None,
        month=(month := month_asked(months)),
        months=months,
        report=calling_back.report_of(month),
        reviewer=who().role in REVIEWERS,
        reader=who().staff,
        services={each.id: said_here(each.name) for each in here().house.services},
        call_states=complaint_words.call_states(),
        asked_names=complaint_words.asked(),
        levels=complaint_words.levels(),
        level_names=[(level, complaint_words.levels()[level]) for level in LEVELS],
        level_codes=LEVELS,
        draw_names={each["week"]: each["week"] for each in drawn},
        month_names={each: each for each in months},
        asked=ASKED,
        per_week=here().house.callbacks.per_week,
        limit=LONGEST,
        **for_the_office(),
    )


@blueprint.get("/office/feedback/callbacks.csv")
def callbacks_csv() -> Response:
    """The report's call-backs, one a line."""
    month = month_asked(())
    told: Json = calling_back.report_of(month)
    name = f"callbacks-{month}.csv"
    return Response(
        calling_back.csv_of(told),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def month_asked(months: tuple[str, ...]) -> str:
    """Any month for the file, one of the last ones for the page; the present one unless asked."""
    wanted = request.args.get("month", "")
    if months:
        return wanted if wanted in months else months[0]
    if wanted and not (wanted.isascii() and len(wanted) == 7):
        raise UnknownPeriod(period=wanted)
    return wanted or the_hall().day(the_hall().now())[:7]


def months_back(newest: str) -> tuple[str, ...]:
    """The last twelve, the newest first."""
    last = int(newest[:4]) * 12 + int(newest[5:7]) - 1
    return tuple(f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(last, last - MONTHS, -1))


@blueprint.record_once
def draw_each_week(state: BlueprintSetupState) -> None:
    """Looked at every night; on most of them nothing is due."""
    built: Built = state.app.extensions[HALL]

    def draw(day: str) -> None:
        Callbacks(built.hall).draw_if_due(day)

    built.nightly.append(draw)
