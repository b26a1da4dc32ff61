"""The sentences of the office's views of the data and of the log."""

from __future__ import annotations

from web.words import _


def upkeep_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    return _state_words() | _finding_words() | _backup_words() | _kept_words()


def _state_words() -> dict[str, str]:
    return {
        "state_good": _("Everything is in order."),
        "state_caution": _("Somebody should have a look."),
        "state_bad": _("Something has to be done."),
        "level_bad": _("To do"),
        "level_caution": _("Look"),
        "level_hint": _("Good to know"),
        "fact_backup": _("Last good backup"),
        "fact_log": _("Log read and found whole"),
        "fact_signature": _("Last day signed"),
        "fact_disk": _("Room left on the disk"),
        "log_until": _("up to entry {n}"),
        "log_stands": _("The log stands at entry {n}."),
        "data_size": _("The data take {size}."),
        "data_pace": _("They grow by {pace} a day: enough for {days} days."),
        "none_yet": _("none yet"),
    }


def _finding_words() -> dict[str, str]:
    return {
        "found_not_kept": _("At the moment nothing can be saved: {reason}."),
        "found_backup_failed": _("The backup of {at} couldn't be made: {reason}."),
        "found_backup_bad": _("The newest backup isn't sound: {problem}. Tell the operator."),
        "found_files_not_kept": _(
            "Pictures, videos or recordings aren't in the newest backup ({problem}). Tell the operator."
        ),
        "found_no_backup": _("There is no good backup yet."),
        "found_backup_late": _("The last good backup is of {at}."),
        "found_disk_low": _("The disk is nearly full. Make room."),
        "found_disk_days": _("At the present pace the disk is full in {days} days."),
        "found_clock_back": _("The machine's clock jumped back {times} times this week, last on {last_at}."),
        "found_unclean_stop": _(
            "The hall wasn't closed properly {times} times this week (a power cut?), last before {last_at}."
        ),
        "found_restore": _("The hall was taken back to a backup, last on {last_at}."),
        "found_forecast_off": _(
            "The forecast of waiting times ended too often and rests until tomorrow: "
            "a plain estimate is told."
        ),
        "found_forecast_missing": _(
            "The forecast of waiting times can't run on this machine: a plain estimate is told. "
            "Tell the operator."
        ),
        "found_same_disk": _("The backups lie on the same disk as the data: if it breaks, both are gone."),
        "reason_no_room": _("not enough room on the disk"),
        "reason_under_way": _("another one was being made"),
        "reason_failed": _("the disk or the folder refused it"),
        "reason_disk_full": _("the disk is full"),
        "reason_disk_read_only": _("the disk can't be written to"),
        "reason_data_damaged": _("the data are damaged"),
        "reason_database_away": _("the database can't be reached"),
        "reason_no_connections": _("the database has no connection left for the hall"),
        "reason_newer_release": _("this server is of an older release than the data"),
        "reason_not_known_whether_kept": _("the database went away while something was saved"),
        "reason_storage_failed": _("the disk reports an error"),
    }


def _backup_words() -> dict[str, str]:
    return {
        "back_up": _("Back up now"),
        "backing_up": _("Backing up …"),
        "backup_rules": _(
            "Every {every_hours} hours and each night, into {folder}. What stays: the newest of "
            "{keep_hourly} hours, of {keep_daily} days and of {keep_monthly} months, and always the last "
            "sound one."
        ),
        "why_timer": _("on time"),
        "why_night": _("each night"),
        "why_asked": _("asked for"),
        "why_upgrade": _("before an upgrade"),
        "verdict_good": _("sound"),
        "verdict_bad": _("not sound"),
        "verdict_none": _("not read yet"),
    }


def _kept_words() -> dict[str, str]:
    return {
        "kind_comments": _("Citizens' own words in ratings"),
        "kind_complaint_contacts": _("How complainants can be reached"),
        "kind_complaint_words": _("Words of complaints, praise and suggestions"),
        "kind_callback_words": _("What citizens suggested when called back"),
        "kind_complaints": _("Complaints, praise and suggestions: their steps"),
        "kind_callbacks": _("Call-backs: what was drawn and answered"),
        "kind_remedy_notes": _("Notes beside bad ratings that are followed up"),
        "kind_appeal_texts": _("Clerks' words against bad ratings"),
        "kind_contacts": _("Names and telephone numbers that citizens left to be called back"),
        "kind_remedies": _("Steps in following up bad ratings, without words"),
        "kind_second_ratings": _("Second ratings"),
        "kind_identities": _("Persons of real-name numbers (marks, not numbers)"),
        "kind_identity": _("Persons of real-name numbers"),
        "kind_booking_people": _("Persons of appointments (marks, not numbers)"),
        "kind_booking_phones": _("Telephone numbers of appointments, for reminders"),
        "kind_bookings": _("Appointments, without a person"),
        "kind_reminders": _("Which reminders of appointments were given out"),
        "kind_answers": _("Answers to presses, for a press that comes twice"),
        "kind_sessions": _("Signed-in browsers of staff"),
        "kind_wrong_tries": _("Wrong passwords and codes"),
        "kind_codes": _("Codes for new screens"),
        "kind_old_devices": _("Screens that were taken back"),
        "kind_announcements": _("What was spoken in the hall, and when"),
        "kind_subscriptions": _("Phones that are told when their page is closed"),
        "kind_evidence": _("Photos beside facts of assessments"),
        "kind_fact_notes": _("Notes beside facts of assessments"),
        "kind_facts": _("Facts of assessments, without words"),
        "kind_withdrawals": _("Why facts were withdrawn"),
        "kind_releases": _("Released assessments, as they were frozen"),
        "kind_honours": _("Lists of honour"),
        "kind_appeals": _("Appeals against deductions, with their answers"),
        "kind_set_aside": _("Databases put aside by an upgrade or a restore"),
        "kind_devices": _("Connected screens"),
        "kind_accounts": _("Staff accounts"),
        "kind_tickets": _("Numbers and their times, without a person"),
        "kind_ratings": _("Ratings, without words"),
        "kind_events": _("The log"),
        "kind_signatures": _("Signatures of days"),
        "for_good": _("for good"),
        "until_over": _("until they end"),
        "days": _("{n} days"),
        "days_one": _("{n} day"),
        "taken": _("{n} on {at}"),
    }
