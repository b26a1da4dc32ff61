"""What the log's entries say in sentences, and how they are called in the filter."""

from __future__ import annotations

from web.words import _


def log_words() -> dict[str, str]:
    """By key; {names} in braces are filled in by the script."""
    in_the_hall = _actors() | _of_tickets() | _of_windows() | _of_bookings()
    return (
        in_the_hall
        | _of_the_door()
        | _of_the_data()
        | _of_boards()
        | _of_complaints()
        | _of_facts()
        | _of_releases()
        | _choices()
    )


def _actors() -> dict[str, str]:
    return {
        "actor_hall": _("The hall itself"),
        "actor_operator": _("Operator at the machine"),
        "actor_ticket": _("Citizen"),
        "actor_booking": _("Who booked"),
        "actor_visitor": _("A stranger"),
        "actor_loopback": _("Screen on the hall's machine"),
        "actor_device": _("A screen"),
        "device_kiosk": _("Kiosk"),
        "device_board": _("Board"),
        "device_panel": _("Panel"),
        "device_pad": _("Rating pad"),
        "device_announcer": _("Announcer"),
        "log_nothing": _("Nothing was found."),
        "anybody": _("Anybody"),
        "any_window": _("Any window"),
        "anything": _("Anything"),
    }


def _of_tickets() -> dict[str, str]:
    return {
        "log_issue": _("{number} was given out for {service}."),
        "log_call": _("Called {number} to window {window}."),
        "log_recall": _("Called {number} once more to window {window}."),
        "log_serve": _("Began to serve {number} at window {window}."),
        "log_finish": _("Finished {number} at window {window}: {outcome}."),
        "log_mark_no_show": _("{number} didn't come to window {window}."),
        "log_hold": _("Put {number} on hold at window {window}."),
        "log_resume": _("Went on with {number} at window {window}."),
        "log_transfer": _("Sent {number} on: {to}."),
        "log_postpone": _("Moved {number} back in its line."),
        "log_postponed": _("The holder of {number} asked to be called later."),
        "log_rejoin": _("The holder of {number} is back before the time."),
        "log_abandon": _("{number} was given up."),
        "log_expire": _("{number} ended with the day."),
        "log_reinstate": _("{number} waits again."),
        "log_grant_class": _("A guide put {number} into another line."),
        "log_confirm_class": _("The proof of {number} was seen at window {window}."),
        "log_refuse_class": _(
            "{number} wasn't entitled at window {window}: back among the ordinary numbers."
        ),
        "log_undo": _("Took the last press back: {number}."),
        "log_rate": _("A visit was rated."),
        "log_remedy": _("A step in following up a bad rating."),
        "log_rate_again": _("A visit was rated a second time, after it was put right."),
        "log_contact_left": _("A citizen asked to be called back about a rating."),
        "log_ratings_appealed": _("A clerk appealed the bad ratings of a released batch."),
        "log_ratings_set_aside": _("Set ratings aside."),
        "log_ratings_put_back": _("Put ratings back that had been set aside."),
        "to_window": _("window {window}"),
        "to_line": _("the line"),
        "outcome_done": _("done"),
        "outcome_more_needed": _("more papers needed"),
        "outcome_referred": _("referred elsewhere"),
        "outcome_withdrawn": _("withdrawn"),
        "outcome_unclosed": _("not closed"),
    }


def _of_windows() -> dict[str, str]:
    return {
        "log_sit": _("Sat down at window {window}."),
        "log_leave": _("Left window {window}."),
        "log_pause": _("Paused window {window}: {reason}."),
        "log_open": _("Opened window {window} again."),
        "log_block_reserved": _("A kiosk reserved numbers for the time without the server."),
        "log_number_twice": _(
            "A kiosk gave out {number}, which had been entered for somebody else: "
            "its holder needs a new number."
        ),
        "log_block_lifted": _("Took a block off a person."),
    }


def _of_bookings() -> dict[str, str]:
    return {
        "log_book": _("Appointment {code} was made."),
        "log_move_booking": _("Appointment {code} was moved."),
        "log_cancel_booking": _("Appointment {code} was cancelled."),
        "log_check_in": _("Checked in with appointment {code}."),
        "log_miss_booking": _("Nobody came in time to appointment {code}."),
        "log_remind_booking": _("Appointment {code}: a reminder was due."),
    }


def _of_the_door() -> dict[str, str]:
    return {
        "log_sign_in": _("{staff} signed in."),
        "log_sign_out": _("{staff} signed out."),
        "log_sign_in_refused": _("A sign-in was refused: {staff}."),
        "log_sessions_ended": _("Sessions were ended: {staff}."),
        "log_password_changed": _("{staff} chose a new password."),
        "log_one_time_password": _("{staff} was given a one-time password."),
        "log_pairing_code": _("Made a code for a screen: {kind} {place}."),
        "log_pair": _("A screen was connected: {kind} {place}."),
        "log_pair_refused": _("A code for a screen was refused."),
        "log_revoke": _("A screen was taken back."),
        "log_loopback": _("Changed whether screens on the hall's machine open by themselves."),
        "log_rating_refused": _("A rating was refused."),
        "log_looked": _("Looked at single records."),
    }


def _of_the_data() -> dict[str, str]:
    return {
        "log_line_kept_open": _("Numbers for {line} go on today, although the line ends after closing."),
        "log_line_not_kept_open": _("{line} gives no more numbers again when its line would end too late."),
        "log_tie_pager": _("A pager was handed out with {number}."),
        "log_untie_pager": _("The pager of {number} was taken back."),
        "log_print_again": _("Printed {slip} again, on printer {printer}."),
        "log_rule_on": _("A rule went on: {effect}."),
        "log_rule_off": _("A rule went off: {effect}."),
        "log_rule_stopped": _("Switched a rule off for the day: {rule}."),
        "log_rule_allowed": _("Let a rule work again: {rule}."),
        "log_backup_asked": _("Asked for a backup."),
        "log_backup": _("A backup was made ({why}): {good}."),
        "log_restore": _("The hall was taken back to a backup: entry {to_seq}."),
        "log_purge": _("Old data were taken: {kind}, {rows}."),
        "log_integrity": _("The data were checked."),
        "log_clock_back": _("The machine's clock jumped back by {seconds} seconds."),
        "log_voice_recorded": _("Added recorded clips to the hall's own voice: {clips}."),
        "log_voice_removed": _("Took a recorded voice of the hall away."),
        "log_unclean_stop": _("The hall wasn't closed properly before this start."),
    }


def _of_boards() -> dict[str, str]:
    return {
        "log_board": _("Changed what a board shows."),
        "log_media_added": _("Added a picture or a video for boards."),
        "log_media_removed": _("Deleted a picture or a video for boards."),
    }


def _of_complaints() -> dict[str, str]:
    return {
        "log_complaint_received": _("Something was said to the hall: {complaint}."),
        "log_complaint_pass_on": _("Passed {complaint} on."),
        "log_complaint_solve": _("Solved {complaint}."),
        "log_complaint_ask_after": _("Asked the complainant of {complaint} how it went."),
        "log_complaint_reopen": _("Took {complaint} up again."),
        "log_complaint_close": _("Closed {complaint}."),
        "log_complaint_set_aside": _("Set {complaint} aside."),
        "log_complaint_decided": _("Decided whether {complaint} is justified."),
        "log_callbacks_drawn": _("Drew visits of {week} to be called back."),
        "log_callback_replaced": _("Drew one more visit of {week} to be called back."),
        "log_callback_made": _("Called a visitor of {week} back."),
        "log_callback_decided": _("Decided on a call-back of {week}."),
    }


def _of_facts() -> dict[str, str]:
    return {
        "log_fact_entered": _("Entered something for an assessment."),
        "log_fact_withdrawn": _("Withdrew something that was entered for an assessment."),
        "log_facts_imported": _("Took in a list for assessments: {facts} entries."),
        "log_evidence_added": _("Added a photo to an entry for an assessment."),
    }


def _of_releases() -> dict[str, str]:
    return {
        "log_release": _("Released the assessments of {period}, revision {revision}."),
        "log_release_pending": _("Assessments of {period} that would differ from their release: {rows}."),
        "log_appeal": _("Appealed a deduction of {period}."),
        "log_appeal_evidence_added": _("Added a photo to an appeal."),
        "log_appeal_decided": _("Decided on an appeal against a deduction of {period}."),
        "log_honour": _("Published the list of honour of {period}."),
        "log_honour_taken_back": _("Took a name off the list of honour of {period}."),
    }


def _choices() -> dict[str, str]:
    """The filter's names of what may be done."""
    return {
        "act_issue": _("Number given out"),
        "act_call": _("Called"),
        "act_recall": _("Called once more"),
        "act_serve": _("Service begun"),
        "act_finish": _("Finished"),
        "act_mark_no_show": _("Didn't come"),
        "act_hold": _("On hold"),
        "act_transfer": _("Sent on"),
        "act_refuse_class": _("Not entitled"),
        "act_grant_class": _("Class given by a guide"),
        "act_rule_on": _("Rule on"),
        "act_rule_off": _("Rule off"),
        "act_rule_stopped": _("Rule switched off for the day"),
        "act_reinstate": _("Waits again"),
        "act_abandon": _("Given up"),
        "act_expire": _("Ended with the day"),
        "act_undo": _("Taken back"),
        "act_sit": _("Sat down"),
        "act_leave": _("Left the window"),
        "act_pause": _("Window paused"),
        "act_open": _("Window opened again"),
        "act_book": _("Appointment made"),
        "act_move_booking": _("Appointment moved"),
        "act_cancel_booking": _("Appointment cancelled"),
        "act_check_in": _("Checked in"),
        "act_miss_booking": _("Appointment missed"),
        "act_sign_in": _("Signed in"),
        "act_sign_in_refused": _("Sign-in refused"),
        "act_sign_out": _("Signed out"),
        "act_one_time_password": _("One-time password"),
        "act_pair": _("Screen connected"),
        "act_revoke": _("Screen taken back"),
        "act_board": _("Board changed"),
        "act_looked": _("Looked at single records"),
        "act_rating_refused": _("Rating refused"),
        "act_complaint_received": _("Something said to the hall"),
        "act_complaint_decided": _("Complaint decided"),
        "act_callbacks_drawn": _("Call-backs drawn"),
        "act_fact_entered": _("Entered for an assessment"),
        "act_fact_withdrawn": _("Withdrawn from an assessment"),
        "act_facts_imported": _("List taken in"),
        "act_release": _("Assessments released"),
        "act_appeal": _("Deduction appealed"),
        "act_appeal_decided": _("Appeal decided"),
        "act_honour": _("Honour published"),
        "act_honour_taken_back": _("Honour taken back"),
        "act_backup": _("Backup"),
        "act_restore": _("Taken back to a backup"),
        "act_purge": _("Old data taken"),
        "act_clock_back": _("Clock jumped back"),
        "act_voice_recorded": _("Clips recorded"),
        "act_voice_removed": _("Recorded voice taken away"),
        "act_unclean_stop": _("Not closed properly"),
    }
