"""The hall in which every page can be seen: windows and tickets in every state, people of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.api.test_media import sent
from tests.phone.visitors import key_of
from tests.running import MORNING, ROOT, Json, Person, RunningHall, fresh_key, running_hall

HALL = ROOT / "config.toml"
CLERKS = {"2": "c02", "3": "c03", "4": "c04", "6": "c06"}
"""Who sits where: window 2 has called somebody, 3 serves, 4 is paused, 6 is free; the others are empty."""

BY_NAME = "licence-renew"
"""A real-name service, which can be booked here."""

CROWD = ("company-new", "sole-trader", "sole-trader", "hygiene-permit", "deed-tax", "invoices", "invoices")
"""Who only waits, so that boards and lists have something to show."""


@dataclass
class Stage:
    """What the pages' addresses and steps ask for."""

    hall: RunningHall
    tickets: dict[str, Json] = field(default_factory=dict)
    one_time: dict[str, str] = field(default_factory=dict)
    _pictures: list[str] = field(default_factory=list)
    _newcomers: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str) -> Person | None:
        """Somebody who has signed in, `new:` with the one-time password still; nobody if no name."""
        if not name:
            return None
        if name.startswith("new:"):
            return self._newcomer(name.removeprefix("new:"))
        return self.hall.administrator() if name == "admin" else self.hall.clerk(name)

    def _newcomer(self, name: str) -> Person:
        if name not in self._newcomers:
            issued = self.hall.administrator().post(f"/api/v1/staff/{name}/one_time_password")
            self._newcomers[name] = self.hall.somebody()
            self._newcomers[name].sign_in(name, issued["one_time_password"])
        return self._newcomers[name]

    def picture(self) -> str:
        """One that boards may show."""
        if not self._pictures:
            self._pictures.append(sent(self.hall.administrator(), painted()))
        return self._pictures[0]

    def link(self, state: str) -> str:
        """The address of a ticket's page."""
        return str(self.tickets[state]["link"])

    def number(self, state: str) -> str:
        return str(self.tickets[state]["ticket"]["number"])

    def take(self, service: str) -> Json:
        return self.hall.administrator().take(service)

    def serve(self, window: str, ticket: Json, press: str | None) -> None:
        """Calls the ticket, begins to serve it, and then that press."""
        clerk = self.hall.clerk(CLERKS[window])
        clerk.press("call", window, ticket=key_of(ticket))
        clerk.press("serve", window)
        if press:
            clerk.press(press, window)

    def finish_one(self, window: str = "6") -> Json:
        """A visit ends there now: the pad asks about it."""
        ticket = self.take("company-new")
        self.serve(window, ticket, "finish")
        return ticket


def painted() -> bytes:
    """A picture as a file."""
    out = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(out, "PNG")
    return out.getvalue()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A Monday morning with everything in it that a page can show."""
    with running_hall(folder / "data", hall_file(folder)) as opened:
        scene = Stage(opened)
        _play(scene)
        yield scene


def hall_file(folder: Path) -> Path:
    """Our own hall, where a service can be booked for which one shows a document."""
    text, services = HALL.read_text("utf-8"), "[bookings]\nshare = 0.0\nservices = [\n"
    assert services in text
    more = f'{services}  {{ service = "{BY_NAME}", share = 0.3 }},\n'
    file = folder / "hall.toml"
    file.write_text(text.replace(services, more), "utf-8")
    return file


def _play(scene: Stage) -> None:
    for window, clerk in CLERKS.items():
        scene.hall.clerk(clerk).press("sit", window)
    _tickets_of_every_state(scene)
    for service in CROWD:
        scene.take(service)
    _assessed(scene)
    _booked(scene)
    _something_said(scene)
    scene.hall.clerk("c04").press("pause", "4", reason="meeting", sign={"kind": "go_to", "window": "6"})


def _tickets_of_every_state(scene: Stage) -> None:
    tickets, finance, economy = scene.tickets, scene.hall.clerk("c02"), scene.hall.clerk("c03")
    _rated_visits(scene)
    for state, press in (("held", "hold"), ("finished", "finish")):
        tickets[state] = scene.take("fuel-retail")
        scene.serve("3", tickets[state], press)
    tickets["no_show"] = scene.take("deed-tax")
    finance.press("call", "2", ticket=key_of(tickets["no_show"]))
    finance.press("mark_no_show", "2")
    tickets["serving"] = scene.take("liquor-filing")
    economy.press("call", "3", ticket=key_of(tickets["serving"]))
    economy.press("serve", "3")
    tickets["called"] = scene.take("deed-tax")
    finance.press("call", "2", ticket=key_of(tickets["called"]))
    tickets["waiting"] = scene.take("deed-tax")
    tickets["away"] = scene.take("deed-tax")
    scene.hall.somebody().post(f"/api/v1{scene.link('away')}/postpone")
    tickets["abandoned"] = scene.take("deed-tax")
    scene.hall.administrator().post(f"/api/v1/tickets/{key_of(tickets['abandoned'])}/abandon")


def _booked(scene: Stage) -> None:
    """Appointments in the states that their page shows: checked in, to come, cancelled."""
    office = scene.hall.administrator()
    for number, (state, then) in enumerate((("present", "check_in"), ("booked", ""), ("given-up", "cancel"))):
        slot, service = _first_free(office)
        wish = {"service": service, "slot": slot, "phone": f"1380000{number:04d}"}
        scene.tickets[state] = office.post("/api/v1/bookings", wish)["booking"]
        if then:
            scene.hall.somebody().post(f"/api/v1{scene.link(state)}/{then}")


def _first_free(office: Person) -> tuple[str, str]:
    """The earliest half hour of all with a place, and its service."""
    found = []
    for service in office.get("/api/v1/bookings/offered")["services"]:
        days = office.get("/api/v1/bookings/slots", service=service, days="1")["days"]
        found += [(str(slot["slot"]), service) for slot in days[0]["slots"] if slot["left"]]
    return min(found)


def _something_said(scene: Stage) -> None:
    """A complaint that is worked on, and praise; `said` is the page of the ticket that both are about."""
    link = scene.link("finished")
    said = {"kind": "complaint", "words": "等了很久，也没有人解释。", "contact": "13800000000"}
    scene.hall.somebody().post(f"/api/v1{link}/complaints", said)
    scene.hall.somebody().post("/api/v1/complaints", {"kind": "praise", "words": "六号窗口非常耐心！"})
    office = scene.hall.administrator()
    rows = office.get("/api/v1/complaints")["complaints"]
    key = next(row["id"] for row in rows if row["kind"] == "complaint")
    office.post(f"/api/v1/complaints/{key}/pass_on", {"handler": "s01"})
    scene.hall.clerk("s01").post(
        f"/api/v1/complaints/{key}/solve", {"answer": "已向您致歉，并补派了人手。", "note": "已与窗口谈话。"}
    )
    scene.tickets["said"] = {"link": f"{link}/feedback"}


def _rated_visits(scene: Stage) -> None:
    """Good words and bad ones, for the office's lists."""
    for level, reasons in (("very_satisfied", []), ("dissatisfied", ["201"])):
        ticket = scene.tickets["rated"] = scene.finish_one()
        body = {"ticket": key_of(ticket), "level": level, "reasons": reasons}
        kept = scene.hall.somebody().post("/api/v1/windows/6/rating", body)
    _followed_up(scene, kept["follow_up"])


def _followed_up(scene: Stage, link: str) -> None:
    """A bad rating that was put right, and another that waits."""
    office, api = scene.hall.clerk("s01"), "/api/v1/bad_ratings"
    first = office.get(api)["cases"][0]["id"]
    for step in ({"action": "contact", "way": "nobody"}, {"action": "uphold"}, {"action": "put_right"}):
        office.post(f"{api}/{first}/steps", {"note": "已加开窗口"} | step)
    for level in ("satisfied", "satisfied", "very_satisfied"):
        body = {"ticket": key_of(scene.finish_one()), "level": level}
        scene.hall.somebody().post("/api/v1/windows/6/rating", body)
    ticket = scene.finish_one()
    body = {"ticket": key_of(ticket), "level": "very_dissatisfied", "reasons": ["201"]}
    waiting = scene.hall.somebody().post("/api/v1/windows/6/rating", body)
    scene.tickets["put-right"] = {"link": link}
    scene.tickets["looked-into"] = {"link": waiting["follow_up"]}
    scene.tickets["bad"] = {"link": f"/office/feedback/ratings/{waiting['seq']}"}


def _assessed(scene: Stage) -> None:
    """Entries of the day with a photo; the clerk at window 3 appeals one of them."""
    inspector, clerk = scene.hall.clerk("s01"), scene.hall.clerk("c03")
    today = {"day": MORNING[:10], "window": "3"}
    found = [
        inspector.post("/api/v1/facts", today | {"item": item, "note": "提醒两次未改"})["fact"]["id"]
        for item in ("2.1", "7.1")
    ]
    for fact in found:
        inspector.session.post(
            f"{inspector.url}/api/v1/facts/{fact}/evidence",
            data=painted(),
            headers={"Idempotency-Key": fresh_key()},
        ).raise_for_status()
    about = {"period": MORNING[:7], "by": "window", "subject": "3", "fact": found[1]}
    clerk.post("/api/v1/me/appeals", about | {"text": "当天已经整理，照片拍摄于整理之前。"})
