"""How fast, and against what: `make bench`, or `python -m bench --help`."""

from __future__ import annotations

import argparse
import asyncio

from bench import issuing, pushing


def numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


async def measured(options: argparse.Namespace) -> None:
    await issuing.measure(options.clients, options.tickets)
    await pushing.measure(options.screens, options.calls)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures the hall beside its floors.")
    parser.add_argument("--clients", type=numbers, default=[1, 16, 64], help="kiosks at once: 1,16,64")
    parser.add_argument("--tickets", type=int, default=3200, help="tickets in each run")
    parser.add_argument("--screens", type=numbers, default=[100, 500, 1000], help="joined screens: 100,500")
    parser.add_argument("--calls", type=int, default=60, help="calls in each run")
    asyncio.run(measured(parser.parse_args()))


if __name__ == "__main__":
    main()
