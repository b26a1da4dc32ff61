"""What a page costs at the first and at the second visit: requests and bytes over the wire.

python -m bench.visits
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from tests.running import running_hall

PAGES = ("/", "/kiosk", "/board/main", "/login")
SETTLED = "networkidle"


def visited(context: BrowserContext, address: str) -> tuple[int, float]:
    """Requests that left the browser and kilobytes that came back, headers included."""
    page = context.new_page()
    wire, sizes, asked = context.new_cdp_session(page), [], set()
    wire.on("Network.loadingFinished", lambda told: sizes.append(float(told["encodedDataLength"])))
    wire.on("Network.responseReceivedExtraInfo", lambda told: asked.add(told["requestId"]))
    wire.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state(SETTLED)
    page.close()
    return len(asked), sum(sizes) / 1000


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_hall(Path(folder)) as hall,
        sync_playwright() as play,
    ):
        arguments: Any = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
        browser = play.chromium.launch(**arguments)
        print("| page | first visit | second visit |\n|---|---:|---:|")
        for path in PAGES:
            context = browser.new_context()
            told = [visited(context, hall.url + path) for _ in range(2)]
            print(f"| `{path}` | " + " | ".join(f"{n} requests, {size:.0f} kB" for n, size in told) + " |")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
