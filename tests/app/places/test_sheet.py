"""The sheet for a place's window: a week that stays right, what is there, what to ask, and who made it up."""

import re
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from app.core import clock
from app.places import service
from app.places.commands import AmenityFact, IslandFact, SavePlace
from app.places.rules.hours import Locale
from app.places.rules.regular import RegularWeek, regular_week
from app.places.rules.vocabulary import Amenity, AmenityState, Membership
from app.places.sheet import sheet_page
from tests.app.places.places import pharmacy, plain

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
LOCALE = Locale("Europe/Rome", "IT", "MI")
NINE_TO_SIX = ((time(9), time(18)),)
CLOSED: tuple[()] = ()


def week(text: str, corner: str = "", today: date = TODAY) -> RegularWeek:
    return regular_week(text, corner, today, LOCALE)


def sheet(app: Flask, command: SavePlace, language: str = "en"):
    with app.app_context():
        service.save_places([command])
    with app.test_request_context(f"/?lang={language}"), clock.frozen(MONDAY):
        return sheet_page("farmacia-del-prato", MONDAY)


def test_a_week_is_read_without_the_holidays_in_it() -> None:
    found = week("Mo-Fr 09:00-18:00; PH off", today=date(2026, 12, 7))  # two holidays at once
    assert found.days == (NINE_TO_SIX,) * 5 + (CLOSED,) * 2
    assert (found.holiday_hours, found.holidays[:2]) == (CLOSED, (date(2026, 12, 7), date(2026, 12, 8)))
    assert (found.closures, found.varies) == ((), False)


def test_a_night_belongs_to_the_day_it_begins_and_all_days_are_alike() -> None:
    found = week("Mo-Su 18:00-04:00")
    assert set(found.days) == {((time(18), time(4)),)}
    assert (found.holiday_hours, found.closures, found.varies) == (None, (), False)


def test_day_and_night_is_a_week_too() -> None:
    assert set(week("24/7").days) == {((time(0), time(0)),)}


def test_a_corner_is_read_inside_its_host() -> None:
    assert week("Mo-Sa 10:00-20:00", "Mo-Fr 09:00-18:00").days[0] == ((time(10), time(18)),)
    assert week("Mo-Sa 10:00-20:00", "Mo-Fr 09:00-18:00").days[5] == CLOSED


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 7, 30), date(2026, 8, 1), date(2026, 8, 9)])
def test_a_summer_break_is_told_with_its_dates_and_changes_no_week(today: date) -> None:
    found = week("Mo-Sa 09:00-18:00; PH off; Aug 10-25 off", today=today)
    assert found.days == (NINE_TO_SIX,) * 6 + (CLOSED,)
    assert [(first.month, first.day, last.day) for first, last in found.closures] == [(8, 10, 25)]
    assert not found.varies


def test_holidays_with_hours_of_their_own_are_told_so() -> None:
    found = week("Mo-Sa 08:00-19:30; Su,PH 09:00-18:00")
    assert found.holiday_hours == NINE_TO_SIX
    assert date(2026, 12, 8) in found.holidays


def test_holidays_in_a_summer_break_do_not_hide_what_the_others_have_in_common() -> None:
    found = week("Tu-Su 08:00-18:00; PH 09:00-18:00; Aug 10-25 off")
    assert found.holiday_hours == NINE_TO_SIX


def test_the_season_that_has_begun_is_the_week_and_the_other_is_told() -> None:
    garden = "Mar-Oct: Tu-Su 09:00-18:00; Nov-Feb: Sa-Su 10:00-16:00"
    winter, summer = week(garden), week(garden, today=date(2027, 5, 1))
    assert winter.days[5] == ((time(10), time(16)),)
    assert (summer.days[5], summer.days[0]) == (NINE_TO_SIX, CLOSED)
    assert winter.varies
    assert summer.varies
    assert summer.closures == ()


def test_a_sheet_names_weekdays_and_no_date_that_passes(app: Flask) -> None:
    found = sheet(app, pharmacy())
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert [row.day_text for row in found.hours_rows] == days
    assert [row.hours_text for row in found.hours_rows] == ["08:30–19:30"] * 5 + ["09:00–12:30", "Closed"]
    assert not any(row.is_today for row in found.hours_rows)
    assert found.exceptions == ["Closed on public holidays (next: 7 Dec, 8 Dec and 25 Dec)"]
    assert found.printed_text == "Printed on 23 November 2026"


def test_closures_are_told_on_one_line(app: Flask) -> None:
    found = sheet(app, pharmacy(opening_hours="Mo-Fr 09:00-18:00; Aug 02-13 off; Dec 24-31 off"))
    assert found.exceptions == ["Closed: 24–31 Dec and 2–13 Aug"]


def test_hours_that_cannot_be_read_are_printed_as_written(app: Flask) -> None:
    found = sheet(app, pharmacy(opening_hours="lunedì chiuso"))
    assert (found.hours_rows, found.hours_text, found.exceptions) == ([], "lunedì chiuso", [])


def test_a_sheet_says_whose_hours_it_prints(app: Flask) -> None:
    island = IslandFact(Membership.MERCHANT, date(2017, 3, 6), "Mo-Fr 09:00-12:00")
    found = sheet(app, pharmacy(opening_hours="Mo-Sa 08:00-20:00", island=island))
    assert found.hours_title == "Hours of the corner for parents"
    assert found.hours_rows[0].hours_text == "09:00–12:00"


def test_nothing_need_be_bought_is_said_only_where_it_is_known(app: Flask) -> None:
    free = AmenityFact(Amenity.NO_PURCHASE, AmenityState.YES)
    feeding = AmenityFact(Amenity.BABY_FEEDING, AmenityState.YES)
    assert sheet(app, pharmacy(amenities=(feeding, free))).lead_text == (
        "Free, no purchase needed · Feeding and changing need no booking"
    )
    assert sheet(app, pharmacy(amenities=(feeding,))).lead_text == "Feeding and changing need no booking"
    assert sheet(app, plain("1")).lead_text is None


def test_a_sheet_says_what_is_there_and_what_to_ask(app: Flask) -> None:
    facts = tuple(
        AmenityFact(amenity, AmenityState.NO if amenity is Amenity.WATER else AmenityState.YES)
        for amenity in Amenity
        if amenity is not Amenity.TOILETS
    )
    found = sheet(app, pharmacy(amenities=facts))
    assert len(found.amenities) == 11  # neither the line above, nor what is not there, nor what to ask
    assert found.ask_text == "Ask about: Toilet"


@pytest.mark.parametrize("lang", ["it", "en", "ar"])
def test_the_mark_of_the_made_up_stands_on_the_sheet_itself(app: Flask, client, lang: str) -> None:
    with app.app_context():
        service.save_places([pharmacy(is_demo=True), pharmacy("2", name="Farmacia Vera")])
    made_up = article(client.get(f"/places/farmacia-del-prato/print?lang={lang}").text)
    real = article(client.get(f"/places/farmacia-vera/print?lang={lang}").text)
    assert "tag-demo" in made_up
    assert "tag-demo" not in real
    assert made_up.count("<p") == real.count("<p") + 1  # the sentence at the foot


def article(page: str) -> str:
    found = re.search(r"<article.*</article>", page, re.DOTALL)
    assert found
    return found[0]
