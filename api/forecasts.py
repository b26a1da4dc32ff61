"""How the waits that the hall tells come about, and how often they held."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from web.context import here
from web.routes import Answer, Answered, endpoint


class KeptAnswer(Answer):
    """Of the ranges told in the last 30 days whose tickets were called: how many, and how many held."""

    told: int
    held: int
    of_ten: int | None = Field(description="As people are told it; null: too few to say")


class ForecastAnswer(Answer):
    """What plays the hall ahead: at work, learning, resting after it ended, off today, missing, elsewhere."""

    state: Literal["waiting", "learning", "working", "resting", "off", "missing", "elsewhere", "not_wanted"]
    fresh: bool = Field(description="Whether the waits told now come from it; else from the plain estimate")
    seconds: float | None = Field(description="Processor time of the last answer")
    kept: KeptAnswer


@endpoint(blueprint, "GET", "/forecast", gives=ForecastAnswer)
def forecast() -> Answered:
    """Where the told waits come from."""
    built = here()
    outlook, kept = built.hall.outlook, built.hall.outlook.kept
    return {
        "state": built.foreseeing.state if built.house.waits.forecast else "not_wanted",
        "fresh": outlook.is_fresh(built.hall.now()),
        "seconds": built.foreseeing.seconds,
        "kept": {"told": kept.told, "held": kept.held, "of_ten": kept.of_ten},
    }
