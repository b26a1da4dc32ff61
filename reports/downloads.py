"""Files of reports: made when somebody asks, or written by a night."""

from __future__ import annotations

from flask import Response, abort, request, send_file

from reports.blueprint import blueprint, maker_here
from reports.making import asked_period
from reports.shelf import FORMS, Shelf, file_of, named
from web.watching import looked


@blueprint.get("/office/reports/<form>")
def make_file(form: str) -> Response:
    """A workbook, a paper, the figures or the raw visits of a period, as they stand now."""
    if form not in FORMS:
        abort(404)
    stretch = asked_period(request.args.get("period", ""))
    with Shelf(maker_here()).made(stretch, form) as path:
        opened = path.open("rb")
    looked("reports", period=stretch.name, table=form)
    return _sent(send_file(opened, FORMS[form].type, True, file_of(stretch, form)))


@blueprint.get("/office/reports/written/<file>")
def written_file(file: str) -> Response:
    """As a night wrote it."""
    path, what = Shelf(maker_here()).path(file), named(file)
    if path is None or what is None:
        abort(404)
    looked("reports", period=what[0].name, table=what[1])
    return _sent(send_file(path, FORMS[what[1]].type, True, file))


def _sent(answer: Response) -> Response:
    """For the one who asked; no cache keeps it."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
