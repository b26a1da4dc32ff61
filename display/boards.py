"""The hall's televisions, the preview of one in the office, and the pictures and videos that they show."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, send_from_directory

from display.blueprint import blueprint
from display.composed import of_area, shown_here
from display.facts import Facts, board_facts
from display.words import board_words
from queueing.boards import UnknownMedia
from queueing.soon import soon
from web import media as files
from web.context import here
from web.routes import as_json
from web.security import may_be_framed
from web.words import language

A_YEAR = 365 * 24 * 3600


@blueprint.get("/board", defaults={"area": None})
@blueprint.get("/board/<area>")
def board(area: str | None) -> str:
    """The hall's television, for one area or the whole hall."""
    return render_template("display/board.html", facts=facts_of(area), words=board_words())


@blueprint.get("/boards/preview", defaults={"area": None})
@blueprint.get("/boards/preview/<area>")
def board_preview(area: str | None) -> Response:
    """The same page inside the office's, which tells it what to show; nothing else may frame it."""
    facts = facts_of(area) | {"preview": True}
    page = render_template("display/board.html", facts=facts, words=board_words())
    return may_be_framed(make_response(page))


@blueprint.get("/boards/shown")
def shown() -> Response:
    """What the board shows now besides its calls; asked again whenever the hall says that it changed."""
    return as_json(shown_here(of_area(request.args.get("area")), language()))


@blueprint.get("/boards/soon")
def get_ready() -> Response:
    """The numbers that are likely called next; looked up beside the event loop."""
    area, built = of_area(request.args.get("area")), here()
    at, name = built.hall.now(), area.id if area else None
    numbers = built.in_thread(lambda: built.store.look(lambda desk: soon(built.hall, desk, at, name)))
    return as_json({"numbers": numbers})


@blueprint.get("/media/<media>")
def media_file(media: str) -> Response:
    """One picture or video, or the stretch of it that was asked for; under this name it never changes."""
    found = files.the_media(media)
    if found is None or not (files.folder() / found.file).is_file():
        raise UnknownMedia(media=media)
    kind = files.TYPES[found.suffix]
    sent = send_from_directory(files.folder(), found.file, mimetype=kind, conditional=True, max_age=A_YEAR)
    sent.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return sent


def facts_of(area: str | None) -> Facts:
    """Everything that the page's script knows before it hears the hall."""
    found = of_area(area)
    facts = board_facts(here().house, found, language())
    return facts | {"shown": shown_here(found, language())}
