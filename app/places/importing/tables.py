"""CSV as it is found: any of four delimiters, UTF-8 with or without BOM, else Latin-1."""

import csv
import io
from pathlib import Path

from app.places.importing.options import ImportOptions, Reading
from app.places.importing.rows import Row, read_rows
from geo.errors import GeometryError
from geo.geojson import read_bytes

DELIMITERS = ";,\t|"
MAX_CELL_CHARACTERS = 10_000_000  # a polygon may stand in one cell


def read_csv(path: Path, options: ImportOptions) -> Reading:
    """All rows; the header is row 1, as in a spreadsheet."""
    text = decoded(read_bytes(path))
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as error:
        raise GeometryError(f"{path.name} is not a readable CSV file: {error}.") from error
    if len(lines) < 2:
        raise GeometryError(f"{path.name} has no rows under a header.")
    headers = [header.strip() for header in lines[0]]
    rows = [
        Row(number, dict(zip(headers, cells, strict=False)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return read_rows(rows, [header for header in headers if header], options.source_of(path), options)


def decoded(data: bytes) -> str:
    r"""UTF-8, else Latin-1 as Windows writes it.

    >>> decoded("è".encode("latin-1")), decoded("\ufeffè".encode())
    ('è', 'è')
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The delimiter that is most frequent in the header, outside quotes.

    >>> delimiter_of('"a,b";c;d')
    ';'
    """
    header = text.lstrip("\r\n").partition("\n")[0]
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
