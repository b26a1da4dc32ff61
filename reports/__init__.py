"""Reports of periods: a page, files, a timetable. Figures come from `scoring`; no other room, no storage."""

from __future__ import annotations

from reports import asking, downloads, fairness_asking, fairness_pages, pages
from reports.blueprint import blueprint

__all__ = ["asking", "blueprint", "downloads", "fairness_asking", "fairness_pages", "pages"]
