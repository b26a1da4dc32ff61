"""The city's own pages: which hall is quickest, for everybody, and all halls at a glance, for its office.

Reads halls, never presses in one; each hall's own pages are the hall's.
"""

from __future__ import annotations

from city import office, opening_again, public
from city.blueprint import blueprint

__all__ = ["blueprint", "office", "opening_again", "public"]
