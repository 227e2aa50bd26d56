"""Draws one picture for each demo place: a calm line drawing on lagoon water, under a warm sun or moon.

`python -m app.demo.pictures` writes static/demo/<place>.svg; the files are committed, and a test compares them
with what this module draws. The colours are interface.md's; a style inside the file follows a dark screen.
"""

from collections.abc import Iterable
from pathlib import Path
from random import Random

from app.demo.network.files import Picture, Subject, places, subjects

STATIC = Path(__file__).resolve().parents[2] / "static"
FOLDER = "demo"
WIDTH, HEIGHT = 640, 300
SUBJECT_WIDTH, SUBJECT_HEIGHT = 200, 140
SCALE = 1.35
SUBJECT_BASE = 236  # where the subject meets the water
DARK = (
    "@media(prefers-color-scheme:dark){.g{fill:#15343a}.f{fill:#1b434a}.n{fill:#22545c}"
    ".s{fill:#f2c063}.w{fill:#f2c063}.k{stroke:#f2c063}.l{stroke:#7fd1d8}}"
)


def draw(subject: Subject, picture: Picture) -> str:
    """The SVG text of one picture; the seed moves sun, waves and stars, so that no two are alike.

    >>> draw(Subject(lines="M0 0h9"), Picture("line", "sun", 1)).startswith("<svg ")
    True
    """
    chance = Random(picture.seed)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f"<style>{DARK}</style>",
        f'<path class="g" fill="#e2f0f0" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>',
        _light(picture.sky, chance),
        f'<path class="f" fill="#cfe3e6" d="{_wave(chance, 214, 16)}"/>',
        _figure(subject),
        f'<path class="n" fill="#b9d4d6" d="{_wave(chance, 250, 20)}"/>',
        "</svg>\n",
    ]
    return "".join(part for part in parts if part)


def file_name(place: str) -> str:
    """Where the picture of a place lies under static/.

    >>> file_name("la-lucciola")
    'demo/la-lucciola.svg'
    """
    return f"{FOLDER}/{place}.svg"


def write_all(static: Path = STATIC) -> list[Path]:
    """Draw every demo place anew; returns the files written."""
    known = subjects()
    written = []
    for place in places():
        path = static / file_name(place.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draw(known[place.picture.subject], place.picture), encoding="utf-8")
        written.append(path)
    return written


def _light(sky: str, chance: Random) -> str:
    """A sun, or a crescent with three stars, to the left or right of the subject and never behind it."""
    left = chance.random() < 0.5
    x = chance.randrange(70, 150) if left else chance.randrange(490, 570)
    y = chance.randrange(62, 112)
    if sky == "sun":
        radius = chance.randrange(24, 32)
        return f'<circle class="s" fill="#f2b84b" cx="{x}" cy="{y}" r="{radius}"/>'
    moon = f'<path class="s" fill="#f2b84b" d="M{x} {y - 32}a32 32 0 1 0 28 46a27 27 0 0 1-28-46z"/>'
    spots = [(chance.choice((40, 440)) + chance.randrange(150), chance.randrange(24, 90)) for _ in range(5)]
    stars = "".join(f"M{a} {b}h.1" for a, b in spots if abs(a - x) > 60)
    return moon + f'<path class="k" d="{stars}" stroke="#f2b84b" stroke-width="7" stroke-linecap="round"/>'


def _figure(subject: Subject) -> str:
    """The subject, once or repeated as a small group, standing in the water."""
    shapes = ""
    if subject.glow:
        shapes += f'<path class="w" fill="#f2b84b" d="{subject.glow}"/>'
    shapes += (
        f'<path class="l" fill="none" stroke="#0b5a63" stroke-width="4" stroke-linejoin="round" '
        f'stroke-linecap="round" d="{subject.lines}"/>'
    )
    left = (WIDTH - SUBJECT_WIDTH * SCALE) / 2
    top = SUBJECT_BASE - (SUBJECT_HEIGHT - 6) * SCALE
    copies = "".join(_copy(shapes, repeat) for repeat in subject.repeat) if subject.repeat else shapes
    return f'<g transform="translate({left:g} {top:.4g}) scale({SCALE})">{copies}</g>'


def _copy(shapes: str, repeat: Iterable[float]) -> str:
    x, y, scale = repeat
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{shapes}</g>'


def _wave(chance: Random, level: int, swell: int) -> str:
    """A closed path: one soft line of waves across the picture, everything below it filled."""
    length = chance.choice((160, 200, 240))
    start = -chance.randrange(length)
    height = swell + chance.randrange(6)
    path = f"M{start} {level}"
    x = start
    while x < WIDTH:
        path += f"q{length // 4} {-height} {length // 2} 0t{length // 2} 0"
        x += length
    return f"{path}V{HEIGHT}H{start}z"


if __name__ == "__main__":
    write_all()
