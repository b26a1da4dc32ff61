"""The start page and the supervisors' office. No queueing rule, no storage, no other room."""

from __future__ import annotations

from office.blueprint import blueprint
from office.pages import office_page
from office.start import code_of_screen, start_page

__all__ = ["blueprint", "code_of_screen", "office_page", "start_page"]
