"""The list of a date for other programs: CSV and XLSX. Neither can hold a formula."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

from app.bookings.door_counts import door_counts
from app.bookings.labels import door_status_text
from app.bookings.queries import BookingView
from app.core.i18n import chosen_language, current_language
from app.core.translation import gettext

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (14, 32, 10, 10, 22)


def table(bookings: Iterable[BookingView]) -> str:
    """The list as CSV that spreadsheets open rightly."""
    text = StringIO()
    # Spreadsheets split at what their country does not use in numbers.
    rows = csv.writer(text, delimiter="," if chosen_language() == "en" else ";")
    rows.writerow(_header())
    for one in bookings:
        rows.writerow(
            [one.code.upper(), _harmless(one.name), one.adults, one.children, door_status_text(one)]
        )
    return text.getvalue()


def workbook(bookings: Iterable[BookingView], title: str) -> bytes:
    """The list as XLSX with the sums below it: texts are typed as texts, sums are numbers."""
    from xlsxwriter import Workbook  # 15 MB that only those need who ask for the table

    listed, content = list(bookings), BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title})
    sheet, strong = book.add_worksheet(), book.add_format({"bold": True})
    if current_language().direction == "rtl":
        sheet.right_to_left()
    for column, (words, width) in enumerate(zip(_header(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, strong)
    for row, one in enumerate(listed, 1):
        for column, words in ((0, one.code.upper()), (1, one.name), (4, door_status_text(one))):
            sheet.write_string(row, column, words)
        sheet.write_number(row, 2, one.adults)
        sheet.write_number(row, 3, one.children)
    for row, (words, adults, children) in enumerate(_sums(listed), len(listed) + 2):
        sheet.write_string(row, 1, words, strong)
        sheet.write_number(row, 2, adults, strong)
        sheet.write_number(row, 3, children, strong)
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()


def _header() -> list[str]:
    return [gettext("Code"), gettext("Name"), gettext("Adults"), gettext("Children"), gettext("State")]


def _sums(bookings: list[BookingView]) -> list[tuple[str, int, int]]:
    counts = door_counts(bookings)
    sums = [(gettext("Expected"), counts.expected), (gettext("Here"), counts.here)]
    if counts.without_seat:
        sums.append((gettext("More than the places"), counts.without_seat))
    return [(words, heads.adults, heads.children) for words, heads in sums]


def _harmless(text: str) -> str:
    """A text that begins like a formula is marked as text (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
