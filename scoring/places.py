"""Places among assessments: the best score first, equal ones by the scheme's stated rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from scoring.assessment import Assessment
from scoring.scheme_rules import RankingRule

LEAST = Decimal("-Infinity")


def places_by(entrants: Mapping[str, Assessment], rule: RankingRule) -> dict[str, int]:
    """Whoever is equal in all shares the place, and the next place is counted on: 1, 2, 2, 4."""
    merits = {subject: merit(each, rule) for subject, each in entrants.items()}
    ordered = sorted(merits.values(), reverse=True)
    return {subject: ordered.index(worth) + 1 for subject, worth in merits.items()}


def merit(each: Assessment, rule: RankingRule) -> tuple[Decimal, ...]:
    """What is compared, one after the other; more is better."""
    share = each.rated.share
    told = {
        "share_positive": LEAST if share is None else share,
        "fewer_deductions": -each.deducted,
        "more_bonus": each.bonus,
        "more_ratings": each.rated.n,
    }
    score = LEAST if each.score is None else each.score
    return score, *(told[name] for name in rule.ties)
