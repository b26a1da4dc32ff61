"""Sample forms and photographs: files that the hall's file names, and no others."""

from __future__ import annotations

from flask import Response, abort, send_file

from guides.blueprint import blueprint
from settings.papers import kind_of, papers_of
from settings.reading import ROOT
from web.context import here

KEPT_SECONDS = 3600


@blueprint.get("/papers/<path:name>")
def paper(name: str) -> Response:
    """The type is what the bytes say; a PDF is handed over, never shown within the hall's own address."""
    if name not in {named for _, named in papers_of(here().house)} or not (ROOT / name).is_file():
        abort(404)
    kind = kind_of(ROOT / name) or abort(404)
    return send_file(
        ROOT / name, mimetype=kind, as_attachment=kind == "application/pdf", max_age=KEPT_SECONDS
    )
