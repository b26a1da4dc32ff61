"""The office's page of fair turns: a period's figures, and who overtook a ticket of any day."""

from __future__ import annotations

import csv
from io import StringIO

from flask import Response, render_template, request

from queueing.errors import HallError
from queueing.records import Json
from reports.blueprint import blueprint, maker_here, turns_here
from reports.fairness_asking import receipt_of
from reports.fairness_words import Speaker, class_rows, overtaker_rows, passed_rows, tiles, wait_rows
from reports.pages import KINDS, near, wanted_period
from reports.tables import ENCODING, harmless
from reports.words import speech_here
from scoring.fairness import Fairness
from scoring.periods import Period, around
from web.context import here
from web.watching import looked


@blueprint.get("/office/fairness")
def fairness_page() -> str:
    """One period, and below it the receipt of the ticket that is asked for. The looks are recorded."""
    maker = maker_here()
    stretch, speaker = wanted_period(maker), Speaker(here().house)
    made = turns_here().fairness(stretch)
    looked("fairness", period=stretch.name)
    return render_template(
        "reports/fairness.html",
        made=made, period=period_name(stretch), near=near(stretch, maker.today), speaker=speaker,
        kinds={kind: around(kind, stretch.first).name for kind in KINDS}, words=speech_here().words,
        tiles=tiles(made), classes=class_rows(made, speaker), passed=passed_rows(made, speaker),
        waits=wait_rows(made, speaker), today=maker.today, asked=asked_ticket(speaker),
    )  # fmt: skip


@blueprint.get("/office/fairness/figures.csv")
def fairness_file() -> Response:
    """The same figures for a spreadsheet; codes where the page has words."""
    stretch = wanted_period(maker_here())
    made = turns_here().fairness(stretch)
    looked("fairness", period=stretch.name, table="csv")
    file = StringIO()
    csv.writer(file).writerows([harmless(str(cell)) for cell in row] for row in figure_rows(made))
    headers = {
        "Content-Disposition": f'attachment; filename="fairness-{stretch.name}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(file.getvalue().encode(ENCODING), headers=headers, mimetype="text/csv")


def asked_ticket(speaker: Speaker) -> Json | None:
    """The receipt of the ticket of a day that the form names; empty words when the hall has none such."""
    number, day = request.args.get("number", "").strip(), request.args.get("of", "")
    if not number:
        return None
    try:
        receipt = receipt_of(day or maker_here().today, number)
    except HallError:
        receipt = None
    rows = overtaker_rows(receipt, speaker) if receipt else []
    return {"number": number, "day": day, "receipt": receipt, "rows": rows}


def period_name(period: Period) -> str:
    """Such as 2026年10月, as reports say it; a day is said as everywhere."""
    year, _, rest = period.name.partition("-")
    if period.kind == "day":
        return period.name
    return speech_here().say(f"of_{period.kind}", n=rest.lstrip("WQ0"), year=year)


def figure_rows(made: Fairness) -> list[list[object]]:
    """One figure a row: its name, what it is of, and how much; waits in minutes."""
    turns, period = made.turns, made.period.name
    rows: list[list[object]] = [["period", "figure", "service", "class", "by_class", "rule", "value"]]
    rows += [[period, "tickets", "", name, "", "", n] for name, n in turns.tickets.items()]
    rows += [[period, "tickets_overtaken", "", name, "", "", n] for name, n in turns.overtaken.items()]
    rows += [
        [period, "overtakings", "", each.ticket_class, each.by_class, each.rule, n]
        for each, n in turns.passed.most_common()
    ]
    rows += [
        [period, f"minutes_later_p{part}", "", "", "", "", turns.minutes_later(part)]
        for part in (50, 95, 100)
        if turns.overtakings
    ]
    for row in made.waits:
        of = [row.service, row.ticket_class, "", ""]
        rows += [[period, "called", *of, row.called], [period, "wait_promised", *of, row.promised]]
        rows.append([period, "wait_kept", *of, row.kept])
        if row.longest is not None:
            rows.append([period, "longest_wait_minutes", *of, round(row.longest / 60, 1)])
    return rows
