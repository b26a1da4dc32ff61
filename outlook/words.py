"""What the twin's answers say, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from queueing.class_rules import name_of
from queueing.clock import local
from queueing.records import Json
from queueing.suggestions import Suggestion
from web.context import here
from web.words import _, _l, said_here

FAULTS: Mapping[str, LazyString] = {
    "twin_missing": _l(
        "This installation can't play a day: its part for calculating is missing. "
        "Calling goes on without it."
    ),
    "twin_busy": _l("Another question is being played at the moment. Please ask again in a minute."),
    "twin_ended": _l(
        "The calculation took too long or ended by itself. Please try again; the hall isn't affected."
    ),
    "nothing_learned": _l("The hall has no past day yet to learn from. Come back tomorrow."),
    "day_unknown": _l("Nobody came on that day, so it can't be played again."),
    "change_replayed_demand": _l("A past day can't have more people than came; choose a day to come."),
    "day_closed": _l("No window is planned for that day."),
    "change_unknown": _l(
        "“%(change)s” isn't understood. Use the fields, or write it like: window 7 opens 10:00-12:00"
    ),
    "change_too_long": _l("A change has at most %(most)s signs."),
    "too_many_changes": _l("At most %(most)s changes at once."),
    "change_ends_early": _l("“%(change)s” ends before it begins."),
    "change_out_of_bounds": _l("“%(change)s”: the number must lie between %(least)s and %(most)s."),
    "change_no_window": _l("Window %(name)s isn't open on that day. Open are: %(known)s"),
    "change_no_clerk": _l("Nobody called %(name)s sits at a window on that day."),
    "change_no_service": _l("There is no service %(name)s on that day."),
    "change_no_class": _l("There is no class %(name)s."),
}  # fmt: skip


def fault_said(code: str, fields: Mapping[str, str]) -> str:
    """The sentence for why there is no answer."""
    return str(FAULTS.get(code, FAULTS["twin_ended"])) % Filled(fields)


class Filled(dict[str, str]):
    """What isn't known is left open."""

    def __missing__(self, key: str) -> str:
        return "…"


def service_name(service: str) -> str:
    names = {each.id: each.name for each in here().house.services}
    return said_here(names[service]) if service in names else service


def class_name(name: str) -> str:
    return said_here(name_of(name, here().house.classes.get(name)))


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


NOBODY: Json = {"mean": None, "low": None, "high": None, "n": 0.0}


@dataclass(frozen=True)
class Row:
    """A line of a table: mean waits with the range of eight plays of ten."""

    name: str
    people: str
    without: str
    with_: str
    saved: str
    is_better: bool | None


def rows(told: Json) -> dict[str, list[Row]]:
    """All, each class, each service."""
    return {
        "all": [row(_("Everybody"), told["without"], told["with"], told["saving"])],
        "class": part(told, "by_class", class_name),
        "service": part(told, "by_service", service_name),
    }


def part(told: Json, name: str, said: object) -> list[Row]:
    one, two, saved = (told[side][name] for side in ("without", "with", "saving"))
    assert callable(said)
    moved = told["moved"][name]
    found = [(key, one.get(key, NOBODY), two.get(key), saved.get(key)) for key in {**one, **two}]
    found.sort(key=lambda each: -(each[1]["mean"] or 0.0) * each[1]["n"])
    return [row(said(key), *rest, others=key in moved) for key, *rest in found]


def row(name: str, one: Json, two: Json | None, saved: Json | None, *, others: bool = False) -> Row:
    """Better or worse only when eight plays of ten say so, and never where others are counted."""
    if others:
        both = f"{one['n']:.0f} → {two['n'] if two else 0:.0f}"
        return Row(name, both, band(one), band(two), "–", None)
    better = None
    if saved and saved["low"] is not None:
        better = True if saved["low"] > 0 else False if saved["high"] < 0 else None
    return Row(name, f"{one['n']:.0f}", band(one), band(two), band(saved), better)


def band(told: Json | None) -> str:
    """12.3 (10.1–14.8)"""
    if not told or told["mean"] is None:
        return "–"
    return _("%(mean)s (%(low)s to %(high)s)", mean=number(told["mean"]), low=number(told["low"]),
             high=number(told["high"]))  # fmt: skip


def suggestion_said(told: Json) -> str:
    """ "Open window 7 for …" """
    names = _(", ").join(service_name(each) for each in told["services"])
    if told["kind"] == "opens":
        return _("Open window %(window)s for %(services)s", window=told["window"], services=names)
    return _("Let window %(window)s serve %(services)s too", window=told["window"], services=names)


def past_said(each: Suggestion) -> Json:
    """A suggestion that was done, as the page lists it."""
    told = {"kind": each.kind, "window": each.window, "services": each.services}
    at = local(each.taken_at, here().house.hall.timezone)
    return {
        "at": at.strftime("%Y-%m-%d %H:%M"),
        "said": suggestion_said(told),
        "expected": _("%(mean)s (%(low)s to %(high)s)", mean=number(each.saving), low=number(each.low),
                      high=number(each.high)),
        "was": number(each.was) if each.judged_at else None,
        "without": number(each.without),
        "saved": number(each.saved),
    }  # fmt: skip
