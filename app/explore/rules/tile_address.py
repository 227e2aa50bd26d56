"""Which tiles exist, and how a source's address template is filled."""

from dataclasses import dataclass

MAX_ZOOM = 19
SUFFIXES = ("png", "svg", "jpg", "webp", "avif")
SVG = "image/svg+xml"
TYPE_OF_SUFFIX = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": SVG}
SUFFIX_OF_TYPE = {content_type: suffix for suffix, content_type in TYPE_OF_SUFFIX.items()}
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


@dataclass(frozen=True)
class TileAddress:
    """A tile of the usual square grid in Web Mercator (XYZ, y grows southwards)."""

    z: int
    x: int
    y: int

    def within(self, template: str) -> str:
        """The source's address of this tile; {s} becomes "a" and {r} nothing.

        >>> TileAddress(3, 4, 2).within("https://tile.example/{z}/{x}/{y}.png")
        'https://tile.example/3/4/2.png'
        """
        values = {"{z}": str(self.z), "{x}": str(self.x), "{y}": str(self.y), "{s}": "a", "{r}": ""}
        for name, value in values.items():
            template = template.replace(name, value)
        return template


def read_address(z: str, x: str, y: str) -> TileAddress | None:
    """The tile that three path segments name (`y` may end in a picture's suffix), or None where there is no such tile.

    >>> read_address("1", "1", "0.png"), read_address("1", "2", "0")
    (TileAddress(z=1, x=1, y=0), None)
    """
    y, _, suffix = y.partition(".")
    if suffix and suffix not in SUFFIXES:
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 7 for part in (z, x, y)):
        return None
    address = TileAddress(int(z), int(x), int(y))
    side = 1 << min(address.z, MAX_ZOOM)
    return address if address.z <= MAX_ZOOM and address.x < side and address.y < side else None


def image_suffix(content_type: str, body: bytes) -> str | None:
    """The file ending of an image, where the stated type and the first bytes agree; None for anything else."""
    stated = SUFFIX_OF_TYPE.get(content_type.partition(";")[0].strip().lower())
    if stated == "webp" and body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return stated
    return (
        stated if any(stated == suffix and body.startswith(start) for start, suffix in _SIGNATURES) else None
    )
