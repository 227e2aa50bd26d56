"""Passkeys: who needs one, how many there may be, how long a question to a device is good."""

from datetime import timedelta

from app.core.errors import Conflict, Gone, Invalid

CHALLENGE_LASTS = timedelta(minutes=5)
MAX_PASSKEYS = 10
CHALLENGE_BYTES = 32


class CeremonyEnded(Gone):
    """The question to the device was answered already, is too old, or was never asked."""


class PasskeyRefused(Invalid):
    """What the device answered does not prove anything."""


class PasskeyKnown(Conflict):
    """This passkey is on the list already."""


class TooManyPasskeys(Conflict):
    """MAX_PASSKEYS are on the list."""


class LastPasskey(Conflict):
    """Who needs a passkey keeps one."""


class ProofNeeded(Conflict):
    """Whoever has come in by a mail alone must not change what stands above a mail."""


def holds_back(*, is_operator: bool, asks_for_proof: bool, is_proven: bool) -> bool:
    """Whether an operator is signed in, and may not act as one yet.

    `asks_for_proof`: this site asks its operators for more than a mail; `is_proven`: this session was given more.

    >>> holds_back(is_operator=True, asks_for_proof=True, is_proven=False)
    True
    >>> holds_back(is_operator=False, asks_for_proof=True, is_proven=False)
    False
    """
    return is_operator and asks_for_proof and not is_proven


def check_adding(*, number: int, is_operator: bool, is_proven: bool) -> None:
    """Raise TooManyPasskeys; ProofNeeded for an operator who has one and came in by a mail.

    >>> check_adding(number=0, is_operator=True, is_proven=False)
    """
    if number >= MAX_PASSKEYS:
        raise TooManyPasskeys
    if number and is_operator and not is_proven:
        raise ProofNeeded


def check_removing(*, number: int, is_operator: bool, is_proven: bool) -> None:
    """Raise ProofNeeded or LastPasskey; whoever is no operator may always sign in by mail."""
    if is_operator and not is_proven:
        raise ProofNeeded
    if is_operator and number <= 1:
        raise LastPasskey
