"""A log and the plan beside it, read from files, with a word about what is odd in them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forecast.logs import Stretch, Visit


def past_in_files(
    options: argparse.Namespace, zone: str | None, services: Collection[str] | None
) -> tuple[list[Visit], list[Stretch]]:
    """Visits and stretches; `services`: those of the hall's file that was named, None without one."""
    from forecast.logs import read_log, read_plan

    visits, plan = read_log(options.log, zone, remark), read_plan(options.staffing, zone)
    if services is not None:
        compare(visits, services, options)
    return visits, plan


def compare(visits: Collection[Visit], services: Collection[str], options: argparse.Namespace) -> None:
    """A hall's file that knows few of the log's services is another hall's."""
    there = {visit.service for visit in visits}
    unknown = sorted(there - set(services))
    if unknown:
        named = ", ".join(unknown[:5]) + (" …" if len(unknown) > 5 else "")
        of_all = "none" if len(unknown) == len(there) else f"{len(there) - len(unknown)} of {len(there)}"
        remark(f"{options.config} knows {of_all} of the log's services, and not {named}: is it this hall's?")


def remark(said: str) -> None:
    """Beside the answer, which programs read from the standard output."""
    sys.stderr.write(f"{said}\n")
