"""Everything that a report says, in one language: gathered before the work goes where no request is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask
from flask.sansio.app import App
from flask_babel import force_locale

from queueing.house import Text
from web.spoken import said_in
from web.words import _, language, speak_as


@dataclass(frozen=True)
class Speech:
    """A language and its sentences by key; {names} in braces are filled in."""

    language: str
    words: Mapping[str, str]

    def say(self, key: str, **values: Any) -> str:
        return self.words[key].format(**values)

    def name(self, text: Text | None) -> str:
        return said_in(self.language, text)


def speech_here() -> Speech:
    """In the language of the present request."""
    return Speech(language(), words())


def speech_in(app: App, tongue: str) -> Speech:
    """In a language of one's choice; also outside any request."""
    with cast(Flask, app).app_context(), force_locale(tongue):
        speak_as("reports")
        return Speech(tongue, words())


def words() -> dict[str, str]:
    figures = _of_flow() | _of_times() | _of_judgements()
    return _of_paper() | figures | _of_rows() | _of_findings() | _of_visits()


def _of_paper() -> dict[str, str]:
    return {
        "title": _("Report of the service hall"),
        "week": _("Week"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "day": _("Day"),
        "of_year": _("Year {year}"),
        "of_month": _("Month {n} of {year}"),
        "of_week": _("Week {n} of {year}"),
        "of_quarter": _("Quarter {n} of {year}"),
        "days": _("{first} to {last}"),
        "so_far": _("{first} to {last}, not over yet"),
        "made": _("As of {at}"),
        "by_hall": _("Hall"),
        "by_department": _("Departments"),
        "by_window": _("Windows"),
        "by_clerk": _("Clerks"),
        "by_service": _("Services"),
        "flow": _("Visits"),
        "times": _("Times, in minutes"),
        "judged": _("Ratings and limits"),
        "sums": _("Together"),
        "found": _("What can hardly be right"),
        "found_nothing": _("Nothing stands out."),
        "kind": _("Kind"),
        "what": _("What was found"),
        "evidence": _("Evidence"),
        "how_days": _("How it went"),
        "rows_of": _("{view}: {group}"),
        "waits_of": _("Longest waits: half and nine tenths of all visits waited no longer, in minutes"),
        "levels_of": _("Ratings by level, in per cent"),
        "definitions": _("What the figures mean"),
    }


def _of_flow() -> dict[str, str]:
    return {
        "received": _("Numbers taken"),
        "finished": _("Finished"),
        "finished_rate": _("Rate finished"),
        "done": _("Matters done"),
        "at_once": _("Done at once"),
        "at_once_rate": _("Rate done at once"),
        "no_shows": _("No-shows"),
        "abandoned": _("Gave up"),
        "unclosed": _("Left open"),
        "transferred": _("Sent on"),
    }


def _of_times() -> dict[str, str]:
    return {
        "waits": _("Waits measured"),
        "wait_mean": _("Wait, mean"),
        "wait_p50": _("Wait, half"),
        "wait_p90": _("Wait, nine tenths"),
        "wait_kept": _("Waits kept"),
        "service_mean": _("Service, mean"),
        "service_p50": _("Service, half"),
        "service_p90": _("Service, nine tenths"),
    }


def _of_judgements() -> dict[str, str]:
    return {
        "ratings": _("Ratings given"),
        "response_rate": _("Response rate"),
        "positive": _("Share positive"),
        "very_satisfied": _("Very satisfied"),
        "satisfied": _("Satisfied"),
        "fairly_satisfied": _("Fairly satisfied"),
        "dissatisfied": _("Dissatisfied"),
        "very_dissatisfied": _("Very dissatisfied"),
        "set_aside": _("Set aside"),
        "complaints": _("Complaints"),
        "overdue": _("Cases overdue"),
        "limits_kept": _("Limits kept"),
    }


def _of_rows() -> dict[str, str]:
    return {
        "view": _("By"),
        "whose": _("Name"),
        "hall": _("Hall"),
        "department": _("Department"),
        "window": _("Window"),
        "clerk": _("Clerk"),
        "service": _("Service"),
        "nobody_department": _("No department"),
        "nobody_window": _("Called to no window"),
        "nobody_clerk": _("No clerk"),
        "nobody_service": _("No service"),
        "window_n": _("Window {n}"),
        "at_window": _("Window {window}, {clerk}"),
    }


def _of_findings() -> dict[str, str]:
    return {
        "pile": _("Entered in a pile"),
        "one_as_many": _("One case as many?"),
        "many_as_one": _("Many cases as one?"),
        "seconds": _("Services of seconds"),
        "hours": _("Services of hours"),
        "unattended": _("Nobody there"),
        "left_open": _("Never closed"),
        "jump": _("Ten times as many, or a tenth"),
        "say_pile": _("{where}: {n} visits ended within {seconds} s on {day}. Were they entered later?"),
        "say_quiet": _("Before that nothing had been finished there for {minutes} minutes."),
        "say_one_as_many": _(
            "{where}: {n} tickets for {service} were taken together and ended within {seconds} s on {day}. "
            "Was one case entered as many?"
        ),
        "say_many_as_one": _(
            "{where}: {n} services took {limit} times as long as usual, or longer. "
            "Does one entry stand for many cases?"
        ),
        "say_seconds": _("{where}: {n} services took less than {limit} s."),
        "say_hours": _("{where}: {n} services took {limit} minutes or longer."),
        "say_unattended": _(
            "{where}: {n} visits were finished {limit} minutes or more after the window was paused or left."
        ),
        "say_left_open": _("{where}: {n} services were never closed; the end of the day closed them."),
        "say_jump": _("{where}: {figure} went from {was} to {n} since the period before."),
        "visit": _("{day} {number}, ended {at}"),
        "more_visits": _("and {n} more"),
    }


def _of_visits() -> dict[str, str]:
    """The head of the raw data."""
    return {
        "raw_day": _("Day"),
        "raw_number": _("Number"),
        "raw_class": _("Class"),
        "raw_state": _("State"),
        "raw_outcome": _("Outcome"),
        "raw_joined": _("Number taken at"),
        "raw_called": _("Called at"),
        "raw_started": _("Service began"),
        "raw_finished": _("Service ended"),
        "raw_held": _("On hold, s"),
        "raw_calls": _("Calls"),
        "raw_reinstated": _("Brought back"),
        "raw_postponed": _("Postponed"),
    }
