"""What a family asks, already typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Book:
    """Seats for a party. `idempotency_key` and `email` make a double press one booking; `language` is that of its mails."""

    name: str
    email: str
    adults: int
    children: int
    idempotency_key: str
    language: str
