"""What a person reads when a release, an appeal or a list of honour is refused."""

from __future__ import annotations

from collections.abc import Mapping

from web.words import LazyString, _l

OF_ASSESSMENTS: Mapping[str, LazyString] = {
    "month_not_over": _l(
        "%(period)s isn't over yet, so facts would be missing. Wait for its end, "
        "or say that you want it early."
    ),
    "month_not_begun": _l("%(period)s hasn't begun yet. Choose a month that is over."),
    "nothing_to_release": _l("Nothing has changed since %(period)s was released."),
    "released_meanwhile": _l("Somebody has released %(period)s meanwhile. Look at it again."),
    "not_released": _l("%(period)s hasn't been released yet. A supervisor releases it."),
    "unknown_subject": _l("There is no assessment of this in %(period)s. Choose from the list."),
    "months_missing": _l("Not released yet: %(months)s. Release them first, or go on without them."),
    "nobody_to_name": _l(
        "There is nobody to name for %(period)s: the scheme names none for it, "
        "or the list says why each one is left out."
    ),
    "not_published": _l("This name stands on no published list of %(period)s. Look at the list again."),
    "nothing_to_appeal": _l("This deduction doesn't stand, or it isn't yours. Look at your lines again."),
    "appeal_too_late": _l("The time for this appeal ended on %(until)s. Please speak with your supervisor."),
    "appealed_already": _l("You have appealed this already. The answer will stand beside it."),
    "unknown_appeal": _l("This appeal can't be found. Look at the list again."),
    "appeal_decided": _l("Somebody has decided this appeal already. Look at it again."),
    "named_yourself": _l("You stand on this list. Another supervisor or the administrator publishes it."),
    "not_yours_to_decide": _l(
        "Somebody else has to decide this: you entered what it is about, or it concerns you."
    ),
}
