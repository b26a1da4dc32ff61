"""Slips on paper: what stands on one, who may print it, which printer does, how it is. No rule, no SQL.

The printing process (`printing.hand`) imports no more of it than it needs: the room is opened on demand.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if name != "blueprint":
        raise AttributeError(name)
    from printing import lists  # noqa: F401 - its addresses hang on the same blueprint
    from printing.views import blueprint

    return blueprint
