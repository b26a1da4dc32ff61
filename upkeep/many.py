"""A command that is given a folder of halls: done for each of them, the city's own data first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

Command = Callable[[argparse.Namespace], None]

FAILED = 2
"""How a command ends that somebody has to look at."""


def for_each(do: Command) -> Command:
    """The command, for all halls where a folder is named; what fails in one doesn't stop the others."""

    def done(options: argparse.Namespace) -> None:
        named = vars(options)
        if not options.hall.is_dir() or named.get("backup") or named.get("file"):
            return for_one(do)(options)  # one copy is one hall's
        codes = [_one(do, options, file) for file in files_in(options.hall)]
        raise SystemExit(max(codes, default=FAILED))

    return done


def for_one(do: Command) -> Command:
    """The command, which asks for one hall where a folder is named."""

    def done(options: argparse.Namespace) -> None:
        if options.hall.is_dir():
            from web.starting import CannotStart

            named = " or ".join(str(file) for file in files_in(options.hall)[:2])
            raise CannotStart(f"{options.hall} holds several halls. Name one: --hall {named}")
        return do(options)

    return done


def files_in(folder: Path) -> list[Path]:
    """The city's own file, then the halls'."""
    from settings.city import FILE, hall_files

    return [folder / FILE, *hall_files(folder)]


def _one(do: Command, options: argparse.Namespace, file: Path) -> int:
    """One hall's part, under its file's name; how it ended, as commands end."""
    from web.starting import CannotStart

    print(f"== {file}", flush=True)
    try:
        do(argparse.Namespace(**vars(options) | {"hall": file} | _data(options, file)))
    except CannotStart as reason:
        print(reason, file=sys.stderr, flush=True)
        return FAILED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _data(options: argparse.Namespace, file: Path) -> dict[str, Path]:
    """Where this hall's folder lies, when the command says where all of them do."""
    from web.starting import house_of

    data = getattr(options, "data", None)
    return {"data": data / house_of(file).hall.id} if data else {}
