"""The blueprint that the city's pages hang on."""

from flask import Blueprint

blueprint = Blueprint("city", __name__)
