"""A slip's page as the dots of a printer: black or white, exactly as many across as the printer has.

Only the printing process imports this; see decision 014 for why it draws with PlutoPrint.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any, cast

import plutoprint
import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

DARK = 150
"""A dot is black from this grey on; thermal heads thin fine strokes out, so half grey counts as black."""

QUIET_ZONE = 2
"""Light modules around the code; the slip's own margin adds the rest."""

NARROW = 450
"""Dots; on a narrower line the code has its words below it and not beside it."""

LONGEST = 6000
"""Dots; a slip is never longer than 75 cm."""

ONE_AT_A_TIME = Lock()
"""The renderer shares its fonts between threads and crashes when two of them draw."""

Pictures = dict[str, dict[str, str]]
"""What stands behind each address in the page: {"code": a text for a QR code} or {"file": a path}."""


class NotOnPaper(Exception):
    """The page asks for something that isn't handed out with it."""


class Drawer(plutoprint.ResourceFetcher):
    """Hands out the page's own pictures and nothing else: no file, no network."""

    def __init__(self, pictures: Pictures, dots: int) -> None:
        super().__init__()
        self._pictures, self._dots = pictures, dots

    def fetch_url(self, url: str) -> Any:
        name = next((each for each in self._pictures if url.endswith(each)), None)
        if name is None:
            raise NotOnPaper(url)
        picture = self._pictures[name]
        if "file" in picture:
            return plutoprint.ResourceData(Path(picture["file"]).read_bytes(), "image/png", "")
        return plutoprint.ResourceData(code_of(picture["code"], self._dots), "image/png", "")


def drawn(page: str, dots: int, pictures: Pictures) -> Image.Image:
    """The page as an image of one bit a dot."""
    with ONE_AT_A_TIME:
        return _drawn(page, dots, pictures)


def _drawn(page: str, dots: int, pictures: Pictures) -> Image.Image:
    book = plutoprint.Book(
        plutoprint.PageSize(dots * plutoprint.UNITS_PX, 100), media=plutoprint.MEDIA_TYPE_SCREEN
    )
    book.custom_resource_fetcher = Drawer(pictures, dots)
    book.load_html(page, base_url="hall:///")
    height = min(LONGEST, ceil(book.get_document_height()))
    canvas = plutoprint.ImageCanvas(dots, height, plutoprint.IMAGE_FORMAT_RGB24)
    canvas.clear_surface(1, 1, 1)
    book.render_document(canvas)
    canvas.flush()
    stride = canvas.get_stride()
    image = Image.frombuffer("RGB", (dots, height), bytes(canvas.get_data()), "raw", "BGRX", stride, 1)
    return image.convert("L").point(lambda grey: 255 if grey > DARK else 0).convert("1")


def code_of(text: str, dots: int) -> bytes:
    """A QR code whose modules are whole dots, as a PNG."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, box_size=1)
    code.add_data(text)
    code.make(fit=True)
    room = 0.62 if dots < NARROW else 0.46
    code.box_size = max(3, int(dots * room) // (code.modules_count + 2 * QUIET_ZONE))
    kept = BytesIO()
    cast(Any, code.make_image()).save(kept, "PNG")
    return kept.getvalue()


def knows_chinese() -> bool:
    """Whether this machine has a font with Chinese: without one every sign is the same empty box."""
    pictures = [drawn(f'<p style="font-size:40px">{sign}</p>', 64, {}).tobytes() for sign in "号窗"]
    return pictures[0] != pictures[1]
