"""Pictures as they come in: read by their content, painted anew at a board's size, nothing else kept."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from queueing.boards import MediaRefused

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 3840
MOST_PIXELS = 60_000_000
QUALITY = 88
BEHIND = "white"


@dataclass(frozen=True)
class Found:
    """What a file is; `content`: what is kept in its stead."""

    kind: Literal["picture", "video"]
    suffix: str
    width: int
    height: int
    content: bytes | None = None


def picture_of(file: Path, largest: int) -> Found | None:
    """The picture that the file holds, whatever its name; None: it holds none. Raises MediaRefused."""
    try:
        with warnings.catch_warnings(), Image.open(file, formats=FORMATS) as image:
            warnings.simplefilter("ignore")
            if file.stat().st_size > largest or image.width * image.height > MOST_PIXELS:
                raise MediaRefused(why="too_large")
            return painted(image)
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise MediaRefused(why="broken") from None


def painted(image: Image.Image) -> Found:
    """Upright, on white where it is transparent, no larger than the largest board, without its notes."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", upright.size, BEHIND)
    ground.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Found("picture", ".jpg", ground.width, ground.height, out.getvalue())
