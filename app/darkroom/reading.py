"""From a file of unknown honesty to plain pixels: upright, sRGB, on white, and nothing else of the file left."""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from .jobs import PhotoJob, Refused

FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION = 0x0112  # EXIF
TURNED = {5, 6, 7, 8}  # orientations in which width and height change places
PAPER = (255, 255, 255)
DEEP = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")  # more than eight bits a channel

Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before any pixel, and can say how large it is


def plain_pixels(data: bytes, job: PhotoJob) -> Image.Image:
    """The picture in the largest size asked for, as RGB without metadata; of an animation its first frame.

    Raises Refused; also whatever Pillow raises on broken files.
    """
    _refuse_wide_canvas(data, job)
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        _check_size(width, height, job)
        box = (max(job.widths), job.most_height)
        is_turned = image.getexif().get(ORIENTATION, 1) in TURNED
        small = _shrunk(image, (box[1], box[0]) if is_turned else box)
        upright = ImageOps.exif_transpose(_in_srgb(small))
    bare = Image.new(
        "RGB", upright.size, PAPER
    )  # a picture that never knew the file: no EXIF, XMP, comment or profile
    bare.paste(upright)
    return bare


def _refuse_wide_canvas(data: bytes, job: PhotoJob) -> None:
    """An extended WebP says its canvas in the first 30 bytes; its decoder would claim the memory at once."""
    if data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X":
        width, height = (int.from_bytes(data[start : start + 3], "little") + 1 for start in (24, 27))
        _check_size(width, height, job)


def _check_size(width: int, height: int, job: PhotoJob) -> None:
    """Only the header has been read when this is asked."""
    if width * height > job.most_pixels:
        raise Refused("pixels", width, height)
    if min(width, height) < job.least_side:
        raise Refused("narrow", width, height)


def _shrunk(image: Image.Image, box: tuple[int, int]) -> Image.Image:
    """At most as large as the box: JPEG is decoded at a fraction of its size, others are reduced as early as can be."""
    ready = _with_smooth_pixels(image)
    ready.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return ready


def _with_smooth_pixels(image: Image.Image) -> Image.Image:
    """In a mode whose pixels can be blended: palettes, single bits and deep channels cannot."""
    if image.mode in DEEP:
        image.load()
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Transparent parts on white; colours by the file's own profile where it has one that can be read."""
    profile, exif = image.info.get("icc_profile"), image.getexif()
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, (*PAPER, 255))
        paper.alpha_composite(image.convert("RGBA"))
        image = paper.convert("RGB")
    plain = _by_profile(image, profile) if profile else None
    plain = plain or image.convert("RGB")
    if ORIENTATION in exif:
        plain.getexif()[ORIENTATION] = exif[ORIENTATION]
    return plain


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # a profile of another kind of picture, or no profile at all
