"""What somebody asks of accounts."""

from dataclasses import dataclass

from app.core.actor import Grant


@dataclass(frozen=True)
class SavePerson:
    """Create a person or bring name, language and grants up to date; `email` is the identity."""

    email: str
    name: str
    language: str = "it"
    grants: tuple[Grant, ...] = ()
    is_demo: bool = False


@dataclass(frozen=True)
class NewPasskey:
    """A passkey whose device has proved that it holds it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class GiveFeedback:
    """What does not work for somebody; `email` is empty where no answer is wanted."""

    text: str
    email: str
    language: str
    idempotency_key: str
