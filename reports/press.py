"""Draws a page as a PDF, in a process of its own: python -m reports.press PAGE.html PAPER.pdf

The renderer is foreign code in C (decision 014). The page may ask for nothing outside itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import plutoprint

from web.apart import keep_small

MEMORY, SECONDS = 3 * 1024**3, 300


class Nothing(plutoprint.ResourceFetcher):
    """No file, no network."""

    def fetch_url(self, url: str) -> Any:
        raise ValueError(url)


def main() -> None:
    keep_small(MEMORY, SECONDS)
    page, paper = sys.argv[1:]
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4.landscape(), media=plutoprint.MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = Nothing()
    book.load_html(Path(page).read_text("utf-8"), base_url="hall:///")
    book.write_to_pdf(paper)


if __name__ == "__main__":
    main()
