"""Pictures as they come in: read by their content, painted anew at a board's size, nothing else kept.

python -m web.pictures FROM TO [SIDE]     paints the file FROM as the JPEG TO, bounded in memory and time

Writes a line of JSON: how large the painted picture is, or why there is none.
"""

from __future__ import annotations

import json
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps

from queueing.boards import MOST_MEGAPIXELS, MediaRefused, PictureTooLarge
from queueing.records import Json
from web.apart import keep_small, run_apart

FORMATS = ("JPEG", "PNG", "WEBP")
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
LARGEST = 30 * 1024**2
LONGEST_SIDE = 3840
MEMORY, SECONDS, PATIENCE_SECONDS = 1 << 30, 30, 60.0
QUALITY = 88
BEHIND = "white"
PLAIN = {"1": "L", "P": "RGBA", "PA": "RGBA"}
"""What can't be made smaller smoothly as it is."""


@dataclass(frozen=True)
class Found:
    """What a file is; `painted`: the file that is kept in its stead."""

    kind: Literal["picture", "video"]
    suffix: str
    width: int
    height: int
    painted: Path | None = None


def is_picture(file: Path) -> bool:
    """By how it begins; whether it is whole shows when it is painted. Raises MediaRefused."""
    with file.open("rb") as opened:
        begins = opened.read(16).startswith(STARTS)
    if begins and file.stat().st_size > LARGEST:
        raise MediaRefused(why="too_large")
    return begins


def repainted(file: Path, to: Path, side: int = LONGEST_SIDE) -> Found:
    """The picture as it is kept, painted in a process of its own. Raises MediaRefused, PictureTooLarge."""
    words = str(file.absolute()), str(to.absolute()), str(side)
    said = run_apart("web.pictures", *words, patience=PATIENCE_SECONDS)
    facts: Json = json.loads(said) if said else {"why": "broken"}
    if facts.get("why") == "too_large":
        raise PictureTooLarge(most=MOST_MEGAPIXELS)
    if "why" in facts:
        raise MediaRefused(why=facts["why"])
    return Found("picture", ".jpg", facts["width"], facts["height"], to)


def painted(file: Path, to: Path, side: int = LONGEST_SIDE) -> dict[str, int | str]:
    """Paints it; how large it has become, or why it can't be."""
    try:
        with warnings.catch_warnings(), Image.open(file, formats=FORMATS) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > MOST_MEGAPIXELS * 1_000_000:
                return {"why": "too_large"}
            ground = on_white(image, side)
        ground.save(to, "JPEG", quality=QUALITY, optimize=True)
    except (MemoryError, Image.DecompressionBombError):
        return {"why": "too_large"}
    except (OSError, SyntaxError, ValueError):
        return {"why": "broken"}
    return {"width": ground.width, "height": ground.height}


def on_white(image: Image.Image, side: int) -> Image.Image:
    """Made no larger than it has to be first, then upright, and white where it is transparent."""
    if image.mode in PLAIN:
        image = image.convert(PLAIN[image.mode])
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", upright.size, BEHIND)
    ground.paste(upright, mask=upright.getchannel("A"))
    return ground


if __name__ == "__main__":
    keep_small(MEMORY, SECONDS)
    sys.stdout.write(json.dumps(painted(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))))
