"""What the operator says at the machine itself, beside opening the hall: `python app.py COMMAND …`.

Nothing else of ours is imported before a command runs: the engine must come first.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from upkeep.many import Command, for_each, for_one
from upkeep.options import plays, renewal, seed, time_of_day

IN_EACH = frozenset({"check-hall", "backup", "restore", "verify-log"})
"""Commands that go through all halls of a folder."""

WITHOUT_A_HALL = frozenset({"whatif", "turns", "version"})


def add_commands(commands: Any) -> None:
    """Every command with its words."""
    checking = command(commands, "check-hall", check_hall, "say what is wrong with a hall's file")
    checking.add_argument("--hall", type=Path, default=Path("config.toml"))
    giving = command(commands, "one-time-password", one_time_password, "let in again who lost the password")
    giving.add_argument("staff", nargs="?", default="admin", help="whose, by the name to sign in with")
    of_a_folder(giving)
    add_doors(commands)
    making = command(commands, "backup", make_backup, "copy the data, whether the hall is open or closed")
    of_a_folder(making)
    restoring = command(commands, "restore", restore, "list the backups, or put one back")
    restoring.add_argument("--from", dest="backup", default="", help="its name in the list, or a file")
    of_a_folder(restoring)
    verifying = command(commands, "verify-log", verify_log, "check the log from its first event to its last")
    verifying.add_argument("--file", type=Path, help="a backup, or any copy of a hall's data")
    of_a_folder(verifying)
    moving = command(commands, "move", move, "carry the whole hall into a database, or out of one")
    moving.add_argument("--to", required=True, help="postgresql://user@host/database, or a folder")
    of_a_folder(moving)
    add_score(commands)
    add_rules(commands)
    add_backtest(commands)
    add_whatif(commands)
    add_turns(commands)
    command(commands, "version", say_version, "say which release this is")


def add_score(commands: Any) -> None:
    """Whose score, by which scheme, from which facts."""
    scoring = command(commands, "score", score, "work out one window's or clerk's score, line by line")
    scoring.add_argument("--scheme", type=Path, help="the scheme's file; else the hall's own, in force then")
    scoring.add_argument("--period", help="2026-10, 2026-Q4, 2026, 2026-W42 or a day")
    scoring.add_argument("--window", help="whose: a window by its number, such as 3")
    scoring.add_argument("--clerk", help="or a person by the id in the hall's file, such as li")
    scoring.add_argument(
        "--facts", type=Path, help="a CSV file (date,item,times,note) instead of a hall's data"
    )
    scoring.add_argument("--json", action="store_true", help="one JSON object")
    of_a_folder(scoring)


def add_whatif(commands: Any) -> None:
    """Which day, and what is otherwise."""
    asking = command(commands, "whatif", whatif, "play a day with changes and without: docs/whatif.md")
    asking.add_argument("--log", type=Path, required=True, help="visits: tickets.csv")
    asking.add_argument("--staffing", type=Path, required=True, help="the plan of the windows: windows.csv")
    asking.add_argument("--change", action="append", default=[], help="such as: window 7 opens 10:00-12:00")
    asking.add_argument("--day", help="2026-03-20; else the last of the log")
    asking.add_argument("--at", type=time_of_day, help="10:00: what happened until then is known")
    asking.add_argument("--replay", action="store_true", help="the day's own people and work")
    asking.add_argument("--config", type=Path, help="a hall's TOML file: its classes, helpers and zone")
    asking.add_argument("--plays", type=plays, default=200, help="how often it is played")
    asking.add_argument("--seed", type=seed, default=1)
    asking.add_argument("--json", action="store_true", help="one JSON object")


def add_turns(commands: Any) -> None:
    """Which days, under which rules."""
    asking = command(commands, "turns", turns, "play a log's days under other turn rules: docs/turns.md")
    asking.add_argument("--log", type=Path, required=True, help="visits: tickets.csv")
    asking.add_argument("--staffing", type=Path, required=True, help="the plan of the windows: windows.csv")
    asking.add_argument("--rule", action="append", default=[], help="such as: 'rate 3, head start 10'")
    asking.add_argument("--config", type=Path, help="a hall's TOML file: its classes, helpers and zone")
    asking.add_argument("--json", action="store_true", help="one JSON object")


BACKTESTS = """one of three pasts is told again (docs/waits.md):
  --log tickets.csv --staffing windows.csv [--config hall.toml] [--renew 10]    any log, with its plan
  --snapshots FILE.csv [--prior FILE|none]                                      lengths of lines alone
  [--hall config.toml] [--data FOLDER] [--renew 10]                             the hall's own data
each with [--out rows.csv] [--json]. Without --out the rows go to the standard output and the summary
to the standard error; with --json alone only the summary is printed."""


def add_backtest(commands: Any) -> None:
    """Which past is told again."""
    testing = command(commands, "backtest", backtest, "tell a past again, and judge what was told")
    testing.formatter_class = argparse.RawDescriptionHelpFormatter
    testing.epilog = BACKTESTS
    testing.add_argument("--log", type=Path, help="visits: tickets.csv; else the hall's own")
    testing.add_argument("--staffing", type=Path, help="the plan of the windows: windows.csv")
    testing.add_argument("--config", type=Path, help="the hall's TOML file: classes, helpers, minutes")
    testing.add_argument("--renew", type=renewal, help="tell again each so many minutes of waiting")
    testing.add_argument("--snapshots", type=Path, help="lengths of lines: FILE.csv or FILE.csv.gz")
    testing.add_argument("--prior", default="", help="what snapshots begin with: a file, or none")
    testing.add_argument("--out", type=Path, help="where the rows go; else to the standard output")
    testing.add_argument("--json", action="store_true", help="the summary as one JSON object")
    of_a_folder(testing)


def add_rules(commands: Any) -> None:
    """The rules by time and line, and what they would have done."""
    ruling = command(commands, "rules", rules, "list the rules by time and line, or try them on a past day")
    ruling.add_argument("--dry-run", action="store_true", help="when would they have been on?")
    ruling.add_argument("--day", help="on which day, such as 2026-11-20; else yesterday")
    ruling.add_argument("--json", action="store_true", help="one JSON object")
    of_a_folder(ruling)


def add_doors(commands: Any) -> None:
    """The way back for who shut the door behind themselves."""
    switching = command(commands, "loopback", loopback, "let this machine's own browser open screens, or not")
    switching.add_argument("wanted", choices=("on", "off"))
    of_a_folder(switching)


def command(commands: Any, name: str, do: Command, says: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=says)
    made.set_defaults(do=do if name in WITHOUT_A_HALL else (for_each if name in IN_EACH else for_one)(do))
    return made


def of_a_folder(made: argparse.ArgumentParser) -> None:
    """The words of a command that works on a hall's data."""
    made.add_argument("--hall", type=Path, default=Path("config.toml"), help="the hall's TOML file")
    made.add_argument("--data", type=Path, help="the data folder")


def say_version(options: argparse.Namespace) -> None:
    from web.version import version

    print(version())


def check_hall(options: argparse.Namespace) -> None:
    """Reads the file as a start would, and starts nothing."""
    from settings import summary
    from settings.city import FILE
    from upkeep.city import in_short, must_fit
    from upkeep.reaching import unreached
    from web.starting import house_of

    house = house_of(options.hall)
    if options.hall.name == FILE:
        print(in_short(options.hall))
        return must_fit(options.hall)
    return print("\n".join([summary(house), *unreached(house)]))


def one_time_password(options: argparse.Namespace) -> None:
    """A new one-time password, given out at the machine itself while the hall is closed."""
    from upkeep.operator import by_hand
    from web.people import fresh_password

    with by_hand(options) as (house, store, clock):
        password = fresh_password(options.staff, house, store, clock)
    print(f"Sign in as {options.staff} with the one-time password: {password}")


def make_backup(options: argparse.Namespace) -> None:
    """One more backup, now."""
    from upkeep.operator import backed_up, data_of

    print(backed_up(data_of(options)))


def restore(options: argparse.Namespace) -> None:
    """The list of backups, or one of them put in the place of the present data."""
    from upkeep.operator import data_of, listed, put_back

    data = data_of(options)
    print(put_back(data, options.backup) if options.backup else listed(data))


def verify_log(options: argparse.Namespace) -> None:
    """Whether the past is as it was written: 0 it is, 1 it isn't, 3 its signatures can't be checked here."""
    from upkeep.operator import data_of
    from upkeep.verdicts import verified

    said, code = verified(data_of(options), options.file)
    print(said)
    raise SystemExit(code)


def move(options: argparse.Namespace) -> None:
    """All of it, counted and checked, or nothing; the hall is closed meanwhile."""
    from upkeep.moving import moved

    print(moved(options))


def score(options: argparse.Namespace) -> None:
    """Reads alone: a hall that is open goes on."""
    from upkeep.score import scored

    say(scored(options))


def rules(options: argparse.Namespace) -> None:
    """Reads alone, too."""
    from upkeep.rules import ruled

    say(ruled(options))


def say(told: str) -> None:
    """Prints what somebody may read through a pipe."""
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal that knows no Chinese shows ? instead
        sys.stdout.reconfigure(errors="replace")
    with suppress(BrokenPipeError):  # whoever reads has seen enough
        print(told)
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def backtest(options: argparse.Namespace) -> None:
    """Learns only from what lies before each moment."""
    from upkeep.backtest_log import run_log
    from upkeep.backtest_snapshots import run_snapshots

    (run_snapshots if options.snapshots else run_log)(options)


def whatif(options: argparse.Namespace) -> None:
    """Reads files alone."""
    from upkeep.whatif import asked_whatif

    print(asked_whatif(options))


def turns(options: argparse.Namespace) -> None:
    """Reads files alone."""
    from upkeep.turns import asked_turns

    print(asked_turns(options))


def loopback(options: argparse.Namespace) -> None:
    """Opens or shuts the door of the machine's own browser, while the hall is closed."""
    from upkeep.operator import by_hand
    from web.loopback import set_open_at_the_machine

    with by_hand(options) as (house, store, clock):
        set_open_at_the_machine(options.wanted == "on", house, store, clock)
    print(f"Browsers on this machine open screens without a code: {options.wanted}.")
