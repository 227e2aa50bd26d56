"""Count parents' votes on the facts of a place, and take the word of those who look after it (rules/trust.py)."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from app.core import clock
from app.core.busy import patiently
from app.core.database import db, transaction
from app.core.errors import NotFound
from app.places.commands import SayFacts, VoteOnFacts
from app.places.models import FactVote, Place, PlaceAmenity
from app.places.rules.trust import KNOWN, STRONG, Answer, Vote, Word, is_doubted, votes_since
from app.places.rules.vocabulary import Amenity, ConfirmedBy
from app.places.service.facts import derive, drop_votes
from app.places.service.reporting import write_report
from app.places.service.telling import tell_staff
from app.places.signals import facts_confirmed


@patiently
def vote(place_public_id: str, command: VoteOnFacts) -> None:
    """Count one parent's answers; the same network or browser again on the same day is the same voice.

    Answers about a value that is no longer the stored one are about nothing. Raises NotFound, Busy.
    """
    with transaction() as session:
        place = locked_place(place_public_id)
        today = clock.today(place.tzid)
        shown = {one.amenity: one for one in command.answers}
        rows = [row for row in place.amenities if row.state in KNOWN and _was_shown(row, command)]
        counted = _count(place, {row.amenity: shown[row.amenity].answer for row in rows}, command, today)
        session.flush()
        doubted = _weigh(place, [row for row in rows if row.amenity in counted], counted, today)
        _finish(place)
        if doubted:
            tell_staff(place, "facts_doubted", place.public_id, once=f"{place.public_id}:{today}")
        if command.note is not None:
            write_report(place, command.note)


@patiently
def say_facts(place_public_id: str, command: SayFacts) -> None:
    """Those who look after a place say how it is today: that ends every doubt and every count. Raises NotFound, Busy."""
    with transaction():
        say_locked(locked_place(place_public_id), command)


def say_locked(place: Place, command: SayFacts) -> None:
    """The same inside the caller's transaction, which holds the place."""
    today = clock.today(place.tzid)
    rows = {row.amenity: row for row in place.amenities}
    said = [
        _say(place, rows.get(amenity), amenity, command, today)
        for amenity, state in command.states.items()
        if amenity in rows or state in KNOWN
    ]
    drop_votes(place, said)
    place.updated_at = clock.now()
    _finish(place)


def locked_place(public_id: str) -> Place:
    """The place, held until the transaction ends: its votes and reports are counted one after another."""
    found = db.session.scalar(sa.select(Place).where(Place.public_id == public_id).with_for_update())
    if found is None:
        raise NotFound
    return found


def _was_shown(row: PlaceAmenity, command: VoteOnFacts) -> bool:
    return any(one.amenity is row.amenity and one.shown is row.state for one in command.answers)


def _count(
    place: Place, answers: dict[Amenity, Answer], command: VoteOnFacts, today: date
) -> dict[Amenity, Answer]:
    """Store each answer that is a voice of its own, or this browser's better thought of today; returns those."""
    of_today = db.session.scalars(
        sa.select(FactVote).where(
            FactVote.place_id == place.id, FactVote.day == today,
            sa.or_(FactVote.network == command.network, FactVote.browser == command.browser),
        )
    ).all()  # fmt: skip
    own = {one.amenity: one for one in of_today if one.browser == command.browser}
    taken = {one.amenity for one in of_today}
    counted = {}
    for amenity, answer in answers.items():
        if amenity in own:
            own[amenity].answer = answer
        elif amenity in taken:
            continue
        else:
            db.session.add(
                FactVote(
                    place_id=place.id, amenity=amenity, answer=answer, network=command.network,
                    browser=command.browser, day=today,
                )
            )  # fmt: skip
        counted[amenity] = answer
    return counted


def _weigh(
    place: Place, rows: Sequence[PlaceAmenity], answers: dict[Amenity, Answer], today: date
) -> list[PlaceAmenity]:
    """What the votes make of each fact; returns those that have just become unsure."""
    votes = _votes(place, answers)
    settled, doubted = [], []
    for row in rows:
        was = row.doubted_on
        is_unsure = is_doubted(votes_since(votes[row.amenity], Word(row.confirmed_by, row.confirmed_on)), was)
        if is_unsure and was is None:
            row.doubted_on = today
            doubted.append(row)
        elif was is not None and not is_unsure:
            row.doubted_on = None
        if (row.doubted_on is None) != (was is None):
            settled.append(row)
        if row.doubted_on is None and answers[row.amenity] is Answer.STILL:
            _hear_parent(row, today)
    drop_votes(place, settled)
    return doubted


def _votes(place: Place, amenities: Iterable[Amenity]) -> dict[Amenity, list[Vote]]:
    """All that is kept of each fact, the oldest first."""
    query = sa.select(FactVote).where(FactVote.place_id == place.id).order_by(FactVote.day, FactVote.id)
    votes: dict[Amenity, list[Vote]] = {amenity: [] for amenity in amenities}
    for row in db.session.scalars(query.where(FactVote.amenity.in_(votes))):
        votes[row.amenity].append(Vote(row.answer, row.network, row.browser, row.day))
    return votes


def _hear_parent(row: PlaceAmenity, today: date) -> None:
    """Beside the word of the place or of a visit, over any weaker one."""
    if row.confirmed_by in STRONG:
        row.parent_on = today
    else:
        row.confirmed_on, row.confirmed_by = today, ConfirmedBy.PARENT


def _say(
    place: Place, row: PlaceAmenity | None, amenity: Amenity, command: SayFacts, today: date
) -> PlaceAmenity:
    if row is None:
        row = PlaceAmenity(amenity=amenity)
        place.amenities.append(row)
    row.state, row.confirmed_on, row.confirmed_by = command.states[amenity], today, command.by
    row.parent_on = row.doubted_on = None
    return row


def _finish(place: Place) -> None:
    if derive(place):
        facts_confirmed.send(None, place_id=place.id)
