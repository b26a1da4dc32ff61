"""How long services take: a level for each service, a factor for each clerk and each day, all shrunk.

    log(minutes) = service + clerk + day + noise,  noise ~ N(0, sigma[service])

Fitted by turns (backfitting), each effect shrunk by the ratio of the noise's variance to the effect's own
(an empirical Bayes ridge). Services are shrunk to the mean
of all, or to the configured minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import erfc, exp, log, pi

import numpy as np

from forecast.scenes import Floats, Ints

SHORTEST, LONGEST = 0.05, 480.0
PRIOR_MINUTES, PRIOR_SIGMA = 8.0, 0.65
SERVICES_DIFFER, CLERKS_DIFFER, DAYS_DIFFER = 0.4, 0.18, 0.08
"""Standard deviations of the logarithms between services, clerks, days: what the shrinking assumes."""

SIGMA_WEIGHT = 12.0
"""A service's own spread counts against that of all as if so many visits had been seen of all."""

DAY_FADES = 0.35
"""How much of today's expectation is yesterday: the level follows a world that changes."""

ROUNDS = 6


@dataclass(frozen=True)
class Level:
    """A mean of logarithms and how sure it is, as a standard deviation."""

    mean: float
    sd: float


class Names:
    """Indices of names, in the order in which they were first met."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}

    def of(self, name: str) -> int:
        return self.index.setdefault(name, len(self.index))


@dataclass
class Fit:
    """What the visits so far say."""

    service: Floats
    sigma: Floats
    clerk: Floats
    clerk_sd: Floats
    day: Floats
    overall: float = log(PRIOR_MINUTES) - PRIOR_SIGMA**2 / 2
    spread: float = PRIOR_SIGMA


def nothing() -> Fit:
    none = np.zeros(0)
    return Fit(none, none, none, none, none)


@dataclass
class Durations:
    """Learns from visits in the order of time; `prior` are configured minutes of services."""

    prior: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services, self.clerks = Names(), Names()
        self._rows: list[tuple[int, int, int, float]] = []
        self._day, self._fitted_at = -1, 0
        self._fit, self._usual = nothing(), usual_day(np.zeros(0))
        self._today: list[tuple[int, int, float]] = []
        self._precision = self._pull = 0.0

    def begin_day(self) -> None:
        self._day += 1
        self._today = []
        self.refit()

    def hear(self, service: str, clerk: str, minutes: float) -> None:
        """One service has ended."""
        if not SHORTEST < minutes < LONGEST:
            return
        row = self.services.of(service), self.clerks.of(clerk), log(minutes)
        self._rows.append((row[0], row[1], self._day, row[2]))
        self._today.append(row)
        self._add(*row)
        if len(self._rows) > max(10, 1.15 * self._fitted_at):
            self.refit()

    def refit(self) -> None:
        self._fitted_at = len(self._rows)
        rows = np.array(self._rows, dtype=float).reshape(-1, 4)
        self._fit = fitted(rows, self._priors(), len(self.clerks.index), self._day + 1)
        self._usual = usual_day(self._fit.day[:-1])
        self._precision = self._pull = 0.0
        for row in self._today:
            self._add(*row)

    def _priors(self) -> Floats:
        """The configured mean of each service as a mean of logarithms; nan where none is given."""
        told = [self.prior.get(name, np.nan) for name in self.services.index]
        return np.asarray(np.log(np.array(told, dtype=float)) - PRIOR_SIGMA**2 / 2)

    def _add(self, service: int, clerk: int, value: float) -> None:
        level, sigma = self._service(service)
        weight = 1 / sigma**2
        self._precision += weight
        self._pull += weight * (value - level - self._clerk(clerk).mean)

    def _service(self, index: int | None) -> tuple[float, float]:
        fit = self._fit
        if index is None or index >= len(fit.service):
            return fit.overall, fit.spread
        return float(fit.service[index]), float(fit.sigma[index])

    def _clerk(self, index: int | None) -> Level:
        fit = self._fit
        if index is None or index >= len(fit.clerk):
            return Level(0.0, CLERKS_DIFFER)
        return Level(float(fit.clerk[index]), float(fit.clerk_sd[index]))

    def service(self, name: str) -> tuple[float, float]:
        """Mean and standard deviation of log(minutes) with an average clerk on an average day."""
        index = self.services.index.get(name)
        if (index is None or index >= len(self._fit.service)) and name in self.prior:
            return log(self.prior[name]) - PRIOR_SIGMA**2 / 2, PRIOR_SIGMA
        return self._service(index)

    def clerk(self, name: str) -> Level:
        """By how much a clerk's services take longer, as a logarithm."""
        return self._clerk(self.clerks.index.get(name))

    def usual_day(self) -> Level:
        """What to expect of a day before it begins: the last ones count most."""
        return self._usual

    def of_day(self, index: int) -> float:
        """By how much a past day was slower, as a logarithm; days count from 0 in the order they began."""
        return float(self._fit.day[index]) if index < len(self._fit.day) else self.usual_day().mean

    def today(self, running: list[tuple[str, str, float]] | None = None) -> Level:
        """By how much today is slower; `running` (service, clerk, minutes so far) corrects for long ones."""
        usual = self.usual_day()
        precision, pull = 1 / usual.sd**2 + self._precision, usual.mean / usual.sd**2 + self._pull
        mean = pull / precision
        for service, clerk, minutes in running or ():
            level, sigma = self.service(service)
            expected = level + self.clerk(clerk).mean
            z = (log(max(minutes, SHORTEST)) - expected - mean) / sigma
            if z > -2:
                precision += 1 / sigma**2
                pull += (mean + sigma * above(z)) / sigma**2
        return Level(pull / precision, precision**-0.5)

    def usual_minutes(self, service: str) -> float:
        """The mean with an average clerk on an average day."""
        level, sigma = self.service(service)
        return exp(level + sigma**2 / 2)

    def minutes(self, service: str) -> float:
        """The mean with an average clerk today."""
        return self.usual_minutes(service) * exp(self.today().mean)


def usual_day(days: Floats) -> Level:
    """From the factors of the days before."""
    mean = 0.0
    for each in days:
        mean += DAY_FADES * (each - mean)
    return Level(float(mean), DAYS_DIFFER if len(days) else 2 * DAYS_DIFFER)


def fitted(rows: Floats, prior: Floats, clerks: int, days: int) -> Fit:
    """Backfits the three effects; rows are (service, clerk, day, log minutes)."""
    if not len(rows):
        return nothing()
    of = rows[:, :3].astype(np.int64)
    value, service, clerk, day = rows[:, 3], of[:, 0], of[:, 1], of[:, 2]
    fit = Fit(np.zeros(len(prior)), np.zeros(0), np.zeros(clerks), np.zeros(0), np.zeros(days))
    for _ in range(ROUNDS):
        rest = value - fit.clerk[clerk] - fit.day[day]
        fit.overall = float((rest.sum() + 5 * (log(PRIOR_MINUTES) - PRIOR_SIGMA**2 / 2)) / (len(rest) + 5))
        fit.service = shrunk(rest, service, np.where(np.isnan(prior), fit.overall, prior), SERVICES_DIFFER)
        rest = value - fit.service[service]
        fit.clerk = shrunk(rest - fit.day[day], clerk, np.zeros(clerks), CLERKS_DIFFER)
        fit.day = shrunk(rest - fit.clerk[clerk], day, np.zeros(days), 2 * DAYS_DIFFER)
    return with_spreads(fit, value - fit.service[service] - fit.clerk[clerk] - fit.day[day], service, clerk)


def shrunk(rest: Floats, group: Ints, towards: Floats, differ: float) -> Floats:
    """Each group's mean, drawn towards its prior the more, the fewer it has."""
    weight, n = (PRIOR_SIGMA / differ) ** 2, len(towards)
    total = np.bincount(group, rest, n)
    return np.asarray((total + weight * towards) / (np.bincount(group, minlength=n) + weight))


def with_spreads(fit: Fit, noise: Floats, service: Ints, clerk: Ints) -> Fit:
    """Adds each service's spread, shrunk to that of all, and how sure each clerk's factor is."""
    squares = noise**2
    fit.spread = float(((squares.sum() + 10 * PRIOR_SIGMA**2) / (len(noise) + 10)) ** 0.5)
    n = len(fit.service)
    total, count = np.bincount(service, squares, n), np.bincount(service, minlength=n)
    fit.sigma = np.sqrt((total + SIGMA_WEIGHT * fit.spread**2) / (count + SIGMA_WEIGHT))
    seen = np.bincount(clerk, minlength=len(fit.clerk))
    fit.clerk_sd = (seen / fit.spread**2 + 1 / CLERKS_DIFFER**2) ** -0.5
    return fit


def above(z: float) -> float:
    """The mean of a standard normal variable that is above z: the inverse Mills ratio."""
    if z > 5:
        return z + 1 / z
    tail = 1 - cumulated(z)
    return float(exp(-z * z / 2) / (2 * pi) ** 0.5 / tail)


def cumulated(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * float(erfc(-z / 2**0.5))
