"""The languages of a hall: which one a browser reads, and the catalogues that hold every sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from babel.dates import format_skeleton
from flask import Flask, Response, has_request_context, request
from flask_babel import (
    Babel,
    Domain,
    LazyString,
    format_date,
    get_locale,
    gettext,
    lazy_gettext,
    ngettext,
    pgettext,
)

from queueing.house import Text
from scoring.periods import period
from web.asked import asked
from web.asking import Asker
from web.context import here
from web.sessions import cookie_here, with_cookie
from web.spoken import said_in, spoken

__all__ = ["LANGUAGES", "LazyString", "_", "_l", "install", "language", "ngettext", "pgettext", "spoken"]

CATALOGUES = Path(__file__).parent.parent / "translations"
FOR_ALL = ("doors", "shared")
"""Catalogues that every room reads beside its own; the second wins."""

LANGUAGE_COOKIE = "lang"
KEPT = timedelta(days=365)

LANGUAGES: Mapping[str, str] = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
"""Each language by its own name, as a switch shows it; the same in every language."""


def _(sentence: str, **values: Any) -> str:
    """The sentence in the reader's language."""
    return str(gettext(sentence, **values))


def _l(sentence: str, **values: Any) -> LazyString:
    """The sentence in the language of whoever reads it later: for words outside any request."""
    return lazy_gettext(sentence, **values)


def install(app: Flask) -> None:
    """Give every room its catalogue, choose languages, and give templates what they need."""
    app.config["BABEL_DOMAIN"] = ";".join(every := [*_rooms(), *FOR_ALL])
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([str(CATALOGUES)] * len(every))
    Babel(app, default_locale="zh_Hans", locale_selector=chosen_language)
    domains = {room: _domain([*FOR_ALL, room]) for room in _rooms()}
    app.before_request(partial(_read_as_in_its_room, domains))
    app.jinja_env.filters["here"] = said_here
    app.jinja_env.filters["spoken"] = spoken
    app.context_processor(for_templates)
    app.after_request(keep_choice)


def _rooms() -> list[str]:
    """The catalogues, one per room, without those that every room reads."""
    found = {file.stem for file in CATALOGUES.glob("zh_Hans/LC_MESSAGES/*.po")}
    return sorted(found - set(FOR_ALL))


def _domain(catalogues: list[str]) -> Domain:
    """Several catalogues read as one, the last first; Flask-Babel wants a directory for each."""
    return Domain([str(CATALOGUES)] * len(catalogues), ";".join(catalogues))


def _read_as_in_its_room(domains: Mapping[str, Domain]) -> None:
    """A room's words win within the room; outside the rooms the shared ones do."""
    domain = domains.get(request.blueprint or "")
    if domain is not None:
        domain.as_default()


def speak_as(room: str) -> None:
    """In the present context sentences are a room's; for work outside its requests."""
    _domain([*FOR_ALL, room]).as_default()


def chosen_language() -> str:
    """Asked for in the address, else chosen before, else the device's, else the hall's first."""
    offered: tuple[str, ...] = here().house.hall.languages
    if not has_request_context():
        return offered[0]
    wanted = (request.args.get("lang"), cookie_here(LANGUAGE_COOKIE))
    chosen = next((each for each in wanted if each in offered), None) or _language_of_device()
    return chosen if chosen in offered else offered[0]


def _language_of_device() -> str | None:
    """The door has asked who it is; a refusal before that is told in the hall's first language."""
    asker: Asker | None = asked().asker
    return asker.device.language if asker and asker.device else None


def language() -> str:
    """The reader's language: zh_Hans, zh_Hant or en."""
    return str(get_locale())


def long_date(day: date, weekday: bool = False) -> str:
    """ "12 October 2026" in English, on every screen, slip and phone."""
    if language() == "en":
        return str(format_date(day, "EEEE d MMMM y" if weekday else "d MMMM y"))
    return str(format_date(day, "full" if weekday else "long"))


def long_period(name: str) -> str:
    """A month, quarter or year as people say it: "October 2026", "4th quarter 2026"."""
    found = period(name)
    skeleton = {"month": "yMMMM", "quarter": "yQQQQ"}.get(found.kind, "y")
    return str(format_skeleton(skeleton, date.fromisoformat(found.first), locale=get_locale()))


def said_here(text: Text | Mapping[str, str] | str | None) -> str:
    """Picks the reader's language out of a text."""
    return said_in(language(), text)


def keep_choice(response: Response) -> Response:
    """A language asked for in the address stays chosen on this device."""
    wanted = request.args.get("lang") if request.query_string else None
    if wanted in here().house.hall.languages:
        return with_cookie(response, LANGUAGE_COOKIE, wanted, KEPT)
    return response


def for_templates() -> dict[str, Any]:
    """What every page says about itself."""
    hall = here().house.hall
    return {
        "locale": language(),
        "languages": [(each, LANGUAGES[each]) for each in hall.languages],
        "hall_name": said_here(hall.name),
        "simulated": here().clock.simulated,
        "polling": here().house.server.polling,
    }
