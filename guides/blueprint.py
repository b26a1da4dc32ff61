"""The blueprint that the public pages hang on."""

from flask import Blueprint

blueprint = Blueprint("guides", __name__)
