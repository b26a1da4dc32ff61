"""Pages that everybody may read: services and their guides, who sits where, how far a number is.

No list of tickets, no change of anything; the guides' own desk is in `office/`.
"""

from __future__ import annotations

from guides import looking_up, pages, papers, published
from guides.blueprint import blueprint

__all__ = ["blueprint", "looking_up", "pages", "papers", "published"]
