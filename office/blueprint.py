"""The blueprint that the office's pages hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("office", __name__)
