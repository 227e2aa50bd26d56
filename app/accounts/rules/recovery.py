"""Codes on paper, for the day an operator's devices are gone."""

from app.core.ids import ALPHABET

HOW_MANY = 10
CODE_LENGTH = 10
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})


def read_recovery_code(typed: str) -> str:
    """The code as it is stored, however it was typed; "" where it cannot be one.

    >>> read_recovery_code(" 7K3F9-0QX1Z ")
    '7k3f90qx1z'
    >>> read_recovery_code("OIL")
    ''
    """
    signs = "".join(sign for sign in typed.lower() if not sign.isspace() and sign not in "-–").translate(
        _MISREAD
    )
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(ALPHABET) else ""


def shown(code: str) -> str:
    """As one reads it from paper: two groups of capitals.

    >>> shown("7k3f90qx1z")
    '7K3F9-0QX1Z'
    """
    return f"{code[:5]}-{code[5:]}".upper()
