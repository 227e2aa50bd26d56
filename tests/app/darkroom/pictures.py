"""Pictures that tests send, honest ones and others."""

import struct
import zlib
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

GPS_LATITUDE = 2


def bytes_of(image: Image.Image, name: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, name, **options)
    return file.getvalue()


def drawing(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """A soft picture, another one for each seed."""
    chance = Random(seed)
    small = Image.frombytes("RGB", (4, 3), chance.randbytes(36))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def photo(seed: int = 1, **options: Any) -> bytes:
    """What a phone sends."""
    return bytes_of(drawing(seed=seed), **options)


def noise(width: int, height: int) -> Image.Image:
    """Nothing is harder to make small."""
    return Image.frombytes("RGB", (width, height), Random(7).randbytes(width * height * 3))


def with_place_and_comment() -> bytes:
    """A photo that says where and when it was taken, in every way a JPEG can."""
    exif = Image.Exif()
    exif[0x0132] = "2026:11:20 10:00:00"
    exif.get_ifd(0x8825)[GPS_LATITUDE] = (IFDRational(45), IFDRational(27), IFDRational(1))
    return photo(
        exif=exif,
        xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>",
        comment=b"SECRET-COMMENT",
        icc_profile=b"SECRET-ICC",
    )


def png_header(width: int, height: int, *, data: bytes = b"") -> bytes:
    """A PNG that only says that it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def png_bomb(width: int, height: int) -> bytes:
    """A small file of one colour that unpacks to all of these pixels."""
    row = b"\0" + bytes(width * 3)
    packer = zlib.compressobj(9)
    return png_header(
        width, height, data=b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    )


def webp_header(width: int, height: int) -> bytes:
    """An extended WebP that only says that it is large."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
