"""Accounts, sessions, wrong tries, pairing codes and devices, as rows of one hall."""

from __future__ import annotations

from typing import Any

from queueing.clock import Instant, shifted
from queueing.people import Account, Device, Pairing, SignedIn
from queueing.tries import guesser_at
from storage.db import Db

DAY_SECONDS = 24 * 3600


class PeopleDesk:
    """The part of a desk that keeps who may come in."""

    db: Db
    hall: str

    # accounts

    def open_accounts(self, staff: tuple[str, ...]) -> None:
        for each in staff:
            self.db.run(
                "INSERT INTO accounts (hall, staff) VALUES (:hall, :staff) ON CONFLICT DO NOTHING",
                hall=self.hall,
                staff=each,
            )

    def account(self, staff: str) -> Account | None:
        row = self.db.one(
            "SELECT staff, password_hash, one_time FROM accounts WHERE hall = :hall AND staff = :staff",
            hall=self.hall,
            staff=staff,
        )
        return _account(row) if row else None

    def accounts(self) -> list[Account]:
        rows = self.db.all(
            "SELECT staff, password_hash, one_time FROM accounts WHERE hall = :hall ORDER BY staff",
            hall=self.hall,
        )
        return [_account(row) for row in rows]

    def keep_password(self, staff: str, password_hash: str, *, one_time: bool, at: Instant) -> None:
        self.db.run(
            "UPDATE accounts SET password_hash = :password_hash, one_time = :one_time, changed_at = :at"
            " WHERE hall = :hall AND staff = :staff",
            hall=self.hall,
            staff=staff,
            password_hash=password_hash,
            one_time=int(one_time),
            at=at,
        )

    # sessions

    def start_session(self, token_hash: str, staff: str, *, at: Instant, ends_at: Instant) -> None:
        self.db.run("DELETE FROM sessions WHERE hall = :hall AND ends_at <= :at", hall=self.hall, at=at)
        self.db.run(
            "INSERT INTO sessions (hall, token_hash, staff, began_at, ends_at)"
            " VALUES (:hall, :token_hash, :staff, :at, :ends_at)",
            hall=self.hall,
            token_hash=token_hash,
            staff=staff,
            at=at,
            ends_at=ends_at,
        )

    def signed_in(self, token_hash: str, at: Instant) -> SignedIn | None:
        row = self.db.one(
            "SELECT sessions.staff, sessions.ends_at, accounts.one_time FROM sessions"
            " JOIN accounts ON accounts.hall = sessions.hall AND accounts.staff = sessions.staff"
            " WHERE sessions.hall = :hall AND sessions.token_hash = :token_hash AND sessions.ends_at > :at",
            hall=self.hall,
            token_hash=token_hash,
            at=at,
        )
        return SignedIn(row["staff"], bool(row["one_time"]), row["ends_at"]) if row else None

    def end_session(self, token_hash: str) -> None:
        self.db.run(
            "DELETE FROM sessions WHERE hall = :hall AND token_hash = :token_hash",
            hall=self.hall,
            token_hash=token_hash,
        )

    def end_sessions_of(self, staff: str, *, but: str = "") -> None:
        self.db.run(
            "DELETE FROM sessions WHERE hall = :hall AND staff = :staff AND token_hash <> :but",
            hall=self.hall,
            staff=staff,
            but=but,
        )

    def sessions_by_staff(self, at: Instant) -> dict[str, int]:
        rows = self.db.all(
            "SELECT staff, COUNT(*) AS open FROM sessions"
            " WHERE hall = :hall AND ends_at > :at GROUP BY staff",
            hall=self.hall,
            at=at,
        )
        return {row["staff"]: row["open"] for row in rows}

    # doors with a switch

    def switch(self, door: str) -> bool | None:
        row = self.db.one(
            "SELECT is_open FROM door_switches WHERE hall = :hall AND door = :door", hall=self.hall, door=door
        )
        return bool(row["is_open"]) if row else None

    def set_switch(self, door: str, is_open: bool, at: Instant) -> None:
        self.db.run(
            "INSERT INTO door_switches (hall, door, is_open, changed_at) VALUES (:hall, :door, :is_open, :at)"
            " ON CONFLICT (hall, door) DO UPDATE SET is_open = excluded.is_open,"
            " changed_at = excluded.changed_at",
            hall=self.hall,
            door=door,
            is_open=int(is_open),
            at=at,
        )

    # wrong tries

    def wrong_tries(self, door: str, who: str) -> tuple[int, Instant]:
        row = self.db.one(
            "SELECT wrong, blocked_until FROM wrong_tries WHERE hall = :hall AND door = :door AND who = :who",
            hall=self.hall,
            door=door,
            who=who,
        )
        return (row["wrong"], row["blocked_until"]) if row else (0, "")

    def note_try(self, door: str, who: str, *, wrong: int, blocked_until: Instant, at: Instant) -> None:
        self.db.run(
            "DELETE FROM wrong_tries WHERE hall = :hall AND tried_at < :old",
            hall=self.hall,
            old=shifted(at, seconds=-DAY_SECONDS),
        )
        self.db.run(
            "INSERT INTO wrong_tries (hall, door, who, wrong, blocked_until, tried_at)"
            " VALUES (:hall, :door, :who, :wrong, :blocked_until, :at)"
            " ON CONFLICT (hall, door, who) DO UPDATE SET wrong = excluded.wrong,"
            " blocked_until = excluded.blocked_until, tried_at = excluded.tried_at",
            hall=self.hall,
            door=door,
            who=who,
            wrong=wrong,
            blocked_until=blocked_until,
            at=at,
        )

    def forget_tries(self, door: str, who: str) -> None:
        self.db.run(
            "DELETE FROM wrong_tries WHERE hall = :hall AND door = :door AND who = :who",
            hall=self.hall,
            door=door,
            who=who,
        )

    def forget_all_tries(self, door: str, account: str) -> None:
        self.db.run(
            "DELETE FROM wrong_tries WHERE hall = :hall AND door = :door"
            " AND (who = :account OR substr(who, 1, :length) = :places)",
            hall=self.hall,
            door=door,
            account=account,
            places=guesser_at(account, ""),
            length=len(guesser_at(account, "")),
        )

    # pairing codes and devices

    def keep_code(self, code_hash: str, pairing: Pairing, *, at: Instant, expires_at: Instant) -> None:
        self.db.run(
            "DELETE FROM pairing_codes WHERE hall = :hall AND expires_at <= :at", hall=self.hall, at=at
        )
        self.db.run(
            "INSERT INTO pairing_codes (hall, code_hash, kind, place, language, expires_at)"
            " VALUES (:hall, :code_hash, :kind, :place, :language, :expires_at)",
            hall=self.hall,
            code_hash=code_hash,
            kind=pairing.kind,
            place=pairing.place,
            language=pairing.language,
            expires_at=expires_at,
        )

    def use_code(self, code_hash: str, at: Instant) -> Pairing | None:
        """Takes the code away, so that of two who type it at once one is too late."""
        row = self.db.one(
            "DELETE FROM pairing_codes WHERE hall = :hall AND code_hash = :code_hash AND expires_at > :at"
            " RETURNING kind, place, language",
            hall=self.hall,
            code_hash=code_hash,
            at=at,
        )
        return Pairing(row["kind"], row["place"], row["language"]) if row else None

    def add_device(self, device: Device, token_hash: str) -> None:
        self.db.run(
            "INSERT INTO devices (hall, device, token_hash, kind, place, language, paired_at, paired_from)"
            " VALUES (:hall, :device, :token_hash, :kind, :place, :language, :paired_at, :paired_from)",
            hall=self.hall,
            device=device.id,
            token_hash=token_hash,
            kind=device.kind,
            place=device.place,
            language=device.language,
            paired_at=device.paired_at,
            paired_from=device.paired_from,
        )

    def device_with(self, token_hash: str) -> Device | None:
        row = self.db.one(
            "SELECT * FROM devices WHERE hall = :hall AND token_hash = :token_hash AND revoked_at IS NULL",
            hall=self.hall,
            token_hash=token_hash,
        )
        return _device(row) if row else None

    def devices(self) -> list[Device]:
        rows = self.db.all(
            "SELECT * FROM devices WHERE hall = :hall ORDER BY paired_at, device", hall=self.hall
        )
        return [_device(row) for row in rows]

    def revoke_device(self, device: str, at: Instant) -> int:
        return self.db.run(
            "UPDATE devices SET revoked_at = :at"
            " WHERE hall = :hall AND device = :device AND revoked_at IS NULL",
            hall=self.hall,
            device=device,
            at=at,
        )


def _account(row: dict[str, Any]) -> Account:
    return Account(row["staff"], row["password_hash"], bool(row["one_time"]))


def _device(row: dict[str, Any]) -> Device:
    return Device(
        id=row["device"],
        kind=row["kind"],
        place=row["place"],
        language=row["language"],
        paired_at=row["paired_at"],
        paired_from=row["paired_from"],
        revoked_at=row["revoked_at"],
    )
