"""What is wrong with a hall file, said so that the person who wrote the file can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

KeyPath = tuple[str | int, ...]
"""Where something stands in a hall file: `("services", 17, "prefix")`."""


@dataclass(frozen=True)
class Slip:
    """A mistake by its place in the records, before anybody has looked up its line."""

    path: KeyPath
    problem: str
    remedy: str


@dataclass(frozen=True)
class Finding:
    """A mistake as it is told: file, line, key, what is wrong, what to do."""

    file: str
    line: int
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.file else ""
        key = f"{self.key}: " if self.key else ""
        return " ".join(part for part in (where + key + self.problem, self.remedy) if part)


class HallFileError(Exception):
    """A hall file that can't be opened, with everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.line))
        super().__init__("\n".join(str(finding) for finding in self.findings))


def spelled(path: KeyPath) -> str:
    """The key as people write it: `services[17].prefix`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A question with the nearest known word, or the other advice when nothing is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else otherwise
