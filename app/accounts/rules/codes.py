"""The six digits in the mail: for whoever reads it on another device than the one that asks."""

import unicodedata

from app.core.errors import Invalid

CODE_LENGTH = 6
MAX_TRIES = 5
RECOVERY_CODES = 10  # on an operator's paper


class CodeWrong(Invalid):
    """These are not the digits in the mail; `details["left"]` tries are left."""


def read_code(typed: str) -> str:
    """The digits of what was typed, in any script and however spaced; "" where there is anything else.

    >>> read_code(" 012 345 ")
    '012345'
    >>> read_code("\u0661\u0662\u0663-456")
    '123456'
    >>> read_code("12345x")
    ''
    """
    signs = [sign for sign in typed if not sign.isspace() and sign not in "-–\u200e\u200f"]
    digits = [unicodedata.decimal(sign, None) for sign in signs]
    return "" if None in digits else "".join(map(str, digits))
