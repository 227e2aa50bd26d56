"""How far it is to what people come for: taps to an open changing table, fields and seconds to a booked place."""

from tests.budgets.conftest import Note
from tests.budgets.measuring import Visitor
from tests.budgets.pages import Site

HERE = {"latitude": 45.4520, "longitude": 9.1530}
LETTERS_A_SECOND, SECONDS_A_TAP = 5, 1.5
FIELDS, SECONDS, TAPS = 3, 20, 2


def test_a_place_is_booked_in_three_fields_and_twenty_seconds(
    visitor: Visitor, site: Site, note: Note
) -> None:
    page = visitor.visit(site.base + site.paths["booking"], has_touch=True).page
    typed = {"name": "Giuseppina Bianchi", "email": "giuseppina.bianchi@example.org"}
    singles = page.locator("main form .field:visible:not(fieldset .field)").count()
    fields = singles + page.locator("main form fieldset:visible").count()
    for name, text in typed.items():
        page.locator(f"[name={name}]").tap()
        page.locator(f"[name={name}]").press_sequentially(text)
    page.locator("main form button[type=submit]:visible").last.tap()
    page.wait_for_url("**/bookings/**")
    taps = len(typed) + 1
    seconds = sum(map(len, typed.values())) / LETTERS_A_SECOND + taps * SECONDS_A_TAP
    note("paths", "booking: fields / seconds / pages (goal 3/20/1)", f"{fields} / {seconds:.0f} / 1")
    assert fields <= FIELDS
    assert seconds <= SECONDS


def test_the_nearest_open_changing_table_for_fathers_is_two_taps_away(
    visitor: Visitor, site: Site, note: Note
) -> None:
    visit = visitor.visit(site.base, geolocation=HERE, permissions=["geolocation"], has_touch=True)
    visit.page.locator("[data-preset]").tap()
    visit.page.wait_for_url("**near=**")
    visit.page.locator("[data-list] h3 a").first.tap()
    visit.page.wait_for_url("**/places/**")
    assert visit.page.locator("[data-amenity=changing_table_fathers][data-answer=yes]").count() == 1
    note("paths", "taps to a table for fathers (goal 2)", TAPS)
