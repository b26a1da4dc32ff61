"""The room where supervisors ask what would happen if: changes of staffing and rules, before and after."""

from __future__ import annotations

from outlook import advice, pages
from outlook.blueprint import blueprint

__all__ = ["advice", "blueprint", "pages"]
