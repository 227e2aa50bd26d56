"""The two conversations with a device that holds passkeys (WebAuthn level 3), as the `webauthn` library checks them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.accounts.commands import NewPasskey
from app.accounts.rules.passkeys import PasskeyRefused

NAME = "Isole di Wendy"


@dataclass(frozen=True)
class Site:
    """Who asks: the name that passkeys are bound to, and the address at which they are asked for."""

    domain: str
    origin: str


@dataclass(frozen=True)
class Holder:
    """Whose passkey it will be; `known` are the ids of those that they have."""

    id: str
    email: str
    name: str
    known: tuple[bytes, ...] = ()


def creation_options(site: Site, holder: Holder, challenge: bytes) -> str:
    """What the browser is asked when a passkey is made (JSON): one that a device finds by itself and unlocks."""
    library = _library()
    structs = library.helpers.structs
    chosen = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    options = library.generate_registration_options(
        rp_id=site.domain, rp_name=NAME, user_name=holder.email, user_display_name=holder.name,
        user_id=holder.id.encode(), challenge=challenge, authenticator_selection=chosen,
        exclude_credentials=_described(holder.known),
    )  # fmt: skip
    return str(library.options_to_json(options))


def request_options(site: Site, challenge: bytes, known: Iterable[bytes] = ()) -> str:
    """What the browser is asked at sign-in (JSON); `known` where it is clear who that is."""
    library = _library()
    options = library.generate_authentication_options(
        rp_id=site.domain, challenge=challenge, allow_credentials=_described(known),
        user_verification=library.helpers.structs.UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return str(library.options_to_json(options))


def check_new(site: Site, answer: str, challenge: bytes) -> NewPasskey:
    """The passkey that a device has made. Raises PasskeyRefused."""
    with _refusing() as library:
        found = library.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.domain,
            expected_origin=site.origin, require_user_verification=True,
        )  # fmt: skip
    return NewPasskey(found.credential_id, found.credential_public_key, found.sign_count)


def credential_id_of(answer: str) -> bytes:
    """Which passkey an answer says that it was made with. Raises PasskeyRefused."""
    with _refusing() as library:
        return bytes(library.helpers.parse_authentication_credential_json(answer).raw_id)


def check_known(site: Site, answer: str, challenge: bytes, *, public_key: bytes, sign_count: int) -> int:
    """How far the device has counted now. Raises PasskeyRefused, also where it counts backwards (a copy)."""
    with _refusing() as library:
        found = library.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.domain,
            expected_origin=site.origin, credential_public_key=public_key,
            credential_current_sign_count=sign_count, require_user_verification=True,
        )  # fmt: skip
    return int(found.new_sign_count)


@contextmanager
def _refusing() -> Iterator[Any]:
    """Whatever the library says of an answer that is none, it proves nothing."""
    library = _library()
    malformed = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
    try:
        yield library
    except (library.helpers.exceptions.WebAuthnException, *malformed) as error:
        raise PasskeyRefused from error


def _library() -> Any:
    import webauthn  # 25 MB that only those need who use a passkey

    return webauthn


def _described(ids: Iterable[bytes]) -> list[Any]:
    return [_library().helpers.structs.PublicKeyCredentialDescriptor(id=one) for one in ids]
