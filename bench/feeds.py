"""A feed of a thousand events: unchanged, after a booking, after an edit, and as icalendar would build it."""

from app.events.queries import calendar_source
from app.feeds import entries, queries
from bench.cpu import cost, cost_after
from bench.results import Result, at_most
from bench.sample import FEED, FEED_EVENTS, Sample, touch, touch_feed
from bench.wsgi_calls import call, environ, get

BUILT = 200


def feeds(sample: Sample, floor: float) -> list[Result]:
    """Whole requests, in CPU."""
    etag = get(sample.app, FEED).headers["etag"]
    plain, conditional = environ(FEED), environ(FEED, headers={"If-None-Match": etag})
    packed = environ(FEED, headers={"Accept-Encoding": "gzip"})
    unchanged = cost(lambda: call(sample.app, conditional))
    whole = cost(lambda: call(sample.app, plain))
    booked = cost_after(touch(sample), lambda: call(sample.app, conditional))
    booked_packed = cost_after(touch(sample), lambda: call(sample.app, packed))
    edited = cost_after(touch_feed(sample), lambda: call(sample.app, plain))
    with sample.app.app_context():
        built = build_seconds(sample)
    return [
        at_most("feed unchanged, 304", unchanged.seconds, floor, 2),
        at_most(f"feed of {FEED_EVENTS:,} events, kept", whole.seconds, floor, None),
        at_most("feed, 304, after a booking", booked.seconds, floor, None),
        at_most("feed, gzip, after a booking", booked_packed.seconds, floor, None),
        at_most("feed, joined after an edit", edited.seconds, floor, None),
        Result(f"the same built with icalendar (from {BUILT} events)", f"{built * 1000:.0f} ms"),
        _times_less("feed, kept, against icalendar", built, whole.seconds),
        # The first reader after an edit pays for joining: about a hundred times less as well, but on the edge.
        Result("feed, joined after an edit, against icalendar", f"{built / edited.seconds:.0f} × less"),
    ]


def build_seconds(sample: Sample) -> float:
    """CPU of building the feed's entries with icalendar, its facts already read from the database."""
    facts = []
    for event_id in sample.feed_event_ids[:BUILT]:
        source = calendar_source(event_id)
        place = queries.place_by_id(source.event.place.id) if source else None
        assert source is not None
        assert place is not None
        facts.append((source, place.updated_at))
    spent = cost(lambda: [entries.content(source, moment, "it") for source, moment in facts])
    return spent.seconds * FEED_EVENTS / BUILT


def _times_less(what: str, built: float, spent: float) -> Result:
    times = built / spent
    return Result(what, f"{times:.0f} × less", "", "≥ 100 ×", times >= 100)
