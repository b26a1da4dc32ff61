"""The command `score`: one window's or clerk's score from the hall's own facts, or from a CSV file alone."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from queueing.clock import business_day, instant
from queueing.hall import Hall
from queueing.people import UnknownStaff
from queueing.records import Json
from scoring.assess import assess
from scoring.facts import Fact
from scoring.gathering import facts_of
from scoring.periods import Period, period
from scoring.scheme import Scheme, Subject
from scoring.stretches import MonthOf, annual
from settings import HallFileError
from settings.reading import ROOT
from settings.schemes import load_scheme, schemes_of
from upkeep.facts_file import WrongFacts, facts_in, not_counted
from upkeep.looking import hall_to_look_at
from upkeep.score_table import Table, language
from web.starting import CannotStart, house_of

ENTIRE = Period("", "day", "0000", "9999")
"""A file's facts without a period: all of them are one."""


@dataclass(frozen=True)
class Asked:
    """Whose score it is, by which scheme, for which stretch of days, from which facts."""

    scheme_on: Callable[[str], Scheme]
    """The scheme that was in force on a day; the same for all when one is named."""
    subject: Subject
    who: str
    stretch: Period
    facts: list[Fact]
    since: str = "0000"
    until: str = "9999"
    """The last month that has begun; with a file, the first and last that it has facts of."""
    not_counted: tuple[Json, ...] | None = None
    """Facts of a file whose kind the scheme doesn't count."""

    @property
    def scheme(self) -> Scheme:
        return self.scheme_on(self.stretch.first)


def scored(options: argparse.Namespace) -> str:
    """What the command prints: one JSON object, or a table."""
    try:
        asked = _from_file(options) if options.facts else _from_hall(options)
    except HallFileError as error:
        raise CannotStart("\n".join(map(str, error.findings))) from None
    except WrongFacts as error:
        raise CannotStart(str(error)) from None
    told = _told(asked)
    if options.json:
        return json.dumps(told, ensure_ascii=not _speaks_unicode())
    return _table(asked, told)


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _table(asked: Asked, told: Json) -> str:
    table = Table(language())
    version = table.word("version").format(asked.scheme.version)
    name = {"zh_Hans": asked.scheme.name.zh, "zh_Hant": asked.scheme.name.zh_hant, "en": asked.scheme.name.en}
    who = f"{table.word(asked.subject)} {asked.who}" if asked.who else ""
    parts = [f"{table.said(name)} ({asked.scheme.id}, {version})", who, asked.stretch.name]
    return table.of(", ".join(filter(None, parts)), told)


def _from_file(options: argparse.Namespace) -> Asked:
    """Needs no hall, but the file of the scheme."""
    if not options.scheme:
        raise CannotStart("Facts from a file need a scheme: --scheme schemes/FILE.toml.")
    scheme = load_scheme(options.scheme)
    facts = facts_in(options.facts, scheme)
    stretch = period(options.period) if options.period else ENTIRE
    counted = [fact for fact in _of_one(facts, options) if stretch.holds(fact.day)]
    months = [fact.day[:7] for fact in counted]
    return Asked(
        lambda day: scheme, scheme.subject, options.window or options.clerk or "", stretch, counted,
        min(months, default=""), max(months, default=""), tuple(not_counted(counted, scheme)),
    )  # fmt: skip


def _of_one(facts: list[Fact], options: argparse.Namespace) -> Iterable[Fact]:
    """Lines that name nobody are about whoever is asked for."""
    for key in ("window", "clerk"):
        named, wanted = {getattr(fact, key) for fact in facts} - {None}, getattr(options, key)
        if len(named) > 1 and wanted is None:
            raise CannotStart(f"The file has facts of more than one {key}: choose with --{key}.")
        if wanted is not None:
            facts = [fact for fact in facts if getattr(fact, key) in (None, wanted)]
    return facts


def _from_hall(options: argparse.Namespace) -> Asked:
    """The hall's own facts, read beside a server that may be running."""
    if not options.period or (options.window is None) == (options.clerk is None):
        raise CannotStart("Say of which period, and of whom: --period 2026-10 and --window N or --clerk ID.")
    subject: Subject = "window" if options.clerk is None else "clerk"
    house, stretch = house_of(options.hall), period(options.period)
    with hall_to_look_at(options, house) as hall:
        who = _known(hall, subject, options.window or options.clerk)
        scheme_on = _scheme(options, house, subject)
        facts = hall.store.look(lambda desk: facts_of(desk, stretch, hall, subject)).get(who, [])
        today = business_day(instant(hall.clock.now()), house.hall.timezone).isoformat()
    return Asked(scheme_on, subject, who, stretch, facts, until=today[:7])


def _known(hall: Hall, subject: Subject, who: str) -> str:
    if subject == "window":
        return hall.plan.window(who).id
    if hall.plan.person(who) is None:
        raise UnknownStaff(staff=who)
    return who


def _scheme(options: argparse.Namespace, house: Any, subject: Subject) -> Callable[[str], Scheme]:
    """The one that is named, or those of the hall's file by their days."""
    if not options.scheme:
        rules = house.scoring
        return partial(schemes_of(ROOT / rules.scheme, ROOT / rules.clerk_scheme).in_force, subject)
    scheme = load_scheme(options.scheme)
    if scheme.subject != subject:
        raise CannotStart(f"The scheme {scheme.id} is made for a {scheme.subject}: say --{scheme.subject}.")
    return lambda day: scheme


def _told(asked: Asked) -> Json:
    """A quarter and a year come from their months; everything else from its facts at once."""
    about: Json = {"period": asked.stretch.name or None, asked.subject: asked.who or None}
    if asked.not_counted is not None:
        about["not_counted"] = list(asked.not_counted)
    months = [name for name in asked.stretch.months if asked.since <= name <= asked.until]
    if asked.stretch.kind not in ("quarter", "year") or not months:
        return assess(asked.scheme, asked.facts).plain() | about
    missing = [name for name in asked.stretch.months if name not in months]
    found = annual([_month(asked, name) for name in months], missing)
    told = {name: found.plain()[name] for name in ("months", "mean", "missing")}
    return found.assessment.plain() | about | told


def _month(asked: Asked, name: str) -> MonthOf:
    """A month's facts under the scheme of its first day."""
    facts = tuple(fact for fact in asked.facts if fact.day.startswith(name))
    return MonthOf(name, 0, asked.scheme_on(f"{name}-01"), facts)
