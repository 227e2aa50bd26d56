"""What becomes of a photo: small, upright, in plain colours, and nothing hidden in it; what is refused, and when."""

from io import BytesIO

import pytest
from PIL import Image, features

from app.darkroom import work
from app.darkroom.encoding import modern_format
from app.darkroom.jobs import Made, PhotoJob
from app.places.rules import photos as rules
from tests.app.darkroom.pictures import (
    bytes_of,
    drawing,
    noise,
    photo,
    png_bomb,
    png_header,
    webp_header,
    with_place_and_comment,
)

JOB = PhotoJob(rules.MOST_PIXELS, rules.LEAST_SIDE, rules.WIDTHS, rules.MOST_HEIGHT, rules.MOST_FILE_BYTES)


def developed(data: bytes) -> list[Made]:
    told, files = work.answer({"photo": vars(JOB)}, data)
    assert "refused" not in told, told
    return [
        Made(one["format"], one["width"], one["height"], file)
        for one, file in zip(told["made"], files, strict=True)
    ]


def refused(data: bytes) -> tuple[str, int, int]:
    told, files = work.answer({"photo": vars(JOB)}, data)
    assert files == []
    return told["refused"], told["width"], told["height"]


def pixels(made: Made) -> Image.Image:
    return Image.open(BytesIO(made.data)).convert("RGB")


def middle(made: Made) -> tuple[int, ...]:
    colour = pixels(made).getpixel((made.width // 2, made.height // 2))
    assert isinstance(colour, tuple)
    return colour


def near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= 12 for one, other in zip(colour, wanted, strict=True))


def test_a_photo_comes_in_two_sizes_and_two_formats() -> None:
    made = developed(photo())
    assert [(one.format, one.width, one.height) for one in made] == [
        (modern_format(), 840, 630), ("jpeg", 840, 630), (modern_format(), 420, 315), ("jpeg", 420, 315),
    ]  # fmt: skip
    assert [pixels(one).size for one in made] == [(one.width, one.height) for one in made]


def test_the_modern_format_is_avif_where_it_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda _name: False)
    assert [one.format for one in developed(photo())] == ["webp", "jpeg", "webp", "jpeg"]


@pytest.mark.parametrize("size", [(2400, 1800), (1200, 3000), (840, 840)])
def test_the_noisiest_photo_is_light_enough_in_every_file(size: tuple[int, int]) -> None:
    made = developed(bytes_of(noise(*size), quality=70))
    assert all(len(one.data) <= 40_000 for one in made)
    assert all(one.width <= 840 and one.height <= 1120 for one in made)


def test_a_small_photo_is_not_blown_up() -> None:
    assert {one.width for one in developed(bytes_of(drawing(600, 400)))} == {600, 420}
    assert {one.width for one in developed(bytes_of(drawing(300, 300)))} == {300}


def test_where_and_when_it_was_taken_is_gone() -> None:
    sent = with_place_and_comment()
    assert b"SECRET-XMP" in sent
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    for one in developed(sent):
        image = Image.open(BytesIO(one.data))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)
        assert b"SECRET" not in one.data
        assert b"Exif" not in one.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    """The same scene, stored as each orientation stores it, looks the same."""
    scene = Image.new("RGB", (900, 600), "white")
    scene.paste("red", (0, 0, 300, 200))
    undo = {
        2: 0,
        3: 3,
        4: 1,
        5: 5,
        6: 2,
        7: 6,
        8: 4,
    }  # Image.Transpose that stores what the orientation undoes
    stored = scene if orientation == 1 else scene.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = developed(bytes_of(stored, exif=exif, quality=95))[1]
    assert (made.width, made.height) == (840, 560)
    assert near(pixels(made).getpixel((100, 60)), (255, 0, 0))  # type: ignore[arg-type]  # RGB
    assert near(pixels(made).getpixel((700, 500)), (255, 255, 255))  # type: ignore[arg-type]  # RGB


@pytest.mark.parametrize(
    ("image", "name", "wanted"),
    [
        (Image.new("CMYK", (500, 400), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("L", (500, 400), 90), "JPEG", (90, 90, 90)),
        (Image.new("1", (500, 400), 1), "PNG", (255, 255, 255)),
        (Image.new("I;16", (500, 400), 0x8000), "PNG", (128, 128, 128)),
        (Image.new("LA", (500, 400), (0, 0)), "PNG", (255, 255, 255)),
        (Image.new("RGBA", (500, 400), (10, 20, 30, 0)), "PNG", (255, 255, 255)),
        (Image.new("RGBA", (500, 400), (200, 20, 30, 255)), "WEBP", (200, 20, 30)),
        (Image.new("RGB", (500, 400), (200, 20, 30)).quantize(4), "PNG", (200, 20, 30)),
    ],
    ids=["cmyk", "grey", "one bit", "sixteen bits", "grey and clear", "clear", "webp", "palette"],
)
def test_every_kind_of_pixel_becomes_plain_colour(
    image: Image.Image, name: str, wanted: tuple[int, int, int]
) -> None:
    for made in developed(bytes_of(image, name)):
        assert near(middle(made), wanted), made.format


def test_a_palette_with_a_clear_colour_stands_on_white() -> None:
    image = Image.new("P", (500, 400), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    assert near(middle(developed(bytes_of(image, "PNG", transparency=0))[1]), (255, 255, 255))


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_taken(name: str) -> None:
    frames = [Image.new("RGB", (500, 400), colour) for colour in ("red", "blue", "blue")]
    moving = bytes_of(frames[0], name, save_all=True, append_images=frames[1:])
    assert near(middle(developed(moving)[1]), (255, 0, 0))


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png_header(60_000, 60_000), (60_000, 60_000)),
        (webp_header(16_383, 16_383), (16_383, 16_383)),
        (png_bomb(8_192, 6_144), (8_192, 6_144)),
    ],
    ids=["header only", "webp canvas", "50 megapixels"],
)
def test_too_many_pixels_are_refused_before_one_of_them_is_decoded(
    data: bytes, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_anything: object) -> None:
        raise SystemExit("a pixel was decoded")

    for name in ("load", "draft", "convert", "thumbnail"):
        monkeypatch.setattr(Image.Image, name, never)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", never)
    assert len(data) < 1_000_000
    assert refused(data) == ("pixels", *size)


def test_what_is_too_narrow_to_see_is_refused() -> None:
    assert refused(bytes_of(Image.new("RGB", (1600, 20)))) == ("narrow", 1600, 20)


@pytest.mark.parametrize(
    "data",
    [
        photo()[:-2_000],
        bytes_of(drawing(), "PNG")[:5_000],
        bytes_of(drawing(), "WEBP")[:2_000],
        b"\xff\xd8\xff" + b"<html><script>alert(1)</script>",
        png_header(800, 600, data=b"no zlib at all"),
        bytes_of(drawing(), "GIF"),
        b"",
    ],
    ids=["cut jpeg", "cut png", "cut webp", "html behind a jpeg's first bytes", "bad png", "gif", "nothing"],
)
def test_what_cannot_be_read_to_its_end_is_refused(data: bytes) -> None:
    assert refused(data)[0] == "unreadable"


def test_what_is_hidden_behind_a_photo_does_not_come_along() -> None:
    for made in developed(photo() + b"PK\x03\x04<script>alert(1)</script>"):
        assert b"<script>" not in made.data
