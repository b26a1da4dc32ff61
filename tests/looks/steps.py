"""What a person does on a page before it looks as the list of pages says."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.looks.stage import Stage, painted
from tests.phone.visitors import LONGER_THAN_THE_GUARD, at, choose, hold_to_reader

Step = Callable[[Page, Stage], None]


def sign_in_wrongly(page: Page, stage: Stage) -> None:
    page.locator("#name").fill("nobody")
    page.locator("#password").fill("wrong")
    page.locator("[data-sign-in] [type=submit]").click()
    expect(page.locator("[data-fault]")).to_be_visible()


def pair_wrongly(page: Page, stage: Stage) -> None:
    page.locator("#code").fill("AAAA-2222")
    page.locator("[data-pair] [type=submit]").click()
    expect(page.locator("[data-fault]")).to_be_visible()


def to_identity(page: Page, stage: Stage) -> None:
    page.locator(".take").click()
    expect(page.locator(".id-field")).to_be_visible()


def take_a_number(page: Page, stage: Stage) -> None:
    page.locator(".take").click()
    expect(page.locator(".ticket .number")).to_be_visible()


def choose_a_service(page: Page, stage: Stage) -> None:
    page.locator("main a[href*='service=']").first.click()
    expect(page.locator("main a[href*='day=']").first).to_be_visible()


def choose_a_day(page: Page, stage: Stage) -> None:
    choose_a_service(page, stage)
    page.locator("main a[href*='day=']").first.click()
    expect(page.locator(".book-times")).to_be_visible()


def choose_a_time(page: Page, stage: Stage) -> None:
    choose_a_day(page, stage)
    page.locator("a.book-time").first.click()
    expect(page.locator("#phone")).to_be_visible()


def arrive_too_short(page: Page, stage: Stage) -> None:
    page.locator(".take").click()
    expect(page.locator(".id-said")).to_be_visible()


def choose_at_the_kiosk(page: Page, stage: Stage) -> None:
    page.locator(".book-day").first.click()
    page.locator(".book-slots .button").first.click()
    expect(page.locator(".book-phone")).to_be_visible()


def hold_up(page: Page, stage: Stage, state: str) -> None:
    """The picture of that appointment."""
    hold_to_reader(page, f"{stage.hall.url}{stage.link(state)}")


def show_my_appointment(page: Page, stage: Stage) -> None:
    hold_up(page, stage, "booked")
    expect(page.locator(".next-slot").first).to_be_visible()


def show_cancelled(page: Page, stage: Stage) -> None:
    hold_up(page, stage, "given-up")
    expect(page.locator("[data-view=moving] .notice.caution")).to_be_visible()


def ask_to_move(page: Page, stage: Stage) -> None:
    show_my_appointment(page, stage)
    page.locator(".next-slot").last.click()
    expect(page.locator(".asked-facts")).to_be_visible()


def see_other_days(page: Page, stage: Stage) -> None:
    show_my_appointment(page, stage)
    page.locator("[data-view=moving] .scroller .button:not(.next-slot)").first.click()
    expect(page.locator(".book-day").first).to_be_visible()


def type_a_wrong_code(page: Page, stage: Stage) -> None:
    for sign in "0019999":
        page.locator(".id-pad").get_by_role("button", name=sign, exact=True).click()
    page.locator(".take").click()
    expect(page.locator(".id-said")).to_be_visible()


def have_moved(page: Page, stage: Stage) -> None:
    end_at(page, stage, "booked", "booked")


def have_cancelled(page: Page, stage: Stage) -> None:
    end_at(page, stage, "given-up", "cancelled")


def end_at(page: Page, stage: Stage, state: str, view: str) -> None:
    """As the kiosk looks once it has been done; the appointment is moved only so often."""
    booking = stage.hall.somebody().get(f"/api/v1{stage.link(state)}")
    told = json.dumps({"booking": booking, "moved": True})
    page.evaluate("told => sessionStorage.setItem('kiosk.ticket', told)", told)
    page.evaluate("view => { location.hash = `#/${view}`; }", view)
    expect(page.locator(f"[data-view={view}] .ticket h1")).to_be_visible()


def arrive_again(page: Page, stage: Stage) -> None:
    """Whose appointment is checked in already."""
    hold_up(page, stage, "present")
    expect(page.locator(".ticket .number")).to_be_visible()


def arrive_cancelled(page: Page, stage: Stage) -> None:
    hold_up(page, stage, "given-up")
    expect(page.locator(".id-said")).to_be_visible()


def book_by_name(page: Page, stage: Stage) -> None:
    choose_at_the_kiosk(page, stage)
    for sign in "13800001234":
        page.locator(".id-pad").get_by_role("button", name=sign, exact=True).click()
    page.locator(".take").click()
    expect(page.locator(".id-field")).to_be_visible()


def ask_to_cancel(page: Page, stage: Stage) -> None:
    show_my_appointment(page, stage)
    page.locator(".cancel-button").click()
    expect(page.locator(".asked-facts")).to_be_visible()


def choose_another(page: Page, stage: Stage) -> None:
    page.locator("a[href$='/move']").click()
    expect(page.locator("main a[href*='day=']").first).to_be_visible()


def ask_still_there(page: Page, stage: Stage) -> None:
    """As it is asked after a while; nobody waits that long here."""
    page.evaluate("document.getElementById('still-there').showModal()")


def be_asked(page: Page, stage: Stage) -> None:
    stage.finish_one()
    at(page, "ask")
    page.wait_for_timeout(LONGER_THAN_THE_GUARD)


def be_asked_why(page: Page, stage: Stage) -> None:
    be_asked(page, stage)
    choose(page, "dissatisfied")
    expect(page.locator("[data-step=why]")).to_be_visible()
    page.wait_for_timeout(LONGER_THAN_THE_GUARD)


def open_the_receipt(page: Page, stage: Stage) -> None:
    expect(page.locator("[data-away]")).to_be_visible()
    page.locator("[data-receipt] summary").click()
    expect(page.locator("[data-receipt-list] li").first).to_be_visible()


def be_thanked(page: Page, stage: Stage) -> None:
    be_asked(page, stage)
    choose(page, "satisfied")
    at(page, "thanks")


def say_why(page: Page, stage: Stage) -> None:
    choose(page, "dissatisfied")
    expect(page.locator("[data-step=why]")).to_be_visible()
    page.wait_for_timeout(LONGER_THAN_THE_GUARD)


def key(pressed: str, dialog: str) -> Step:
    """A key of the terminal that opens a dialog."""

    def press(page: Page, stage: Stage) -> None:
        page.keyboard.press(pressed)
        expect(page.locator(f"dialog[data-dialog={dialog}]")).to_be_visible()

    return press


def read_well(page: Page, stage: Stage) -> None:
    page.locator("[data-view=reading]").click()
    expect(page.locator("[data-readings] tr").first).to_be_visible()
    page.locator(".how summary").click()


def set_aside(page: Page, stage: Stage) -> None:
    flag = page.locator("[data-flag]").first
    flag.locator("summary").click()
    flag.locator("tbody input").first.check()
    flag.locator("button").click()
    expect(page.locator("dialog[data-review]")).to_be_visible()


def choose_an_item(page: Page, stage: Stage) -> None:
    page.locator("[data-subject]").select_option("3")
    page.locator("[data-items] input").nth(1).check()
    page.locator("[data-files]").set_input_files(
        {"name": "counter.png", "mimeType": "image/png", "buffer": painted()}
    )
    expect(page.locator("[data-chosen] canvas")).to_be_visible()
    expect(page.locator("[data-effect-told] dl")).to_be_visible()


def ask_to_take_back(page: Page, stage: Stage) -> None:
    page.locator("[data-entries] .danger").first.click()
    expect(page.locator("[data-withdrawing]")).to_be_visible()


def ask_to_release(page: Page, stage: Stage) -> None:
    page.locator("[data-release]").click()
    expect(page.locator("[data-really]")).to_be_visible()


def open_every_line(page: Page, stage: Stage) -> None:
    for line in page.locator("[data-line] summary").all():
        line.click()
    expect(page.locator("[data-line] img").first).to_be_visible()


def begin_an_appeal(page: Page, stage: Stage) -> None:
    open_every_line(page, stage)
    page.locator("[data-appeal-now]").first.click()
    expect(page.locator("[data-appealing]")).to_be_visible()


def find_a_number(page: Page, stage: Stage) -> None:
    page.locator("#find").fill(stage.number("no_show"))
    page.locator("[data-find-form] [type=submit]").click()
    expect(page.locator("[data-found] > *").first).to_be_visible()


def ask_to_leave(page: Page, stage: Stage) -> None:
    page.locator("[data-leave-ask]").click()
    expect(page.locator("[data-leave-sure]")).to_be_visible()


def composed(layout: str) -> Step:
    """The office gives the whole hall's board this layout, pictures and all, and it shows it."""

    def compose(page: Page, stage: Stage) -> None:
        wanted = {"layout": layout, "panels": ["waiting"], "playlist": [{"media": stage.picture()}]}
        stage.hall.administrator().post("/api/v1/boards/hall", {"composition": wanted})
        page.reload()  # so that it isn't composed a second time while somebody looks
        expect(page.locator("main[data-live=yes]")).to_have_attribute("data-layout", layout)

    return compose


def wait_for_the_night(page: Page, stage: Stage) -> None:
    """As the board looks when the hall has closed; nobody waits that long here."""
    page.evaluate(NIGHT)
    expect(page.locator("[data-night-next]")).to_be_visible()


NIGHT = """async () => {
  const { openNight } = await import("/static/display/night.js");
  const { pageData, words } = await import("/static/shared/page.js");
  const facts = pageData(), root = document.querySelector(".board");
  for (let timer = setTimeout(() => {}); timer; timer -= 1) clearInterval(timer);
  const opens = Date.now() + 36e5 * 9;
  const night = openNight(root, facts, words(facts), { now: () => new Date() });
  const open = [[opens, opens + 36e5].map((at) => new Date(at).toISOString())];
  night.apply({ ...facts.shown, night: true, open });
  night.look([]);
}"""


def be_unheard(page: Page, stage: Stage) -> None:
    """As a browser looks that withholds its sound."""
    page.evaluate("document.querySelector('[data-not-heard]').hidden = false")
    expect(page.locator("[data-sound]")).to_be_visible()


def open_the_complaint(page: Page, stage: Stage) -> None:
    """The first of the list: the one with the next limit."""
    page.locator("[data-complaint] a").first.click()
    expect(page.locator("form.press").first).to_be_visible()


def say_something(page: Page, stage: Stage) -> None:
    """Only the browser that sent it is shown what became of it."""
    if not page.locator(".standing").count():
        address = page.url
        page.locator("input[name=kind][value=praise]").check(force=True)
        page.fill("#words", "六号窗口非常耐心！")
        page.locator("button.primary[type=submit]").click()
        expect(page.locator("#words")).to_have_count(0)
        page.goto(address)
    expect(page.locator(".standing").first).to_be_visible()


def follow_a_wrong_code(page: Page, stage: Stage) -> None:
    page.fill("#code", "ABCD-EFGH-JKMN-PQRS")
    page.locator("form[action='/complain/follow'] button").click()
    expect(page.locator("#not-found")).to_be_visible()
