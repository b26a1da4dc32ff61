"""Objects that many screens are told alike: their JSON is written once, however many ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

DENSE = (",", ":")


class Written(dict[str, Any]):
    """An object made of parts without a name in common; a part that is `Written` isn't written again.

    Nobody may change it.
    """

    def __init__(self, *parts: Mapping[str, Any]) -> None:
        super().__init__()
        for part in parts:
            self.update(part)
        self._parts, self._text = parts, ""

    @property
    def text(self) -> str:
        """Its JSON."""
        if not self._text:
            self._text = "{" + ",".join(inside(part) for part in self._parts if part) + "}"
        return self._text


def inside(part: Mapping[str, Any]) -> str:
    """The part's JSON without its braces."""
    return (part.text if isinstance(part, Written) else json.dumps(part, separators=DENSE))[1:-1]


class Telling:
    """The JSON of what goes out over sockets, as the library for them asks for it."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(data: Any, **how: Any) -> str:
        """An answer with a `snapshot` that is written already takes that one."""
        answer = data[0] if isinstance(data, list) and len(data) == 1 else None
        snapshot = answer.get("snapshot") if isinstance(answer, dict) else None
        if answer is None or not isinstance(snapshot, Written):
            return json.dumps(data, **how)
        rest = json.dumps({name: value for name, value in answer.items() if name != "snapshot"}, **how)
        return f'[{rest[:-1]},"snapshot":{snapshot.text}}}]'
