"""How the schema grew, step by step; a step that a release has shipped is never changed again."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from storage import (
    announced,
    bookings,
    complaints,
    fact_sources,
    facts,
    figures,
    identities,
    remedies,
    reviews,
    signatures,
    subscriptions,
    suggestions,
    waits,
)
from storage.appeals import APPEAL_TABLES
from storage.blocks import BLOCK_TABLES
from storage.boards import BOARD_TABLES
from storage.db import schema_of
from storage.help_rules import RULE_TABLES
from storage.history import FEWER, HISTORY, LAST_PRESSES
from storage.honours import HONOUR_TABLES
from storage.people_schema import DOOR_TABLES, PEOPLE_TABLES
from storage.ratings_schema import RATING_TABLES, RATINGS_WATCHED
from storage.releases import RELEASE_TABLES
from storage.tickets import OPEN_INDICES

steps = Migrations("hall")

HALL_TABLES = [
    """CREATE TABLE halls (
        hall TEXT PRIMARY KEY, seq INTEGER NOT NULL, head TEXT NOT NULL, last_at TEXT NOT NULL)""",
    """CREATE TABLE tickets (
        hall TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL, service TEXT NOT NULL,
        ticket_class TEXT NOT NULL, state TEXT NOT NULL, joined_at TEXT NOT NULL, line_at TEXT NOT NULL,
        tie BIGINT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL, "window" TEXT, direct_window TEXT,
        clerk TEXT, outcome TEXT, called_at TEXT, started_at TEXT, held_at TEXT, finished_at TEXT,
        calls INTEGER NOT NULL, reinstated INTEGER NOT NULL, held_seconds DOUBLE PRECISION NOT NULL,
        seq BIGINT NOT NULL, PRIMARY KEY (hall, key))""",
    "CREATE UNIQUE INDEX one_number_a_day ON tickets (hall, day, number)",
    """CREATE UNIQUE INDEX one_ticket_at_a_window ON tickets (hall, "window")
        WHERE state IN ('called', 'serving')""",
    """CREATE INDEX lines ON tickets (hall, service, ticket_class, line_at, tie)
        WHERE state = 'waiting' AND direct_window IS NULL""",
    """CREATE INDEX own_lines ON tickets (hall, direct_window, line_at, tie)
        WHERE state = 'waiting' AND direct_window IS NOT NULL""",
    """CREATE INDEX open_tickets ON tickets (hall, state)
        WHERE state IN ('waiting', 'called', 'serving', 'held')""",
    "CREATE INDEX calls_by_time ON tickets (hall, called_at) WHERE called_at IS NOT NULL",
    "CREATE INDEX no_shows_by_day ON tickets (hall, day) WHERE state = 'no_show'",
    "CREATE INDEX clerk_days ON tickets (hall, clerk, day)",
    "CREATE INDEX finished_at_windows ON tickets (hall, \"window\", finished_at) WHERE state = 'finished'",
    """CREATE INDEX started_at_windows ON tickets (hall, "window", started_at)
        WHERE started_at IS NOT NULL""",
    "CREATE INDEX finished_by_day ON tickets (hall, day, service) WHERE state = 'finished'",
    """CREATE TABLE numbers (
        hall TEXT NOT NULL, day TEXT NOT NULL, prefix TEXT NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (hall, day, prefix))""",
    """CREATE TABLE windows (
        hall TEXT NOT NULL, "window" TEXT NOT NULL, state TEXT NOT NULL, clerk TEXT, pause_reason TEXT,
        sign TEXT, sign_window TEXT, since TEXT, PRIMARY KEY (hall, "window"))""",
    "CREATE UNIQUE INDEX one_window_a_clerk ON windows (hall, clerk) WHERE clerk IS NOT NULL",
    """CREATE TABLE events (
        hall TEXT NOT NULL, seq BIGINT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, press TEXT NOT NULL,
        actor TEXT NOT NULL, ticket TEXT, "window" TEXT, before TEXT NOT NULL, after TEXT NOT NULL,
        shown TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (hall, seq))""",
    'CREATE INDEX presses_at_windows ON events (hall, "window", seq) WHERE ticket IS NOT NULL',
    "CREATE INDEX ticket_histories ON events (hall, ticket, seq) WHERE ticket IS NOT NULL",
    """CREATE TABLE answers (
        hall TEXT NOT NULL, key TEXT NOT NULL, actor TEXT NOT NULL, route TEXT NOT NULL, body TEXT NOT NULL,
        answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (hall, actor, key))""",
    "CREATE INDEX old_answers ON answers (hall, at)",
]


@steps(name="001_hall")
def hall_tables(database: Database) -> None:
    """Tickets, windows, numbers, the event log and the answers already given."""
    schema_of(database, HALL_TABLES)


@steps(name="002_people")
def people_tables(database: Database) -> None:
    """Staff, sessions, devices, pairing codes."""
    schema_of(database, PEOPLE_TABLES)


@steps(name="003_ratings")
def rating_tables(database: Database) -> None:
    """Ratings."""
    schema_of(database, RATING_TABLES)


@steps(name="004_sources")
def event_sources(database: Database) -> None:
    """Where each event came from."""
    schema_of(database, ["ALTER TABLE events ADD COLUMN source TEXT NOT NULL DEFAULT ''"])


@steps(name="008_ratings_watched")
def ratings_watched(database: Database) -> None:
    """Where a phone's rating came from, and a quick way to seats and notes of a stretch of time."""
    schema_of(database, RATINGS_WATCHED)


@steps(name="009_identities")
def identity_tables(database: Database) -> None:
    """Who real-name tickets are for, for some days."""
    schema_of(database, identities.TABLES)


@steps(name="007_blocks")
def block_tables(database: Database) -> None:
    """Numbers that kiosks keep for the time without the server."""
    schema_of(database, BLOCK_TABLES)


@steps(name="005_upkeep")
def signature_tables(database: Database) -> None:
    """The log's end of each day, signed."""
    schema_of(database, signatures.TABLES)


@steps(name="006_doors")
def door_tables(database: Database) -> None:
    """Doors that the administrator opens and shuts."""
    schema_of(database, DOOR_TABLES)


RECEIPTS = [
    "ALTER TABLE tickets ADD COLUMN postponed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE tickets ADD COLUMN not_before TEXT",
    "CREATE INDEX calls_in_order ON events (hall, at, seq) WHERE action IN ('call', 'undo')",
]


@steps(name="013_receipts")
def receipt_columns(database: Database) -> None:
    """How often and until when a holder is away, and a quick way to the calls of a stretch of time."""
    schema_of(database, RECEIPTS)


@steps(name="015_boards")
def board_tables(database: Database) -> None:
    """What each board shows, and the pictures and videos there are."""
    schema_of(database, BOARD_TABLES)


@steps(name="011_announcing")
def announcement_tables(database: Database) -> None:
    """What was said aloud, and what wasn't and why."""
    schema_of(database, announced.TABLES)


@steps(name="014_signals")
def subscription_tables(database: Database) -> None:
    """Where phones are told whose page is closed."""
    schema_of(database, subscriptions.TABLES)


@steps(name="016_facts")
def fact_tables(database: Database) -> None:
    """What people entered for assessments, with evidence, and what was withdrawn."""
    schema_of(database, facts.TABLES)


@steps(name="021_reviews")
def review_tables(database: Database) -> None:
    """Ratings that reviewers set aside, and put back."""
    schema_of(database, reviews.TABLES)


@steps(name="020_complaints")
def complaint_tables(database: Database) -> None:
    """Complaints, praise, suggestions; the weekly draws and what the call-backs brought."""
    schema_of(database, complaints.TABLES)


@steps(name="019_feedback")
def remedy_tables(database: Database) -> None:
    """The follow-up of bad ratings, second ratings, appeals against ratings."""
    schema_of(database, remedies.TABLES)


@steps(name="017_releases")
def release_tables(database: Database) -> None:
    """Released months as they were frozen, and lists of honour."""
    schema_of(database, [*RELEASE_TABLES, *HONOUR_TABLES])


@steps(name="018_appeals")
def appeal_tables(database: Database) -> None:
    """Appeals against deductions."""
    schema_of(database, APPEAL_TABLES)


@steps(name="022_reports")
def report_indexes(database: Database) -> None:
    """A quick way to the transfers of a stretch of time."""
    schema_of(database, figures.INDEXES)


@steps(name="023_finished_sums")
def finished_sums(database: Database) -> None:
    """A quick way to how many visits each window and clerk finished on each day."""
    schema_of(database, fact_sources.INDEXES)


@steps(name="025_turns")
def turn_tables(database: Database) -> None:
    """Classes that somebody has seen the ground of; the rules that are on, and those switched off."""
    schema_of(database, RULE_TABLES)


@steps(name="024_bookings")
def booking_tables(database: Database) -> None:
    """Appointments, who made them, and the reminders given out."""
    schema_of(database, bookings.TABLES)


@steps(name="027_waits")
def wait_tables(database: Database) -> None:
    """What was told of waits, to be compared with what came of it."""
    schema_of(database, waits.TABLES)


@steps(name="028_twin")
def suggestion_table(database: Database) -> None:
    """Suggestions that a supervisor took up, and what they came to."""
    schema_of(database, suggestions.TABLES)


@steps(name="029_history")
def history_indexes(database: Database) -> None:
    """Quick ways to what would be looked for in all years: a clerk's ratings, complaints by their state."""
    schema_of(database, HISTORY)


@steps(name="030_answers")
def answers_without_index(database: Database) -> None:
    """One index less for each press to be written to."""
    schema_of(database, FEWER)


@steps(name="031_lighter")
def lighter_numbers(database: Database) -> None:
    """A number given out is written to six pages fewer."""
    schema_of(database, [*waits.WITH_THE_TICKET, *OPEN_INDICES, *LAST_PRESSES])
