"""The page of one's passkeys, and the sheet with recovery codes, ready for the templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.accounts.devices_page import day_text
from app.accounts.queries import PasskeyView
from app.accounts.rules.codes import CodeWrong
from app.accounts.rules.passkeys import (
    MAX_PASSKEYS,
    CeremonyEnded,
    LastPasskey,
    PasskeyKnown,
    PasskeyRefused,
    ProofNeeded,
    TooManyPasskeys,
)
from app.core.actor import Actor
from app.core.errors import ApplicationError
from app.core.ids import on_paper
from app.core.translation import gettext
from app.core.translation import lazy_gettext as _l

REFUSALS: dict[type[ApplicationError], object] = {
    CeremonyEnded: _l("That took longer than five minutes. Press the button once more."),
    PasskeyRefused: _l("This passkey is not known here. Try another one, or use the code in a mail."),
    PasskeyKnown: _l("This passkey is on your list already."),
    TooManyPasskeys: _l("There are %(num)s passkeys on your list: remove one first.", num=MAX_PASSKEYS),
    LastPasskey: _l("Whoever runs the network keeps a passkey: add another one first."),
    ProofNeeded: _l("Use a passkey or a recovery code first."),
    CodeWrong: _l("This is none of your recovery codes, or it was used already."),
}


@dataclass(frozen=True)
class PasskeyRow:
    """One passkey: the device on which it was made, and when it was used."""

    id: str
    name: str
    used_text: str


@dataclass(frozen=True)
class PasskeysPage:
    """`must_prove`: an operator who has one and came in by a mail; `must_add`: one who has none yet."""

    email: str
    rows: tuple[PasskeyRow, ...]
    must_prove: bool
    must_add: bool
    has_codes: bool
    problem: str


@dataclass(frozen=True)
class PaperPage:
    """The codes as they are printed."""

    codes: tuple[str, ...]


def passkeys_page(
    actor: Actor, passkeys: Iterable[PasskeyView], error: ApplicationError | None
) -> PasskeysPage:
    """What somebody who is signed in sees of their own."""
    rows = tuple(map(_row, passkeys))
    return PasskeysPage(
        email=actor.email, rows=rows, must_prove=actor.is_held_back and bool(rows),
        must_add=actor.is_held_back and not rows, has_codes=actor.is_operator and bool(rows),
        problem=refusal(error) if error else "",
    )  # fmt: skip


def paper_page(codes: Sequence[str]) -> PaperPage:
    """The codes in groups that one can read."""
    return PaperPage(tuple(map(on_paper, codes)))


def refusal(error: ApplicationError) -> str:
    """Why not, and what to do next."""
    return str(REFUSALS.get(type(error), error.message))


def _row(one: PasskeyView) -> PasskeyRow:
    used = gettext("never used yet")
    if one.last_used_at is not None:
        used = gettext("last used on %(day)s", day=day_text(one.last_used_at))
    return PasskeyRow(one.public_id, one.device or gettext("A device that does not say its name"), used)
