"""What a family wants the host to know: kept only with consent, since it may be about health (GDPR, article 9)."""

from app.core.errors import Invalid

MAX_NEEDS = 300
# Of the words on the form; another wording is another version.
CONSENT_VERSION = "2026-11"


class ConsentMissing(Invalid):
    """Needs were written, and nobody agreed that they are kept."""


class NeedsTooLong(Invalid):
    """More than 300 characters."""


def check_needs(needs: str, *, consents: bool) -> None:
    """Raise NeedsTooLong or ConsentMissing.

    >>> check_needs("", consents=False)
    """
    if len(needs) > MAX_NEEDS:
        raise NeedsTooLong(most=MAX_NEEDS)
    if needs and not consents:
        raise ConsentMissing
