"""The sentences of the city's pages."""

from __future__ import annotations

from datetime import timedelta

from babel.dates import format_time

from queueing.clock import Instant, business_day, local
from queueing.records import Json
from queueing.told import told_as
from web.wait_words import short_wait_words, wait_words
from web.words import _, language, long_date, ngettext

OTHER = "other"


def said_of(trouble: Json) -> str:
    """What is wrong, as one sentence for the city's office."""
    code, facts = trouble["code"], trouble["facts"]
    what = facts.get("what", "")
    sentence = _sentences().get(f"{code}_{what}") or _sentences().get(code) or _sentences()[OTHER]
    return sentence.format(**({"code": code, "which": ""} | facts))


def _sentences() -> dict[str, str]:
    return _of_people() | _of_shut() | _of_machines() | _of_data()


def _of_people() -> dict[str, str]:
    return {
        "not_read": _("This hall's data can't be read at the moment."),
        "nobody_serves": _("No window is open. People waiting: {waiting}."),
        "long_wait": _("Somebody has been waiting for {minutes} minutes."),
        "long_line": _("A newcomer may wait up to {minutes} minutes."),
        "few_windows": _("Too few windows are open: {open} of {planned}."),
        "ends_late": _("No more numbers today, for lines would end after closing. Lines: {lines}."),
    }


def _of_shut() -> dict[str, str]:
    """By what kept a hall from opening; where, in which line and why is the operator's detail."""
    return {
        "shut": _("This hall couldn't be opened."),
        "shut_file": _("This hall couldn't be opened: there is a mistake in its file."),
        "shut_address": _(
            "This hall couldn't be opened: its id or its address is missing, or another hall's."
        ),
        "shut_port": _("This hall couldn't be opened: its port can't be used."),
        "shut_data": _("This hall couldn't be opened: its data can't be used."),
        "shut_database": _("This hall couldn't be opened: its database can't be used."),
        "shut_fault": _("This hall couldn't be opened: the program failed over it."),
        "in_part": _("This hall is open on {open} of {of} servers only; some people find it closed."),
    }


def _of_machines() -> dict[str, str]:
    return {
        "no_voice": _("Calls aren't spoken in every language: a voice is missing."),
        "forecast_missing": _("Waits are told by a plain estimate: the forecast can't run on this machine."),
        "forecast_off": _("Waits are told by a plain estimate: the forecast rests until tomorrow."),
        "room_printer": _("Printer {which} can't print."),
        OTHER: _("Something needs a look: {code}."),
    }


def _of_data() -> dict[str, str]:
    return {
        "not_kept": _("At the moment nothing can be saved in this hall."),
        "backup_failed": _("The last backup couldn't be made."),
        "backup_bad": _("The newest backup isn't sound."),
        "files_not_kept": _("Pictures, videos or recordings aren't in the newest backup."),
        "no_backup": _("There is no good backup yet."),
        "backup_late": _("The last good backup is more than a day old."),
        "disk_low": _("The disk is nearly full."),
        "clock_back": _("The machine's clock jumped back this week."),
        "unclean_stop": _("The hall wasn't closed properly this week."),
        "restore": _("The hall was taken back to a backup this week."),
    }


def wait_said(low: int | None, high: int | None, *, short: bool = False) -> str:
    """A newcomer's wait, as everywhere else."""
    key, values = told_as(low, high)
    return (short_wait_words() if short else wait_words())[key].format(**values)


def clock_said(at: Instant, timezone: str) -> str:
    """The time on the hall's wall."""
    return str(format_time(local(at, timezone), "HH:mm", locale=language()))


def open_until(at: Instant | None, timezone: str) -> str:
    return _("Open until {time}").format(time=clock_said(at, timezone)) if at else _("Open")


def opens_said(at: Instant | None, now: Instant, timezone: str) -> str:
    """When a closed hall opens next."""
    if at is None:
        return _("Closed now. When it opens isn't known.")
    day, today, time = business_day(at, timezone), business_day(now, timezone), clock_said(at, timezone)
    if day == today:
        return _("Closed now. Opens today at {time}.").format(time=time)
    if day == today + timedelta(days=1):
        return _("Closed now. Opens tomorrow at {time}.").format(time=time)
    return _("Closed now. Opens on {day} at {time}.").format(day=long_date(day, weekday=True), time=time)


def waiting_said(waiting: int) -> str:
    return ngettext("%(num)d waiting", "%(num)d waiting", waiting) if waiting else _("Nobody waiting")
