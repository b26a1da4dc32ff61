"""Addresses as pictures that a phone's camera reads."""

from __future__ import annotations

import qrcode
from flask import Response
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage

QUIET_ZONE = 4
"""Light modules around the code, without which a camera may not find it."""


def qr_picture(address: str) -> Response:
    """The address as an SVG that any size can be made of."""
    image = qrcode.make(
        address, image_factory=SvgPathFillImage, error_correction=ERROR_CORRECT_M, border=QUIET_ZONE
    )
    return Response(image.to_string(encoding="unicode"), mimetype="image/svg+xml")
