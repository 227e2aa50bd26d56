"""A tile that is a picture, cut or darkened by an SVG around it: no picture library, no style sheet, no script."""

import base64

# Light and dark change places while hues stay (green woods, blue water), then a little softer, on our dark land.
_DARKER = (
    "-.42 -.94 -.13 0 1.32 -.28 -1.08 -.13 0 1.36 -.28 -.94 -.27 0 1.40 0 0 0 1 0",
    '<filter id="d" color-interpolation-filters="sRGB"><feColorMatrix values="{matrix}"/></filter>',
)


def picture_svg(
    body: bytes, media_type: str, *, levels: int = 0, column: int = 0, row: int = 0, is_darkened: bool = False
) -> bytes:
    """The picture as a tile; `levels` > 0 shows only the part at `column`, `row` of a grid of 2**levels a side."""
    side = 256 << levels
    filtered = _DARKER[1].format(matrix=_DARKER[0]) if is_darkened else ""
    mark = ' filter="url(#d)"' if is_darkened else ""
    data = base64.b64encode(body).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">{filtered}'
        f'<image width="{side}" height="{side}" x="{-256 * column}" y="{-256 * row}"{mark} '
        f'href="data:{media_type};base64,{data}"/></svg>'
    ).encode()
