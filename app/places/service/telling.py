"""Tell those who look after a place: one mail each, written as ids only."""

from app.accounts.queries import LookingAfter, lookers_after
from app.core.mail import outbox
from app.places.models import Place
from app.places.queries import territory_ids


def tell_staff(place: Place, kind: str, subject_id: str, *, once: str) -> int:
    """Put a mail of `kind` about `subject_id` into the outbox for each host of the place and manager of its territories;
    operators where there are neither. `once` makes it the same mail again. Returns how many are told.
    """
    people: list[LookingAfter] = lookers_after(place.id, territory_ids(place.id))
    for person in people:
        outbox.put(kind, f"{subject_id}:{person.public_id}", dedupe_key=f"{kind}:{once}:{person.public_id}")
    return len(people)
