"""The blueprint that the screens' pages hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("display", __name__)
