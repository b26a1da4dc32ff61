"""The real hall, started as `make run` does: FOLDER PORT [FILE]."""

from __future__ import annotations

import sys
from pathlib import Path

import app as hall_app
from bench.servers import HALL, MORNING


def main() -> None:
    folder, port = Path(sys.argv[1]), sys.argv[2]
    file = sys.argv[3] if len(sys.argv) > 3 else str(HALL)
    options = ["serve", "--hall", file, "--data", str(folder / "data"), "--port", port]
    hall_app.serve(hall_app.parser().parse_args([*options, "--clock", f"{MORNING:%Y-%m-%dT%H:%M}"]))


if __name__ == "__main__":
    main()
