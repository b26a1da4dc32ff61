"""What a check of the log found, in words for whoever asked for it."""

from __future__ import annotations

from pathlib import Path

from storage.chain import Broken
from storage.opening import FILE
from upkeep.operator import Data
from upkeep.signing import key_file, list_of
from upkeep.verifying import LogCheck, check_database, check_log
from web.starting import CannotStart

IN_DATABASE = "The hall's database"
WHOLE, BROKEN, UNSIGNED = 0, 1, 3

FOUND: dict[str, str] = {
    "missing": "an event is missing",
    "unlinked": "an event doesn't follow from the one before it",
    "changed": "an event was changed after it had been written",
    "cut_off": "the end of the log was cut off",
    "rewritten": "the log was written anew",
    "forged": "a signature isn't the hall's",
    "other_key": "a signature was made with another key than the one at hand",
    "ticket_row": "a ticket doesn't say what the log says of it",
    "rating_row": "a rating doesn't say what the log says of it",
    "damaged": "the file is damaged",
    "unreadable": "the file can't be read",
    "no_hall": "there isn't one hall in the file",
}


def verified(data: Data, file: Path | None) -> tuple[str, int]:
    """The sentence and the exit code."""
    keyed = key_file(data.house, data.folder)
    key = keyed.read_bytes() if keyed.is_file() else None
    beside = list_of(data.archive.folder, data.house.hall.id)
    if data.address and file is None:
        try:
            check = check_database(data.address, data.house.hall.id, key, beside)
        except OSError as error:
            raise CannotStart(f"The log can't be checked: {error}") from error
        return _said(data, IN_DATABASE, check, keyed), _code(check)
    path = file or data.folder / FILE
    if not path.is_file():
        raise CannotStart(f"There is no file {path}. Name the data folder (DATA=…) or a copy (FILE=…).")
    check = check_log(path, key, beside, live=file is None)
    return _said(data, str(path), check, keyed), _code(check)


def _code(check: LogCheck) -> int:
    if check.first:
        return BROKEN
    return UNSIGNED if check.unsigned == "no_key" else WHOLE


def _said(data: Data, path: str, check: LogCheck, keyed: Path) -> str:
    verdict = check.verdict
    if check.first:
        return "\n".join([f"{path}: THE LOG IS BROKEN.", _link(data, check.first)])
    last = f"{verdict.seq} events, the last at {data.wall(verdict.at)}" if verdict.seq else "no event yet"
    lines = [f"{path}: the log is whole: {last}."]
    lines += [_signatures(check, keyed)]
    for each in check.restores:
        when = data.wall(each.at)
        lines += [f"On {when} the hall was taken back to event {each.to_seq} from a backup."]
    return "\n".join(lines)


def _signatures(check: LogCheck, keyed: Path) -> str:
    if check.unsigned == "no_key":
        return f"Its signatures can't be checked: there is no key {keyed}."
    if check.unsigned:
        return "No day has been signed yet."
    return f"{check.signatures} signatures of days fit."


def _link(data: Data, broken: Broken) -> str:
    where = f"At event {broken.seq}" if broken.seq else "In the file"
    when = f" ({data.wall(broken.at)})" if broken.at else ""
    return f"{where}{when}: {FOUND[broken.what]}: {broken.detail}."
