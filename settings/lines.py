"""On which line of a TOML text a key stands; `tomllib` keeps the values and forgets the lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from settings.findings import KeyPath

TOKEN = re.compile(
    r"""(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      | (?P<comment>\#[^\n]*)
      | (?P<mark>[\[\]{}=,\n])
      | (?P<word>[^\s\[\]{}=,\#"']+)""",
    re.VERBOSE | re.DOTALL,
)
END = ("end", "", 0)
Token = tuple[str, str, int]


def tokens(text: str) -> Iterator[Token]:
    """(kind, text, line) of everything in the text but blanks and comments."""
    line, seen = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match.lastgroup != "comment":
            yield str(match.lastgroup), match.group(), line


class Lines:
    """The line of every key and list element of a text that `tomllib` has accepted."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._lists: Counter[KeyPath] = Counter()
        self._lines: dict[KeyPath, int] = {(): 1}
        self._read()

    def line_of(self, path: KeyPath) -> int:
        """The line of the key, or of the nearest thing around it that the text holds."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self) -> None:
        table: KeyPath = ()
        while self._peek() != END:
            if self._take_if("\n"):
                continue
            if self._take_if("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        line, double = self._peek()[2], self._take_if("[")
        path = self._resolved(self._key("]"))
        self._first_seen(path[:-1], line)
        if double:
            self._take_if("]")
            self._lists[path] += 1
            self._lines.setdefault(path, line)
            path = (*path, self._lists[path] - 1)
        self._lines[path] = line
        return path

    def _resolved(self, key: tuple[str, ...]) -> KeyPath:
        """The key with the number of the list element that each part means at this point."""
        path: KeyPath = ()
        for part in key:
            if self._lists[path]:
                path = (*path, self._lists[path] - 1)
            path = (*path, part)
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._peek()[2]
        path = (*table, *self._key("="))
        self._first_seen(path, line)
        self._value(path)

    def _first_seen(self, path: KeyPath, line: int) -> None:
        """A dotted key or header is also the first line of what it stands in."""
        for depth in range(1, len(path) + 1):
            self._lines.setdefault(path[:depth], line)

    def _key(self, stop: str) -> tuple[str, ...]:
        parts: list[str] = []
        while (token := self._take())[1] != stop and token != END:
            parts += [token[1][1:-1]] if token[0] == "string" else filter(None, token[1].split("."))
        return tuple(parts)

    def _value(self, path: KeyPath) -> None:
        if self._take_if("["):
            self._elements(path)
        elif self._take_if("{"):
            self._inline(path)
        else:
            while self._peek()[0] in ("string", "word"):
                self._at += 1

    def _elements(self, path: KeyPath) -> None:
        count = 0
        while not self._take_if("]") and self._peek() != END:
            if self._take_if("\n") or self._take_if(","):
                continue
            self._lines[(*path, count)] = self._peek()[2]
            self._value((*path, count))
            count += 1

    def _inline(self, path: KeyPath) -> None:
        while not self._take_if("}") and self._peek() != END:
            if not (self._take_if("\n") or self._take_if(",")):
                self._pair(path)

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _take_if(self, mark: str) -> bool:
        found = self._peek()[:2] == ("mark", mark)
        self._at += found
        return found
