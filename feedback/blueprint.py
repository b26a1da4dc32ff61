"""The blueprint that the pages of feedback hang on."""

from flask import Blueprint

blueprint = Blueprint("feedback", __name__)
