"""The blueprint that the pages of appointments hang on."""

from flask import Blueprint

blueprint = Blueprint("booking", __name__)
