"""The card of a shared link, 1200 × 630: what the place is and what one finds there, beside its photo or our lagoon.

Drawn twice as large and then reduced, so that every edge is smooth.
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from .encoding import file_of
from .jobs import CardJob, Made
from .lettering import cut, fitted, font, is_writable
from .shapes import LAGOON, LAGOON_TINT, SUN, isle, shore, tick

WIDTH, HEIGHT = 1200, 630
TWICE = 2
PAPER, INK, GREY, WATER, DEEP_WATER = "#fffbf3", "#1b2433", "#556070", "#cfe3e6", "#b9d4d6"
SITE = "Isole di Wendy"
QUALITIES = range(90, 40, -8)
LEFT, RIGHT, TOP, BOTTOM = 64 * TWICE, 700 * TWICE, 56 * TWICE, 586 * TWICE  # where words may stand
SHORE = 770 * TWICE
SWELL = 26 * TWICE


def draw_card(job: CardJob, photo: bytes) -> Made:
    """The JPEG of a card; `photo` is one of our own JPEG files, or empty."""
    canvas = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), PAPER)
    _paint_shore(canvas, photo)
    draw = ImageDraw.Draw(canvas)
    _sign(draw)
    _write(draw, job)
    small = canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    files = (file_of(small, "jpeg", quality, optimize=True, subsampling="4:4:4") for quality in QUALITIES)
    made = next((file for file in files if len(file) <= job.most_bytes), None)
    return Made("jpeg", WIDTH, HEIGHT, made or file_of(small, "jpeg", QUALITIES[-1], optimize=True))


def _paint_shore(canvas: Image.Image, photo: bytes) -> None:
    """The right part: the photo behind a wavy edge, or an island in the lagoon."""
    mask = Image.new("L", canvas.size, 0)
    ImageDraw.Draw(mask).polygon(shore(*canvas.size, left=SHORE, swell=SWELL), fill=255)
    canvas.paste(_photo(canvas.size, photo) if photo else _lagoon(canvas.size), (0, 0), mask)


def _photo(size: tuple[int, int], photo: bytes) -> Image.Image:
    left = SHORE - SWELL
    whole = Image.new("RGB", size, LAGOON_TINT)
    with Image.open(BytesIO(photo), formats=("JPEG",)) as image:
        whole.paste(ImageOps.fit(image.convert("RGB"), (size[0] - left, size[1])), (left, 0))
    return whole


def _lagoon(size: tuple[int, int]) -> Image.Image:
    whole = Image.new("RGB", size, LAGOON_TINT)
    draw = ImageDraw.Draw(whole)
    left, width, height = SHORE - SWELL, size[0], size[1]
    draw.ellipse((width - 300, 130, width - 140, 290), fill=SUN)
    for level, colour in ((0.66, WATER), (0.8, DEEP_WATER)):
        wave = shore(height, width, left=height * level, swell=18 * TWICE)
        draw.polygon([(y, x) for x, y in wave[:-2]] + [(width, height), (0, height)], fill=colour)
    isle(draw, (left + 190, height * 0.36), 14)
    return whole


def _sign(draw: ImageDraw.ImageDraw) -> None:
    isle(draw, (LEFT - 10, TOP - 22), 3.3)
    draw.text((LEFT + 140, TOP + 18), SITE, fill=LAGOON, font=font("Medium", 60), anchor="lm")


def _write(draw: ImageDraw.ImageDraw, job: CardJob) -> None:
    """From top to bottom; the facts take what room is left."""
    y = float(TOP + 130)
    tags = [one for one in (job.tag, job.note) if is_writable(one)]
    y = _tags(draw, y, tags) if tags else y
    if is_writable(job.title):
        lines, size = fitted(job.title, "Bold", range(150, 80, -6), RIGHT - LEFT, 3)
        y = _lines(draw, y, lines, ("Bold", size), INK)
    if is_writable(job.lead):
        lines, size = fitted(job.lead, "Regular", range(62, 50, -4), RIGHT - LEFT, 2)
        y = _lines(draw, y + 10, lines, ("Regular", size), GREY)
    for fact in filter(is_writable, job.facts):
        if y + 90 > BOTTOM:
            break
        tick(draw, (LEFT, y + 36), 44)
        letters = font("Medium", 58)
        draw.text(
            (LEFT + 70, y + 60), cut(fact, letters, RIGHT - LEFT - 70), fill=INK, font=letters, anchor="lm"
        )
        y += 84


def _lines(draw: ImageDraw.ImageDraw, y: float, lines: list[str], face: tuple[str, int], fill: str) -> float:
    letters = font(*face)
    for line in lines:
        draw.text((LEFT, y), line, fill=fill, font=letters, anchor="la")
        y += face[1] * 1.16
    return y + 14


def _tags(draw: ImageDraw.ImageDraw, y: float, tags: list[str]) -> float:
    x, letters = float(LEFT), font("Medium", 50)
    for number, tag in enumerate(tags):
        width = letters.getlength(tag) + 64
        box = (x, y, x + width, y + 84)
        if number == 0:
            draw.rounded_rectangle(box, radius=42, fill=LAGOON_TINT)
        else:
            draw.rounded_rectangle(box, radius=42, outline=GREY, width=3)
        draw.text((x + 32, y + 42), tag, fill=LAGOON if number == 0 else GREY, font=letters, anchor="lm")
        x += width + 24
    return y + 112
