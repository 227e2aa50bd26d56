"""Ten times the data: how much dearer is the same request? The figure that a noisy machine disturbs least."""

from bench.cpu import cost, cost_after
from bench.pages import BOX
from bench.results import Result
from bench.sample import FEED, Sample, touch
from bench.wsgi_calls import call, environ

MOST = 3.0


def after_a_change(sample: Sample) -> dict[str, float]:
    """CPU seconds of the first request after a change."""
    targets = {
        "home, list": "/",
        "home, near a point": "/?near=45.464,9.19&amenity=changing_table",
        "place page": f"/places/{sample.place_slugs[0]}",
        "map box of 500 rows": BOX,
        "events, list": "/events",
        "feed of a place": f"/feeds/places/{sample.place_slugs[0]}.ics",
    }
    costs = {what: _cost(sample, target) for what, target in targets.items()}
    prepared = environ(FEED)
    costs["feed, kept"] = cost(lambda: call(sample.app, prepared)).seconds
    return costs


def compare(small: dict[str, float], large: dict[str, float]) -> list[Result]:
    """Large over small; a search by index grows little, a scan ten times."""
    return [
        Result(f"{what}: 10 × the data", f"{large[what] * 1000:.3g} ms", f"{large[what] / small[what]:.1f} × dearer",
               f"≤ {MOST:g} ×", large[what] / small[what] <= MOST)
        for what in small
    ]  # fmt: skip


def _cost(sample: Sample, target: str) -> float:
    prepared = environ(target)
    return cost_after(touch(sample), lambda: call(sample.app, prepared)).seconds
