"""What the scripts of all pages of assessment say: scores, lines, facts, photos."""

from __future__ import annotations

from web.words import _


def score_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    told = _of_scores() | _of_sums() | _of_lines() | _of_facts()
    return told | _of_kinds() | _of_attendance() | _of_levels()


def _of_scores() -> dict[str, str]:
    return {
        "uncertain": _("The hall did not answer. Please look whether it was done before you press again."),
        "by_window": _("Window"),
        "by_clerk": _("Clerk"),
        "window_named": _("{window} · {name}"),
        "between": _(", "),
        "score": _("Score"),
        "no_score": _("A figure is missing: no score yet."),
        "missing": _("missing"),
        "passes": _("Passed"),
        "passes_not": _("Not passed"),
        "by_scheme": _("By {name}, version {version}"),
        "released_on": _("Released on {time} by {who}"),
        "revision_n": _("Revision {n}"),
        "not_released": _("Not released yet: this still moves with every entry and rating."),
        "months_of": _("From {n} released months"),
        "months_lacking": _("Not released yet: {months}"),
        "mean": _("Mean of the months"),
        "flag_window": _("Red flag"),
        "to_be_named": _("To be named"),
        "honoured": _("Honoured"),
        "now_is": _("now {score}"),
        "released_when": _("Released on {time}"),
        "as_it_stands": _("As it stands now"),
        "as_it_stands_now": _("As it stands now; released in revision {n}"),
        "no_months": _("No month of it has been released yet."),
        "ratings_of": _("{share} of {n}"),
        "none_rated": _("none"),
        "barred": _("Barred"),
        "ties_by": _("Among equal scores these decide, in this order: {rules}."),
        "tie_share_positive": _("the larger share of positive ratings"),
        "tie_fewer_deductions": _("fewer points deducted"),
        "tie_more_bonus": _("the larger bonus"),
        "tie_more_ratings": _("more ratings"),
    }


def _of_sums() -> dict[str, str]:
    return {
        "parts_title": _("Parts"),
        "out_of": _("{score} of {maximum}"),
        "weight": _("counts {share}"),
        "sum_title": _("How the score comes together"),
        "sum_base": _("Starts at"),
        "sum_parts": _("In the parts"),
        "sum_bonus": _("Bonus"),
        "sum_malus": _("Taken off on top"),
        "sum_rating": _("By the ratings"),
        "sum_raw": _("Sum"),
        "cut_ceiling": _("No score goes over {most}: the rest is cut."),
        "cut_floor": _("No score goes under {least}."),
        "cut_rounding": _("The sum is rounded."),
        "barred_month": _("Barred from the awards of {period}: "),
        "barred_quarter": _("Barred from the awards of {period}: "),
        "barred_year": _("Barred from the awards of {period}: "),
        "part_bonus": _("Bonus"),
        "part_malus": _("Taken off on top"),
        "part_rating": _("Ratings"),
    }


def _of_lines() -> dict[str, str]:
    return {
        "lines_title": _("What made this score"),
        "no_lines": _("Nothing was deducted and nothing added."),
        "times": _("{n} times"),
        "times_one": _("once"),
        "times_each": _("{n} × {each} = {asked}"),
        "rated_n": _("{n} ratings"),
        "rated_n_one": _("{n} rating"),
        "cut_item": _("This item has a limit: {points} of {asked} count."),
        "cut_part": _("The part can't go lower or higher: {points} of {asked} count."),
        "cut_group": _("{name} count for {most} points at most together: {cut} don't count."),
        "gone_title": _("Taken back: counts no more"),
        "gone_by": _("Taken back by {who}, {time}: {reason}"),
        "photo_n": _("Photo {at}"),
        "photo_away": _("Leave photo {at} out"),
        "photos_most": _("At most {n} photos."),
        "no_photo": _("{name} isn't a photo that this device can read."),
        "close": _("Close"),
        "value_is": _("value {value}"),
    }


def _of_facts() -> dict[str, str]:
    return {
        "from_queue": _("told by the queue itself"),
        "from_inspector": _("entered"),
        "from_import": _("from a file"),
        "from_complaint": _("from a complaint"),
        "from_callback": _("from a call-back"),
        "from_second_rating": _("from a second rating"),
        "from_person": _("{who}, {origin}"),
        "entered_at": _("{time}"),
    }


def _of_kinds() -> dict[str, str]:
    return {
        "kind_finished": _("Visits finished"),
        "kind_waited_too_long": _("Waited longer than promised"),
        "kind_unattended": _("Window unattended in its hours"),
        "kind_paused_too_long": _("Paused longer than the reason allows"),
        "kind_opened_late": _("Opened late"),
        "kind_closed_early": _("Closed early"),
        "kind_case_overdue": _("Case beyond its limit"),
        "kind_complaint": _("Verified complaint"),
        "kind_complaint_discipline": _("Verified complaint about discipline"),
        "kind_callback_dissatisfied": _("Dissatisfied at the call-back"),
        "kind_praise": _("Letter of praise"),
        "kind_media_county": _("County media"),
        "kind_media_city": _("City media"),
        "kind_media_province": _("Province media"),
        "kind_criticised_county": _("Criticised in county media"),
        "kind_criticised_city": _("Criticised in city media"),
        "kind_honour_county": _("County honour"),
        "kind_honour_city": _("City honour"),
        "kind_suggestion": _("Suggestion adopted"),
        "kind_examination": _("Examination"),
        "kind_figure": _("Figure"),
    }


def _of_attendance() -> dict[str, str]:
    return {
        "kind_late": _("Came late"),
        "kind_left_early": _("Left early"),
        "kind_left_post": _("Left the post"),
        "kind_absent": _("Absent without leave"),
        "kind_missed_sign_in": _("Didn't sign in"),
        "kind_private_leave": _("Private leave"),
        "kind_sick_leave": _("Sick leave"),
    }


def _of_levels() -> dict[str, str]:
    return {
        "very_satisfied": _("Very satisfied"),
        "satisfied": _("Satisfied"),
        "fairly_satisfied": _("Fairly satisfied"),
        "dissatisfied": _("Dissatisfied"),
        "very_dissatisfied": _("Very dissatisfied"),
    }
