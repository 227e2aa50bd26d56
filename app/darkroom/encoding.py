"""From plain pixels to files for pages: two formats for each size, none heavier than asked."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, features

from .jobs import Made

# Qualities from good to just bearable; below the last one a smaller picture looks better than a worse one.
QUALITIES = {"avif": (62, 50, 40, 32), "webp": (78, 65, 52, 40), "jpeg": (80, 68, 56, 46, 38)}
OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"speed": 7, "max_threads": 1},
    "webp": {"method": 4},
    "jpeg": {"optimize": True, "progressive": True, "subsampling": "4:2:0"},
}
STEP = 0.84  # of the width, where no quality is light enough
LEAST_WIDTH = 64


def modern_format() -> str:
    """AVIF where this Pillow writes it, else WebP."""
    return "avif" if features.check("avif") else "webp"


def renditions(image: Image.Image, widths: tuple[int, ...], most_bytes: int) -> list[Made]:
    """The picture in each width, never larger than it is, the largest first; in a modern format and as JPEG."""
    chosen = sorted({min(width, image.width) for width in widths}, reverse=True)
    return [
        encoded(scaled(image, width), name, most_bytes)
        for width in chosen
        for name in (modern_format(), "jpeg")
    ]


def scaled(image: Image.Image, width: int) -> Image.Image:
    """The same picture in this width."""
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def encoded(image: Image.Image, name: str, most_bytes: int) -> Made:
    """The best file that is light enough: first a lower quality, then a smaller picture."""
    return next(one for one in _tries(image, name) if len(one.data) <= most_bytes or one.width <= LEAST_WIDTH)


def _tries(image: Image.Image, name: str) -> Iterator[Made]:
    qualities = QUALITIES[name]
    while True:
        for quality in qualities:
            yield Made(name, image.width, image.height, file_of(image, name, quality, **OPTIONS[name]))
        image, qualities = scaled(image, int(image.width * STEP)), qualities[-2:]


def file_of(image: Image.Image, name: str, quality: int, **options: Any) -> bytes:
    """One file's bytes."""
    file = BytesIO()
    image.save(file, name.upper(), quality=quality, **options)
    return file.getvalue()
