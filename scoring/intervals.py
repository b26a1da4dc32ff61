"""How sure a share is: 95 % intervals of one share and of the difference between two.

Of the many intervals these two keep their promise for few ratings and for shares near 100 %, where halls
live: the score interval of E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22, and the interval of a difference that
R. G. Newcombe (1998) builds from two of them: "Interval estimation for the difference between independent
proportions", Statistics in Medicine 17, method 10.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Interval = tuple[float, float]
Z = NormalDist().inv_cdf(0.975)


def wilson(positive: int, n: int) -> Interval | None:
    """Where the true share lies, 19 times in 20; None without ratings."""
    if n == 0:
        return None
    share, spread = positive / n, Z * Z / n
    middle = share + spread / 2
    reach = Z * sqrt(share * (1 - share) / n + spread / (4 * n))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return (0.0 if positive == 0 else low, 1.0 if positive == n else high)


def difference(positive: int, n: int, others_positive: int, others: int) -> Interval | None:
    """By how much the first share is larger than the second; None if either has no ratings."""
    first, second = wilson(positive, n), wilson(others_positive, others)
    if first is None or second is None:
        return None
    share, other = positive / n, others_positive / others
    below = sqrt((share - first[0]) ** 2 + (second[1] - other) ** 2)
    above = sqrt((first[1] - share) ** 2 + (other - second[0]) ** 2)
    return share - other - below, share - other + above
