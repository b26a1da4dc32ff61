"""The start page and the supervisors' office. No queueing rule, no storage, no other room."""

from __future__ import annotations

from office.blueprint import blueprint
from office.design import design_page
from office.guide import guide_page, slips
from office.pages import office_page
from office.rules import rules_page
from office.start import code_of_screen, start_page

__all__ = [
    "blueprint",
    "code_of_screen",
    "design_page",
    "guide_page",
    "office_page",
    "rules_page",
    "slips",
    "start_page",
]
