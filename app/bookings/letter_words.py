"""The words of the mails to families: subject, first sentence, and what to know besides, for each thing that happens."""

from app.core.translation import gettext
from app.events import wording
from app.events.facts import OccurrenceView


def _hint(*, only_waits: bool) -> str:
    if only_waits:
        return gettext("If you no longer want to wait, open the link and say so.")
    return gettext(
        "If you can't come, open the link and give your place back: another family is glad of it. "
        "Answering the invitation in your calendar does not cancel the booking."
    )


def words(
    kind: str, title: str, date: OccurrenceView, *, only_waits: bool, until: str = ""
) -> tuple[str, str, str]:
    """Subject, first sentence, and what to know besides; `until` says how long an offer is good for."""
    hint = _hint(only_waits=only_waits)
    if kind == "cancelled" and only_waits:
        return (
            gettext("You left the waiting list: %(title)s", title=title),
            gettext("you left the waiting list. We will not write to you about this date any more."),
            "",
        )
    told = _of_the_booking(title, until, hint) | _of_the_course(title, hint)
    told |= _of_the_date(title, date, hint, only_waits=only_waits)
    return told[kind]


def _of_the_course(title: str, hint: str) -> dict[str, tuple[str, str, str]]:
    return {
        "course": (
            gettext("Your course has changed: %(title)s", title=title),
            gettext("several dates of your course have changed. This is how it stands now."),
            hint,
        ),
        "grown": (
            gettext("Your course has more dates: %(title)s", title=title),
            gettext("your course has more dates, and you have a place on each of them."),
            hint,
        ),
    }


def _of_the_booking(title: str, until: str, hint: str) -> dict[str, tuple[str, str, str]]:
    return {
        "confirmed": (gettext("Booked: %(title)s", title=title), gettext("your place is booked."), hint),
        "to confirm": (
            gettext("Confirm your booking: %(title)s", title=title),
            gettext("we hold your place for 30 minutes. Press the button, and it is yours."),
            gettext("If it was not you who booked, do nothing: the place goes on by itself, and nobody writes to you again."),
        ),
        "confirm late": (
            gettext("Confirm your booking: %(title)s", title=title),
            gettext("our mail leaves late, and the 30 minutes are over. Press the button all the same: if there is still room, it is yours."),
            "",
        ),
        "waitlisted": (
            gettext("On the waiting list: %(title)s", title=title),
            gettext("everything is full for now. You are on the waiting list: we write to you as soon as there is room."),
            hint,
        ),
        "promoted": (
            gettext("There is room for you: %(title)s", title=title),
            gettext("a place became free and it is yours: it is booked."),
            hint,
        ),
        "changed": (
            gettext("How many are coming: %(title)s", title=title),
            gettext("you changed how many are coming. This is how it stands now."),
            hint,
        ),
        "offered": (
            gettext("There is room for you: %(title)s", title=title),
            gettext("a place became free. Are you coming?"),
            until,
        ),
        "expired": (
            gettext("The place went on: %(title)s", title=title),
            gettext("we asked whether you are coming and had no answer in time, so the place went to the next family."),
            gettext("If you still want to come, open the date on our pages and join the waiting list again."),
        ),
        "cancelled": (
            gettext("Given back: %(title)s", title=title),
            gettext("you gave your place back. Thank you: another family can come."),
            "",
        ),
    }  # fmt: skip


def _of_the_date(
    title: str, date: OccurrenceView, hint: str, *, only_waits: bool
) -> dict[str, tuple[str, str, str]]:
    soon = wording.soon_text(date.starts_at, date.tzid)
    return {
        "moved": (
            gettext("New time: %(title)s", title=title),
            gettext("the time has changed: now it is %(when)s.", when=wording.moment_text(date.starts_at, date.tzid)),
            hint,
        ),
        "another room": (
            gettext("Another room: %(title)s", title=title),
            gettext("the room has changed: now it is “%(room)s”.", room=date.room) if date.room
            else gettext("it is no longer in the room we had written: ask at the entrance."),
            hint,
        ),
        "put off": (
            gettext("Put off: %(title)s", title=title),
            gettext("this date is put off, and the new day is not known yet. You keep your place: we write to you as soon as we know."),
            hint,
        ),
        "reminder": (
            gettext("See you %(when)s: %(title)s", when=soon, title=title),
            gettext("we are looking forward to seeing you %(when)s.", when=soon),
            gettext("Can't you come? One press, and another family is glad of the place."),
        ),
        "on again": (
            gettext("It takes place after all: %(title)s", title=title),
            gettext("good news: this date takes place after all, and you are on the waiting list again.")
            if only_waits
            else gettext("good news: this date takes place after all, and your place is yours again."),
            hint,
        ),
        "off": (
            gettext("Cancelled: %(title)s", title=title),
            gettext("we are sorry: this date does not take place. You need not do anything."),
            "",
        ),
    }  # fmt: skip
