"""The periods that a page offers: months, quarters and years up to now, the newest first."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date

from queueing.store import Desk
from scoring.periods import period
from scoring.releases import latest
from web.context import here
from web.words import _, language

MONTHS, YEARS = 15, 3


def today() -> date:
    hall = here().hall
    return date.fromisoformat(hall.day(hall.now()))


def chosen(wanted: str | None) -> str:
    """The one that the address names, else this month; raises UnknownPeriod."""
    return period(wanted).name if wanted else f"{today():%Y-%m}"


def to_release() -> str:
    """The newest finished month that waits, else this month; none from before the first released one."""
    this, *finished = [each["period"] for each in stretches()["month"]]

    def waits(desk: Desk) -> str:
        done = [name for name in finished if latest(desk, name)]
        first = min(done, default=finished[0])
        return next((name for name in finished if name not in done and name >= first), this)

    return here().store.look(waits)


def stretches() -> dict[str, list[dict[str, str]]]:
    """By kind: each with its name in addresses and in the reader's language."""
    now = today()
    months = [divmod(now.year * 12 + now.month - 1 - back, 12) for back in range(MONTHS)]
    quarters = dict.fromkeys((year, month // 3 + 1) for year, month in months)
    return {
        "month": [_told(f"{year}-{month + 1:02d}", _month(year, month + 1)) for year, month in months],
        "quarter": [_told(f"{year}-Q{part}", _quarter(year, part)) for year, part in quarters],
        "year": [_told(str(now.year - back), str(now.year - back)) for back in range(YEARS)],
    }


def _told(name: str, label: str) -> dict[str, str]:
    return {"period": name, "name": label}


def _month(year: int, month: int) -> str:
    if language() == "en":
        return str(format_date(date(year, month, 1), "MMMM y"))
    return _("%(year)s-%(month)s", year=year, month=month)


def _quarter(year: int, quarter: int) -> str:
    return _("Quarter %(quarter)s of %(year)s", quarter=quarter, year=year)


def name_of(wanted: str) -> str:
    """A period's name, also of one that isn't offered any more."""
    offered = [each for some in stretches().values() for each in some]
    return next((each["name"] for each in offered if each["period"] == wanted), wanted)
